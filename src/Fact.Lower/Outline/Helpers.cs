using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;
using Fact.Lower.Value;

namespace Fact.Lower.Outline;

/// <summary>
/// The helper functions of a program: each is asked for by what it does, made once, and shared by everything that needs
/// the same. Bodies are made from a queue, one after another, so that types nest as deep as they like without the
/// compiler's stack growing with them.
/// </summary>
/// <param name="adapters">How many adapters are going to be lowered.</param>
internal sealed class Helpers(int adapters)
{
    private readonly Dictionary<HelperKey, Helper> helpers = [];
    private readonly Queue<Helper> unwritten = [];
    private readonly CoreFuncType?[] memoryToMemory = new CoreFuncType?[4];
    private int nextFunc;

    /// <summary>The id of a new function.</summary>
    public FuncId NewFunc() => new(nextFunc++);

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

    /// <summary>Translates a value by a helper.</summary>
    public void Translate(Scope s, AbiType from, in Source source, AbiType to, in Target target)
    {
        var helper = Translator(from, source.Side, source.InMemory, to, target.Side, target.InMemory);
        var b = s.Code;
        if (source.InMemory)
            PushAddress(s, source.Side.Ptr, source.Address, source.Offset);
        else
            PushSlots(s, from.For(source.Side.Ptr.Type).FlatTypes!, source);
        if (target.InMemory)
            PushAddress(s, target.Side.Ptr, target.Address, target.Offset);
        b.Emit(helper.Call(s.Path));
        if (!target.InMemory)
            Widen(s, to.For(target.Side.Ptr.Type).FlatTypes!, target);
    }

    /// <summary>Translates the flat value on the operand stack to one on the operand stack.</summary>
    public void TranslateFlat(Scope s, AbiType from, Side source, AbiType to, Side target) =>
        s.Code.Emit(Translator(from, source, false, to, target, false).Call(s.Path));

    /// <summary>Takes <c>(ptr mask bytes)</c> off the stack and traps unless the bytes are in the memory of the side and no bit of the mask is set in the address.</summary>
    public void CheckRange(Scope s, Side side, TrapCode code)
    {
        code = s.Options.TrapPaths ? code : TrapCode.PointerOutOfBounds;
        var key = new HelperKey(HelperKind.CheckRange, null, null, side.MemoryKey, (long)code);
        if (!helpers.TryGetValue(key, out var helper))
            helper = Add(key, new CheckRangeHelper(NewFunc(), side, code));
        s.Code.Emit(helper.Call(s.Path));
    }

    /// <summary>Takes <c>(old old_bytes align new_bytes)</c> off the stack and leaves the address that the allocator of the side returned, checked. Spec: <c>reallocate</c>.</summary>
    public void Reallocate(Scope s, Side side)
    {
        var key = new HelperKey(HelperKind.Reallocate, null, null, ((long)side.MemoryKey << 32) | (uint)side.ReallocKey, 0);
        if (!helpers.TryGetValue(key, out var helper))
            helper = Add(key, new ReallocateHelper(NewFunc(), side));
        s.Code.Emit(helper.Call(s.Path));
    }

    /// <summary>Traps unless the i32 on the stack, which stays there, is a Unicode scalar value. Spec: <c>convert_i32_to_char</c>.</summary>
    public void CheckChar(Scope s)
    {
        var key = new HelperKey(HelperKind.CheckChar, null, null, 0, 0);
        if (!helpers.TryGetValue(key, out var helper))
            helper = Add(key, new CheckCharHelper(NewFunc()));
        s.Code.Emit(helper.Call(s.Path));
    }

    private Helper Translator(AbiType from, Side source, bool sourceInMemory, AbiType to, Side target, bool targetInMemory)
    {
        bool pointers = (from.Has & Features.Pointers) != 0;
        int strings = (from.Has & Features.Strings) != 0 ? 1 : 0;
        var key = new HelperKey(
            HelperKind.Translate,
            from,
            to,
            Place(sourceInMemory, strings * (1 + (int)source.Encoding), sourceInMemory || pointers ? source.MemoryKey : -1, -1),
            Place(targetInMemory, strings * (1 + (int)target.Encoding), targetInMemory || pointers ? target.MemoryKey : -1, pointers ? target.ReallocKey : -1));
        return helpers.TryGetValue(key, out var helper)
            ? helper
            : Add(key, new TranslateHelper(NewFunc(), from, source, sourceInMemory, to, target, targetInMemory));
    }

    /// <summary>The type of a helper; the frequent ones are one object.</summary>
    public CoreFuncType TypeOf(AbiType from, Side source, bool sourceInMemory, AbiType to, Side target, bool targetInMemory)
    {
        if (sourceInMemory && targetInMemory)
            return memoryToMemory[(source.Ptr.Is64 ? 2 : 0) + (target.Ptr.Is64 ? 1 : 0)] ??= new([source.Ptr.Type, target.Ptr.Type], []);
        CoreValType[] inputs = sourceInMemory ? [source.Ptr.Type] : from.For(source.Ptr.Type).FlatTypes!;
        CoreValType[] outputs = targetInMemory ? [] : to.For(target.Ptr.Type).FlatTypes!;
        CoreValType[] parameters = targetInMemory ? [.. inputs, target.Ptr.Type] : inputs;
        return new(EquatableArray.Create<CoreValType>(parameters), EquatableArray.Create<CoreValType>(outputs));
    }

    private static long Place(bool inMemory, int encoding, int memory, int realloc) =>
        ((long)(memory + 1) << 34) | ((long)(realloc + 1) << 3) | ((long)encoding << 1) | (inMemory ? 1L : 0L);

    private Helper Add(HelperKey key, Helper helper)
    {
        // Many sets of adapters need none.
        if (helpers.Count == 0)
            helpers.EnsureCapacity(Capacity.For(adapters));
        helpers.Add(key, helper);
        unwritten.Enqueue(helper);
        return helper;
    }

    private static void PushAddress(Scope s, Ptr ptr, LocalId address, uint offset)
    {
        s.Code.Get(address);
        if (offset == 0)
            return;
        ptr.Const(s.Code, offset);
        ptr.Add(s.Code);
    }

    private static void PushSlots(Scope s, CoreValType[] flat, in Source source)
    {
        for (int i = 0; i < flat.Length; i++)
            Operand.PushSlot(s, source.Slots![source.First + i], flat[i]);
    }

    /// <summary>Makes the values that a helper left on the stack as wide as the slots of the target.</summary>
    private static void Widen(Scope s, CoreValType[] flat, in Target target)
    {
        int first = 0;
        while (first < flat.Length && flat[first] == target.Slots![target.First + first])
            first++;
        if (first == flat.Length)
            return;
        var locals = new LocalId[flat.Length];
        for (int i = flat.Length - 1; i >= first; i--)
            locals[i] = s.Code.SetNew(flat[i], "flat");
        for (int i = first; i < flat.Length; i++)
        {
            s.Code.Get(locals[i]);
            Operand.Widen(s, flat[i], target.Slots![target.First + i]);
        }
    }
}
