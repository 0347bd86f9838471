using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Lists of fixed length, whose elements are inline. Spec: <c>load_list_from_valid_range</c>,
/// <c>store_list_into_valid_range</c>, <c>lift_flat_list</c>.</summary>
internal static class Repeats
{
    public static void Write(Scope s, Copy.Repeat copy, in Source source, in Target target)
    {
        if (copy.Unrolled)
            InRow(s, copy, source, target);
        else
            InLoop(s, copy, source, target);
    }

    private static void InRow(Scope s, Copy.Repeat copy, in Source source, in Target target)
    {
        var element = copy.Element;
        int sourceSlots = source.InMemory ? 0 : element.Source.FlatTypes.Length;
        int targetSlots = target.InMemory ? 0 : element.Target.FlatTypes.Length;
        s.Enter(PathSegment.ListElement);
        for (int i = 0; i < (int)copy.Count; i++)
        {
            Copies.Write(
                s,
                element,
                source.At((uint)i * (uint)element.Source.ElemSize, i * sourceSlots),
                target.At((uint)i * (uint)element.Target.ElemSize, i * targetSlots));
        }
        s.Leave();
    }

    private static void InLoop(Scope s, Copy.Repeat copy, in Source source, in Target target)
    {
        var b = s.Code;
        ConstantCopies.PushAddress(s, source.Side, source.Address, source.Offset);
        var src = b.SetNew(source.Side.Pointer, "src");
        ConstantCopies.PushAddress(s, target.Side, target.Address, target.Offset);
        var dst = b.SetNew(target.Side.Pointer, "dst");
        b.I32((int)copy.Count);
        var count = b.SetNew(CoreValType.I32, "count");
        Lists.Loop(s, copy.Element, Source.Memory(source.Side, src), Target.Memory(target.Side, dst), count, new Ptr(false));
    }
}
