using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Words of 64 bits as four numbers of 16.</summary>
internal static class Words
{
    /// <summary>Replaces four numbers on the stack by such as have the highest bit set where they are not zero; their other bits mean nothing.</summary>
    public static void PushNotZero(RoutineCode c)
    {
        const ulong AllButHighest = 0x7FFF_7FFF_7FFF_7FFF;
        var word = c.B.TeeNew(CoreValType.I64, "word");
        c.I64(AllButHighest, PlainOp.I64And);
        c.I64(AllButHighest, PlainOp.I64Add);
        c.B.Get(word);
        c.B.Op(PlainOp.I64Or);
    }
}
