using System.Threading;

namespace Fact.Ir;

/// <summary>Loads and stores that were made before: adapters repeat a small number of them, which then cost no allocation.</summary>
/// <remarks>
/// A table with one entry per hash, where the newest instance replaces what was there. Threads may race for an entry;
/// whoever reads one gets a complete instance, and looks whether it is the one that was asked for.
/// </remarks>
internal static class RecentAccesses
{
    private const int Size = 4096;

    private static readonly CoreInstr.Memory?[] Entries = new CoreInstr.Memory?[Size];

    public static CoreInstr.Memory Of(MemoryOp op, MemArg arg, MemIdx mem)
    {
        uint hash = ((uint)arg.Offset * 23) + (uint)op + (mem.Value * 1471);
        ref var entry = ref Entries[hash % Size];
        var recent = Volatile.Read(ref entry);
        if (recent is not null && recent.Op == op && recent.Arg.Offset == arg.Offset && recent.Arg.AlignLog2 == arg.AlignLog2 && recent.Mem.Value == mem.Value)
            return recent;
        var made = new CoreInstr.Memory(op, arg, mem);
        Volatile.Write(ref entry, made);
        return made;
    }
}
