using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Value;

/// <summary>Lists of fixed length, whose elements are inline. Spec: <c>load_list_from_valid_range</c>, <c>store_list_into_valid_range</c>, <c>lift_flat_list</c>.</summary>
internal static class FixedLists
{
    /// <summary>A loop costs about as much as this many instructions of elements in a row.</summary>
    private const int LoopCost = 24;

    public static void List(Scope s, AbiType.FixedList from, in Source source, AbiType.FixedList to, in Target target)
    {
        Layout fromElement = from.Element.For(source.Side.Ptr.Type), toElement = to.Element.For(target.Side.Ptr.Type);
        if (!source.InMemory || !target.InMemory || (long)Budget.Part(from.Element) * from.Length <= LoopCost)
            Unrolled(s, from, fromElement, source, to, toElement, target);
        else if (ReferenceEquals(from.Element, to.Element) && (from.Has & Features.Bitwise) != 0)
            Copied(s, from, source, target);
        else
            Looped(s, from, (uint)fromElement.ElemSize, source, to, (uint)toElement.ElemSize, target);
    }

    /// <summary>One after another; a flat value has at most 16 elements.</summary>
    private static void Unrolled(Scope s, AbiType.FixedList from, Layout fromElement, in Source source, AbiType.FixedList to, Layout toElement, in Target target)
    {
        int sourceSlots = source.InMemory ? 0 : fromElement.FlatTypes!.Length;
        int targetSlots = target.InMemory ? 0 : toElement.FlatTypes!.Length;
        s.Enter("list element");
        for (int i = 0; i < (int)from.Length; i++)
        {
            Translate.Value(
                s,
                from.Element,
                source.At((uint)i * (uint)fromElement.ElemSize, i * sourceSlots),
                to.Element,
                target.At((uint)i * (uint)toElement.ElemSize, i * targetSlots));
        }
        s.Leave();
    }

    private static void Copied(Scope s, AbiType.FixedList from, in Source source, in Target target)
    {
        var b = s.Code;
        var src = Address(s, source.Side.Ptr, source.Address, source.Offset, "src");
        var dst = Address(s, target.Side.Ptr, target.Address, target.Offset, "dst");
        source.Side.Ptr.Const(b, (uint)from.Layout32.ElemSize);
        var bytes = b.SetNew(source.Side.Ptr.Type, "bytes");
        Lists.Copy(s, source.Side, src, bytes, target.Side, dst);
    }

    private static void Looped(Scope s, AbiType.FixedList from, uint fromSize, in Source source, AbiType.FixedList to, uint toSize, in Target target)
    {
        var b = s.Code;
        var src = Address(s, source.Side.Ptr, source.Address, source.Offset, "src");
        var dst = Address(s, target.Side.Ptr, target.Address, target.Offset, "dst");
        b.I32((int)from.Length);
        var count = b.SetNew(CoreValType.I32, "count");
        Lists.Loop(s, from.Element, Source.Memory(source.Side, src), fromSize, to.Element, Target.Memory(target.Side, dst), toSize, count, new Ptr(false));
    }

    private static LocalId Address(Scope s, Ptr ptr, LocalId address, uint offset, string name)
    {
        var b = s.Code;
        b.Get(address);
        if (offset != 0)
        {
            ptr.Const(b, offset);
            ptr.Add(b);
        }
        return b.SetNew(ptr.Type, name);
    }
}
