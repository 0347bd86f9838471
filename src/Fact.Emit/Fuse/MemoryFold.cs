using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Pass <c>fold-memories</c>: all memories of a merged module lie one behind the other in one, for engines that have no others. The one that is exported is the first, so
/// that its addresses are what they were. Globals say where each begins and how long it is; code finds out before each access whether that is inside, as the
/// engine did.
/// </summary>
internal sealed class MemoryFold
{
    /// <summary>How many bytes a memory with 32-bit addresses can have.</summary>
    public const long Most = 1L << 32;

    private const string Else = "; fuse it for an engine that has several memories";

    private readonly CoreMemoryType[] types;
    private readonly int[] places, order;
    private readonly uint firstGlobal;

    private MemoryFold(CoreMemoryType[] types, int[] order, uint firstGlobal)
    {
        this.types = types;
        this.order = order;
        this.firstGlobal = firstGlobal;
        places = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
            places[order[place]] = place;
    }

    /// <summary>Lays out the memories of a module.</summary>
    /// <param name="program">What is merged.</param>
    /// <param name="numbers">The numbers of everything.</param>
    /// <param name="error">Why they cannot be in one; null where they can.</param>
    /// <returns>Null where there is only one, or none, or an error.</returns>
    public static MemoryFold? Of(FuseProgram program, MergeNumbers numbers, out Diagnostic? error)
    {
        error = null;
        if (numbers.Count(CoreExternKind.Memory) <= 1)
            return null;
        if (numbers.Imported(CoreExternKind.Memory) > 0)
            return Unsupported("it imports a memory", out error);
        var types = new CoreMemoryType[numbers.Count(CoreExternKind.Memory)];
        for (int part = 0; part < program.Parts.Length; part++)
        {
            var own = numbers.Parts[part].Of(CoreExternKind.Memory);
            var memories = program.Parts[part].Module.Memories;
            for (int i = 0; i < memories.Length; i++)
            {
                if (own[own.Length - memories.Length + i] is var number and not PartNumbers.None)
                    types[number] = memories[i];
            }
        }
        foreach (var type in types)
        {
            if (type.Is64 || type.Limits.IsShared || type.PageSizeLog2 != CoreMemoryType.DefaultPageSizeLog2)
                return Unsupported($"one has {(type.Is64 ? "64-bit addresses" : type.Limits.IsShared ? "several threads" : "pages of another size")}", out error);
        }
        if (types.Sum(type => (long)type.Limits.Min) >= Most >> CoreMemoryType.DefaultPageSizeLog2)
            return Unsupported("they have 4 GiB together from the beginning", out error);
        int[] exported = [.. program.Exports.Items.Where(export => export.Kind == CoreExternKind.Memory)
            .Select(export => (int)numbers.Parts[export.Part].Of(CoreExternKind.Memory)[(int)export.Index]).Distinct()];
        if (exported.Length > 1)
            return Unsupported("its host has several", out error);
        int[] order = [.. exported, .. Enumerable.Range(0, types.Length).Except(exported)];
        return new MemoryFold(types, order, (uint)numbers.Count(CoreExternKind.Global));
    }

    /// <summary>How many memories there are.</summary>
    public int Count => types.Length;

    /// <summary>How many globals there are for them, behind all others.</summary>
    public int Globals => (2 * Count) - 1;

    /// <summary>The place of a memory: 0 is in front.</summary>
    public int Place(uint memory) => places[memory];

    /// <summary>The global with how many bytes the memory at a place has.</summary>
    public uint Size(int place) => firstGlobal + (uint)place;

    /// <summary>The global with the address of its first byte; null for the memory in front, for which that is 0.</summary>
    public uint? Base(int place) => place == 0 ? null : firstGlobal + (uint)(Count + place - 1);

    /// <summary>How many bytes the memory at a place can have.</summary>
    public long MostBytes(int place) => Bytes(Math.Min(types[order[place]].Limits.Max ?? ulong.MaxValue, Most >> CoreMemoryType.DefaultPageSizeLog2));

    /// <summary>Where the memory at a place begins at first.</summary>
    public long FirstByte(int place) => order[..place].Sum(memory => Bytes(types[memory].Limits.Min));

    /// <summary>How many bytes it has at first.</summary>
    public long FirstSize(int place) => Bytes(types[order[place]].Limits.Min);

    /// <summary>The type of the memory that all are in.</summary>
    public CoreMemoryType Type
    {
        get
        {
            ulong? most = types.All(type => type.Limits.Max is not null)
                ? (ulong)Math.Min(types.Sum(type => (long)Math.Min(type.Limits.Max!.Value, 1UL << 32)), Most >> CoreMemoryType.DefaultPageSizeLog2)
                : null;
            return new CoreMemoryType(types[0].Limits with { Min = (ulong)types.Sum(type => (long)type.Limits.Min), Max = most });
        }
    }

    /// <summary>Adds where a memory begins to the address on the stack.</summary>
    public void AddBase(int place, Sink code)
    {
        if (Base(place) is not { } begin)
            return;
        code.GetGlobal(begin);
        code.Op(PlainOp.I32Add);
    }

    /// <summary>Traps where the address on the stack, of 64 bits, is greater than the size of a memory.</summary>
    public void TrapBehind(int place, Sink code)
    {
        code.GetGlobal(Size(place));
        code.Op(PlainOp.I64GtU);
        code.If();
        code.Byte(Opcodes.Unreachable);
        code.End();
    }

    /// <summary>How many pages a memory has. Spec: <c>memory.size</c>.</summary>
    public void Pages(int place, Sink code)
    {
        code.GetGlobal(Size(place));
        ToPages(code);
    }

    /// <summary>Makes pages of the number of bytes on the stack.</summary>
    public static void ToPages(Sink code)
    {
        code.I64(CoreMemoryType.DefaultPageSizeLog2);
        code.Op(PlainOp.I64ShrU);
        code.Op(PlainOp.I32WrapI64);
    }

    /// <summary>Writes the globals.</summary>
    public void WriteGlobals(Sink to)
    {
        for (int place = 0; place < Count; place++)
        {
            to.GlobalType(new CoreGlobalType(CoreValType.I64, IsMutable: true));
            to.I64(FirstSize(place));
            to.End();
        }
        for (int place = 1; place < Count; place++)
        {
            to.GlobalType(new CoreGlobalType(CoreValType.I32, IsMutable: true));
            to.I32((uint)FirstByte(place));
            to.End();
        }
    }

    /// <summary>Writes where an active segment goes. One that goes outside of its memory goes outside of all memory, so that it traps as it did.</summary>
    /// <param name="to">Where that is written.</param>
    /// <param name="memory">The memory that it is for.</param>
    /// <param name="at">The expression that says where in that.</param>
    /// <param name="length">How long it is.</param>
    /// <returns>False where the place is not known before the module runs.</returns>
    public bool Segment(Sink to, uint memory, ReadOnlySpan<byte> at, int length)
    {
        if (ConstantNumber.Of(at) is not { } offset)
            return false;
        int place = Place(memory);
        to.I32(offset + (long)length > FirstSize(place) ? uint.MaxValue : (uint)(FirstByte(place) + offset));
        to.End();
        return true;
    }

    private static long Bytes(ulong pages) => (long)pages << CoreMemoryType.DefaultPageSizeLog2;

    private static MemoryFold? Unsupported(string why, out Diagnostic? error)
    {
        error = new Diagnostic(DiagnosticCode.Unsupported, $"the memories of the module cannot be folded into one: {why}{Else}");
        return null;
    }
}
