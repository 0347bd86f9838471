using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;
using Fact.Lower.Runtime.Transcode;
using static Fact.Ir.CoreValType;

namespace Fact.Lower.Select;

/// <summary>
/// The helper functions of a program: each is asked for by what it does, made once, and shared by everything that needs
/// the same. Bodies are made from a queue, one after another, so that types nest as deep as they like without the
/// compiler's stack growing with them.
/// </summary>
/// <param name="adapters">How many adapters are going to be lowered.</param>
internal sealed class Helpers(int adapters)
{
    private SmallMap<HelperKey, Helper> helpers = new(Capacity.For(adapters));
    private readonly Queue<Helper> unwritten = [];
    private static readonly CoreFuncType[] MemoryToMemory = [new([I32, I32], []), new([I32, I64], []), new([I64, I32], []), new([I64, I64], [])];
    private int nextFunc;

    /// <summary>The id of a new function.</summary>
    public FuncId NewFunc() => new(nextFunc++);

    /// <summary>The id of the first of so many new functions; those of the others follow it.</summary>
    public FuncId NewFuncs(int count)
    {
        var first = new FuncId(nextFunc);
        nextFunc += count;
        return first;
    }

    /// <summary>Writes the bodies of the helpers that were asked for since the last time, and of those that they ask for.</summary>
    /// <returns>Whether the budget was enough for them.</returns>
    public bool WriteAll(Scope s, List<SymbolicFunc> functions, CodeBudget budget)
    {
        while (unwritten.TryDequeue(out var helper))
        {
            functions.Add(helper.Write(s));
            if (!budget.Spend(s.Code.TakeWork()))
                return false;
        }
        return true;
    }

    /// <summary>Copies a value by a helper.</summary>
    public void Copy(Scope s, Copy.Helper copy, in Source source, in Target target)
    {
        var helper = Copier(copy, source.Side, target.Side);
        if (source.InMemory)
            ConstantCopies.PushAddress(s, source.Side, source.Address, source.Offset);
        else
            PushSlots(s, copy.Source.FlatTypes, source);
        if (target.InMemory)
            ConstantCopies.PushAddress(s, target.Side, target.Address, target.Offset);
        s.Code.Emit(helper.Call(s.Path));
        if (!target.InMemory)
            Widen(s, copy.Target.FlatTypes, target);
    }

    /// <summary>Copies the flat value on the operand stack to one on the operand stack.</summary>
    public void CallOnStack(Scope s, Copy.Helper copy, Side source, Side target) => s.Code.Emit(Copier(copy, source, target).Call(s.Path));

    /// <summary>Takes <c>(ptr mask bytes)</c> off the stack and traps unless the bytes are in the memory of the side and no bit of the mask is set in the
    /// address.</summary>
    public void CheckRange(Scope s, Side side, TrapCode code)
    {
        code = s.Options.TrapPaths ? code : TrapCode.PointerOutOfBounds;
        var key = new HelperKey(HelperKind.CheckRange, null, side.MemoryNumber, (long)code);
        ref var helper = ref helpers.GetOrAdd(key, out _);
        helper ??= ToWrite(new CheckRangeHelper(NewFunc(), side, code));
        s.Code.Emit(helper.Call(s.Path));
    }

    /// <summary>Takes <c>(old old_bytes align new_bytes)</c> off the stack and leaves the address that the allocator of the side returned, checked. Spec:
    /// <c>reallocate</c>.</summary>
    public void Reallocate(Scope s, Side side)
    {
        var key = new HelperKey(HelperKind.Reallocate, null, ((long)side.MemoryNumber << 32) | (uint)side.ReallocNumber, s.InlineChecks ? 1 : 0);
        ref var helper = ref helpers.GetOrAdd(key, out _);
        helper ??= ToWrite(new ReallocateHelper(NewFunc(), side, s.InlineChecks));
        s.Code.Emit(helper.Call(s.Path));
    }

    /// <summary>Traps unless the i32 on the stack, which stays there, is a Unicode scalar value. Spec: <c>convert_i32_to_char</c>.</summary>
    public void CheckChar(Scope s)
    {
        var key = new HelperKey(HelperKind.CheckChar, null, 0, 0);
        ref var helper = ref helpers.GetOrAdd(key, out _);
        helper ??= ToWrite(new CheckCharHelper(NewFunc()));
        s.Code.Emit(helper.Call(s.Path));
    }

    /// <summary>A routine for strings from one side to another.</summary>
    public Helper Transcoder(StringRoutine routine, Side source, Side target)
    {
        var key = new HelperKey(HelperKind.Transcode, null, ((long)source.MemoryNumber << 32) | (uint)target.MemoryNumber, (long)routine);
        ref var helper = ref helpers.GetOrAdd(key, out _);
        return helper ??= ToWrite(new TranscodeHelper(NewFunc(), routine, source, target));
    }

    private Helper Copier(Copy.Helper copy, Side source, Side target)
    {
        bool pointers = copy.Facts.Allocates;
        var form = copy.Form;
        var key = new HelperKey(
            HelperKind.Copy,
            copy.Body,
            Place(form.SourceInMemory || pointers ? source.MemoryNumber : -1, -1),
            Place(form.TargetInMemory || pointers ? target.MemoryNumber : -1, pointers ? target.ReallocNumber : -1));
        ref var helper = ref helpers.GetOrAdd(key, out _);
        return helper ??= ToWrite(new CopyHelper(NewFunc(), copy, source, target));
    }

    /// <summary>The type of a helper; the frequent ones are one object.</summary>
    public CoreFuncType TypeOf(Copy copy, CopyForm form, Side source, Side target)
    {
        if (form.InMemory)
            return MemoryToMemory[(source.Is64 ? 2 : 0) + (target.Is64 ? 1 : 0)];
        CoreValType[] inputs = form.SourceInMemory ? [source.Pointer] : copy.Source.FlatTypes.ToArray();
        CoreValType[] parameters = form.TargetInMemory ? [.. inputs, target.Pointer] : inputs;
        return new(EquatableArray.Seal(parameters), form.TargetInMemory ? [] : copy.Target.FlatTypeArray);
    }

    private static long Place(int memory, int realloc) => ((long)(memory + 1) << 32) | (uint)(realloc + 1);

    private Helper ToWrite(Helper helper)
    {
        unwritten.Enqueue(helper);
        return helper;
    }

    private static void PushSlots(Scope s, ReadOnlySpan<CoreValType> flat, in Source source)
    {
        for (int i = 0; i < flat.Length; i++)
            Operand.PushSlot(s, source.Slots![source.First + i], flat[i]);
    }

    /// <summary>Makes the values that a helper left on the stack as wide as the slots of the target.</summary>
    private static void Widen(Scope s, ReadOnlySpan<CoreValType> flat, in Target target)
    {
        int first = 0;
        while (first < flat.Length && flat[first] == target.Slots[target.First + first])
            first++;
        if (first == flat.Length)
            return;
        var locals = new LocalId[flat.Length];
        for (int i = flat.Length - 1; i >= first; i--)
            locals[i] = s.Code.SetNew(flat[i], "flat");
        for (int i = first; i < flat.Length; i++)
        {
            s.Code.Get(locals[i]);
            Operand.Widen(s, flat[i], target.Slots[target.First + i]);
        }
    }
}
