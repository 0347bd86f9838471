using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Model.Guests;

namespace Fact.Model.Plans;

/// <summary>
/// Copies strings: their range is checked as plans say, then they are lifted and lowered by the specification's functions. A string that is no text is found
/// before anything is allocated for it, where code finds it later; as it traps, nobody can tell.
/// </summary>
internal sealed class TextInterpreter(PlanInterpreter call, CopySide from, CopySide to)
{
    private static readonly ValType[] Types = [ValType.Of(PrimitiveType.String)];

    public void Run(Copy.Text copy, CopySource source, CopyTarget target)
    {
        if (source.InMemory || target.InMemory)
            throw new IllFormedPlan("the pointer and length of a string are in memory");
        ulong ptr = source.TakePointer(), tagged = source.Part(from.PointerSize, 1).TakePointer();
        CheckRange(copy.From, ptr, tagged);
        var text = Lift(copy.From, ptr, tagged);
        var pair = Context(to, copy.To, (old, oldSize, alignment, newSize) => call.Reallocate(to, old, oldSize, alignment, newSize)).LowerFlatValues(2, [text], Types);
        target.PutPointer(pair[0].Bits);
        target.Part(to.PointerSize, 1).PutPointer(pair[1].Bits);
    }

    private void CheckRange(StringEncoding encoding, ulong ptr, ulong tagged)
    {
        ulong tag = from.Side.Is64 ? 1UL << 63 : 1UL << 31;
        bool isWide = encoding == StringEncoding.Utf16 || (encoding == StringEncoding.Latin1OrUtf16 && (tagged & tag) != 0);
        ulong units = encoding == StringEncoding.Latin1OrUtf16 ? tagged & ~tag : tagged, unit = isWide ? 2u : 1u;
        PlanTrap.If(units > call.Rules.MostBytes / unit, TrapCode.StringTooLong);
        PlanInterpreter.CheckRange(from, ptr, encoding == StringEncoding.Utf8 ? 1u : 2u, units * unit, TrapCode.StringOutOfBounds);
    }

    private SpecValue Lift(StringEncoding encoding, ulong ptr, ulong tagged)
    {
        CoreValue[] pair = [new(from.Side.Pointer, ptr), new(from.Side.Pointer, tagged)];
        try
        {
            return Context(from, encoding, (_, _, _, _) => throw new InvalidOperationException()).LiftFlatValues(2, new CoreValueIter.Values(pair), Types)[0];
        }
        catch (SpecTrap)
        {
            throw new PlanTrap(encoding == StringEncoding.Utf8 ? TrapCode.InvalidUtf8 : TrapCode.InvalidUtf16);
        }
    }

    private LiftLowerContext Context(CopySide side, StringEncoding encoding, SpecRealloc realloc) =>
        new(side.Memory!, encoding, realloc, NoHandles.Instance, new LimitedDialect(call.Rules.MostBytes));

    private sealed class NoHandles : IHandles
    {
        public static NoHandles Instance { get; } = new();

        public SpecValue.Handle Lift(ValType type, uint index) => throw new NotSupportedException();

        public uint Lower(ValType type, SpecValue.Handle handle) => throw new NotSupportedException();
    }
}
