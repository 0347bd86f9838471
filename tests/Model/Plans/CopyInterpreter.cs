using System;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Model.Plans;

/// <summary>
/// Copies values as plans say: one rule for each kind of node, each what the documentation of the node says and nothing more. What is done in which order is part of the
/// meaning, since allocators run in between.
/// </summary>
/// <param name="call">The call that it is for: it has allocators and handles.</param>
/// <param name="from">The side that has the value.</param>
/// <param name="to">The side that gets it.</param>
internal sealed class CopyInterpreter(PlanInterpreter call, CopySide from, CopySide to)
{
    private readonly TextInterpreter texts = new(call, from, to);

    public void Run(Copy copy, CopySource source, CopyTarget target)
    {
        switch (copy)
        {
            case Copy.Scalar c:
                target.Put(Check(c, Load(c, source)), c.Layout.ElemSize);
                break;
            case Copy.Flags c:
                ulong bits = source.Take(c.Layout.ElemSize);
                target.Put(c.Mask ? bits & ((1UL << c.Bits) - 1) : bits, c.Layout.ElemSize);
                break;
            case Copy.Handle c:
                target.Put(call.Transfer(c.Kind, (uint)source.Take(4), c.FromTable, c.ToTable), 4);
                break;
            case Copy.Text c:
                texts.Run(c, source, target);
                break;
            case Copy.Pair c:
                Pair(c, source, target);
                break;
            case Copy.Seq c:
                Seq(c, source, target);
                break;
            case Copy.Cases c:
                Cases(c, source, target);
                break;
            case Copy.Repeat c:
                if (!c.Unrolled && !(source.InMemory && target.InMemory))
                    throw new IllFormedPlan("a loop over slots");
                for (uint i = 0; i < c.Count; i++)
                    Run(c.Element, Element(source, c.Element.Source, i), Element(target, c.Element.Target, i));
                break;
            case Copy.List c:
                List(c, source, target);
                break;
            case Copy.Bytes c:
                CopyBytes(source, target, c.Layout.ElemSize);
                break;
            case Copy.Blocks c:
                if (!BlockInterpreter.TryRun(c.Rules, source, target))
                    Run(c.Element, source, target);
                break;
            case Copy.Helper c:
                Helper(c, source, target);
                break;
        }
    }

    /// <summary>The core value of a scalar: of what has a sign, memory has the lowest bytes.</summary>
    private static ulong Load(Copy.Scalar copy, CopySource source)
    {
        ulong bits = source.Take(copy.Layout.ElemSize);
        return !source.InMemory ? bits : copy.Type switch
        {
            PrimitiveType.S8 => (uint)(sbyte)bits,
            PrimitiveType.S16 => (uint)(short)bits,
            _ => bits,
        };
    }

    private static ulong Check(Copy.Scalar copy, ulong bits)
    {
        switch (copy.Check)
        {
            case ScalarCheck.None:
                return bits;
            case ScalarCheck.ToBool:
                return bits != 0 ? 1u : 0u;
            case ScalarCheck.ZeroExtend:
                return copy.Layout.ElemSize == 1 ? (byte)bits : (ushort)bits;
            case ScalarCheck.SignExtend:
                return copy.Layout.ElemSize == 1 ? (uint)(sbyte)bits : (uint)(short)bits;
            case ScalarCheck.CheckChar:
                PlanTrap.If(bits >= 0x110000 || bits is >= 0xD800 and <= 0xDFFF, TrapCode.InvalidChar);
                return bits;
        }
        throw new IllFormedPlan($"no check {copy.Check}");
    }

    private void Pair(Copy.Pair copy, CopySource source, CopyTarget target)
    {
        CoreValue[] flat = [new(from.Side.Pointer, source.TakePointer()), new(from.Side.Pointer, source.Part(from.PointerSize, 1).TakePointer())];
        var converted = new FlatSlots([to.Side.Pointer, to.Side.Pointer]);
        Run(copy.Conversion, CopySource.Flat(from, flat), CopyTarget.Flat(to, converted));
        target.PutPointer(converted.Values()[0].Bits);
        target.Part(to.PointerSize, 1).PutPointer(converted.Values()[1].Bits);
    }

    private void Seq(Copy.Seq copy, CopySource source, CopyTarget target)
    {
        int sourceSlot = 0, targetSlot = 0;
        for (int i = 0; i < copy.Parts.Length; i++)
        {
            var part = copy.Parts[i].Copy;
            if (copy.Runs.Items.Where(run => run.First == i).ToArray() is [var run])
            {
                var last = copy.Parts[i + run.Count - 1].Copy;
                ulong bytes = copy.Source.Offsets[i + run.Count - 1] + last.Source.ElemSize - copy.Source.Offsets[i];
                CopyBytes(source.Part(copy.Source.Offsets[i], 0), target.Part(copy.Target.Offsets[i], 0), bytes);
                i += run.Count - 1;
                continue;
            }
            Run(part, source.Part(copy.Source.Offsets[i], sourceSlot), target.Part(copy.Target.Offsets[i], targetSlot));
            sourceSlot += part.Source.FlatTypes.Length;
            targetSlot += part.Target.FlatTypes.Length;
        }
    }

