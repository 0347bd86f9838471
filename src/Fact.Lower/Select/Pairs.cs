using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>The pointer and length that a string or list is where it stands.</summary>
internal static class Pairs
{
    /// <summary>
    /// Takes pointer and length of a source into locals that the caller may change: a flat value is translated once, so
    /// its slots will do where they are wide enough and no wider.
    /// </summary>
    public static (LocalId Pointer, LocalId Length) Take(Scope s, in Source source)
    {
        var ptr = source.Side.Ptr;
        if (!source.InMemory && s.Code.TypeOf(source.Slots![source.First]) == ptr.Type && s.Code.TypeOf(source.Slots[source.First + 1]) == ptr.Type)
            return (source.Slots[source.First], source.Slots[source.First + 1]);
        Operand.Push(s, source, ptr.LoadOp, ptr.AlignLog2, ptr.Type);
        var pointer = s.Code.SetNew(ptr.Type, "src");
        Operand.Push(s, source.At(ptr.Size, 1), ptr.LoadOp, ptr.AlignLog2, ptr.Type);
        return (pointer, s.Code.SetNew(ptr.Type, "len"));
    }

    /// <summary>Stores pointer and length, or leaves them on the operand stack.</summary>
    public static void Put(Scope s, LocalId pointer, LocalId length, in Target target)
    {
        Put(s, pointer, target);
        Put(s, length, target.At(target.Side.Ptr.Size, 1));
    }

    private static void Put(Scope s, LocalId value, in Target target)
    {
        var ptr = target.Side.Ptr;
        Operand.Begin(s, target, ptr.AlignLog2);
        s.Code.Get(value);
        Operand.End(s, target, ptr.StoreOp, ptr.AlignLog2, ptr.Type);
    }
}