    private void Cases(Copy.Cases copy, CopySource source, CopyTarget target)
    {
        ulong index = source.Take((ulong)copy.DiscriminantSize);
        PlanTrap.If(index >= (ulong)copy.Count, TrapCode.InvalidDiscriminant);
        target.Put(index, (ulong)copy.DiscriminantSize);
        if (ArmOf(copy, (int)index) is not { } arm)
            return;
        int slots = 1;
        if (arm.Payload is { } payload)
        {
            Run(payload, source.Part(copy.Source.Offsets[0], 1), target.Part(copy.Target.Offsets[0], 1));
            slots += payload.Target.FlatTypes.Length;
        }
        // Slots of other payloads are 0.
        for (int i = slots; !target.InMemory && i < copy.Target.FlatTypes.Length; i++)
            target.Part(0, i).Put(0, 8);
    }

    /// <summary>The arm that is chosen for a case, as the dispatch says; null where nothing is done.</summary>
    private static Arm? ArmOf(Copy.Cases copy, int index)
    {
        switch (copy.Dispatch)
        {
            case Dispatch.Table:
                return copy.Arms[copy.ArmOfCase(index)];
            case Dispatch.Always:
                return copy.Arms[0];
            case Dispatch.If:
                return copy.Arms[index == 0 ? 0 : 1];
            case Dispatch.InRange:
                var working = copy.Arms.Items.Single(one => one.Payload is not null);
                int arm = copy.Arms.Items.IndexOf(working);
                return index >= copy.ArmOf.Items.IndexOf(arm) && index <= copy.ArmOf.Items.LastIndexOf(arm) ? working : null;
        }
        throw new IllFormedPlan($"no dispatch {copy.Dispatch}");
    }

    private void List(Copy.List copy, CopySource source, CopyTarget target)
    {
        TypeLayout element = copy.Element.Source, copied = copy.Element.Target;
        ulong ptr = source.TakePointer(), length = source.Part(from.PointerSize, 1).TakePointer();
        PlanTrap.If(length > call.Rules.MostBytes / element.ElemSize, TrapCode.ListTooLong);
        PlanInterpreter.CheckRange(from, ptr, element.Alignment, length * element.ElemSize, TrapCode.ListOutOfBounds);
        ulong dst = call.Reallocate(to, 0, 0, copied.Alignment, length * copied.ElemSize);
        if (copy.Element is Copy.Bytes)
        {
            CopyBytes(CopySource.At(from, ptr), CopyTarget.At(to, dst), length * element.ElemSize);
        }
        else
        {
            for (ulong i = 0; i < length; i++)
                Run(copy.Element, CopySource.At(from, ptr + (i * element.ElemSize)), CopyTarget.At(to, dst + (i * copied.ElemSize)));
        }
        target.PutPointer(dst);
        target.Part(to.PointerSize, 1).PutPointer(length);
    }

    private static void CopyBytes(CopySource source, CopyTarget target, ulong bytes)
    {
        if (!source.InMemory || !target.InMemory)
            throw new IllFormedPlan("bytes of slots");
        target.Side.Memory!.Write(target.Address, source.Side.Memory!.Read(source.Address, bytes).ToArray());
    }

    /// <summary>A function has flat values as its type's core values, whatever slots they are in.</summary>
    private void Helper(Copy.Helper copy, CopySource source, CopyTarget target)
    {
        if (copy.Form.SourceInMemory != source.InMemory || copy.Form.TargetInMemory != target.InMemory)
            throw new IllFormedPlan("a helper for other places");
        if (!source.InMemory)
            source = CopySource.Flat(from, [.. copy.Source.FlatTypes.ToArray().Select((type, i) => new CoreValue(type, source.Part(0, i).Take(SizeOf(type))))]);
        if (target.InMemory)
        {
            Run(copy.Body, source, target);
            return;
        }
        var results = new FlatSlots(EquatableArray.Create(copy.Target.FlatTypes));
        Run(copy.Body, source, CopyTarget.Flat(to, results));
        var values = results.Values();
        for (int i = 0; i < values.Length; i++)
            target.Part(0, i).Put(values[i].Bits, SizeOf(values[i].Type));
    }

    private static ulong SizeOf(CoreValType type) => type is CoreValType.I32 or CoreValType.F32 ? 4u : 8u;

    private static CopySource Element(CopySource source, TypeLayout layout, uint i) => source.Part(i * layout.ElemSize, (int)i * layout.FlatTypes.Length);

    private static CopyTarget Element(CopyTarget target, TypeLayout layout, uint i) => target.Part(i * layout.ElemSize, (int)i * layout.FlatTypes.Length);
}
