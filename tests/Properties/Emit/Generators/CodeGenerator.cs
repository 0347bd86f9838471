using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>
/// Makes random code that is valid by construction: every value is pushed with the type that is wanted, and every local is
/// written before it is read on every path.
/// </summary>
/// <param name="random">Decides.</param>
/// <param name="code">Makes the instructions.</param>
/// <param name="world">What there is to name.</param>
/// <param name="type">The type of the function.</param>
internal sealed partial class CodeGenerator<T>(Random random, ICode<T> code, Surroundings world, CoreFuncType type)
{
    private const int DeepestNesting = 12;

    private static readonly string?[] Paths = [null, null, "param \"p\"", "result · list element · record field \"größe\""];

    private readonly List<CoreValType> locals = [.. type.Params];
    private readonly List<Label> labels = [];
    private HashSet<int> written = [.. Enumerable.Range(0, type.Params.Length)];
    private int nextLabel;
    private int budget;

    /// <summary>The parameters, then the locals that the code uses.</summary>
    public IReadOnlyList<CoreValType> Locals => locals;

    /// <summary>Makes a function body of about so many instructions.</summary>
    public List<T> Body(int size)
    {
        budget = size;
        List<T> body = [];
        while (budget > 0)
            Statement(body);
        Values(body, type.Results);
        return body;
    }

    private bool Nested => labels.Count >= DeepestNesting || budget <= 0;

    private void Values(List<T> to, EquatableArray<CoreValType> types)
    {
        foreach (var one in types)
            Value(to, one);
    }

    /// <summary>Pushes a value.</summary>
    private void Value(List<T> to, CoreValType wanted)
    {
        budget--;
        switch (Nested ? random.Next(2) : random.Next(9))
        {
            case 0 when ReadableLocal(wanted) is { } local:
                to.Add(code.Local(LocalOp.Get, local));
                break;
            case 2 or 3 when wanted != CoreValType.FuncRef:
                Numeric(to, wanted);
                break;
            case 4 when wanted != CoreValType.FuncRef:
                Load(to, wanted);
                break;
            case 5:
                Value(to, wanted);
                to.Add(code.Local(LocalOp.Tee, Write(wanted)));
                break;
            case 6 when Producer(wanted) is { } func:
                Values(to, world.Funcs[func].Params);
                to.Add(code.Call(func, Pick(Paths)));
                break;
            case 7:
                Nest(to, new CoreFuncType([], [wanted]));
                break;
            case 8 when wanted != CoreValType.FuncRef:
                Value(to, wanted);
                Value(to, wanted);
                Value(to, CoreValType.I32);
                to.Add(code.Plain(PlainOp.Select));
                break;
            default:
                to.Add(Constant(wanted));
                break;
        }
    }

    private T Constant(CoreValType wanted) => wanted switch
    {
        CoreValType.I32 => code.I32Const((int)Interesting()),
        CoreValType.I64 => code.I64Const(Interesting()),
        CoreValType.F32 => code.F32Const(
            random.Next(3) == 0 ? Pick<uint>([0, 0x80000000, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FA12345, 1, 0x007FFFFF]) : (uint)random.NextInt64()),
        CoreValType.V128 => code.V128Const(Bits()),
        CoreValType.F64 => code.F64Const(random.Next(3) == 0
            ? Pick<ulong>([0, 1UL << 63, 0x7FF0UL << 48, 0xFFF0UL << 48, 0x7FF8UL << 48, 0x7FF0_0000_0000_0001, 1, 0x000F_FFFF_FFFF_FFFF])
            : (ulong)random.NextInt64() ^ ((ulong)random.Next() << 33)),
        _ => code.RefFunc(Pick(world.Exported)),
    };

    private UInt128 Bits() => new((ulong)random.NextInt64() << 1, (ulong)random.NextInt64() << 1);

    /// <summary>An integer near a power of two, where encodings change their length.</summary>
    private long Interesting() => random.Next(2) == 0
        ? random.Next(-70, 140)
        : ((1L << random.Next(64)) + random.Next(-1, 2)) * (random.Next(2) == 0 ? 1 : -1);

    private void Numeric(List<T> to, CoreValType wanted)
    {
        if (wanted == CoreValType.I32 && random.Next(6) == 0)
        {
            to.Add(code.Global(GlobalOp.Get, random.Next(world.Globals)));
            return;
        }
        if (wanted is CoreValType.I32 or CoreValType.I64 && random.Next(6) == 0)
        {
            int memory = random.Next(world.Memories.Count);
            if (world.Memories[memory].IndexType == wanted)
            {
                to.Add(code.MemorySize(memory));
                return;
            }
        }
        if (wanted is CoreValType.I32 or CoreValType.I64 && random.Next(12) == 0)
        {
            int memory = random.Next(world.Memories.Count);
            if (world.Memories[memory].IndexType == wanted)
            {
                Value(to, wanted);
                to.Add(code.MemoryGrow(memory));
                return;
            }
        }
        if (random.Next(wanted == CoreValType.V128 ? 4 : 8) == 0)
        {
            Lanes(to, wanted);
            return;
        }
        var op = Pick(Signatures.Numeric.Where(one => Signatures.Of(one).Result == wanted).ToList());
        foreach (var param in Signatures.Of(op).Params)
            Value(to, param);
        to.Add(code.Plain(op));
    }

    private void Lanes(List<T> to, CoreValType wanted)
    {
        Value(to, CoreValType.V128);
        if (wanted == CoreValType.V128 && random.Next(3) == 0)
        {
            Value(to, CoreValType.V128);
            to.Add(code.Shuffle(Bits() & (UInt128.MaxValue / 255 * 31)));
            return;
        }
        var op = Pick(Signatures.Lanes.Where(one => Signatures.Of(one) is var lane && (lane.Replaces ? wanted == CoreValType.V128 : lane.Type == wanted)).ToList());
        var (type, count, replaces) = Signatures.Of(op);
        if (replaces)
            Value(to, type);
        to.Add(code.Lane(op, (byte)random.Next(count)));
    }

    private void LaneAccess(List<T> to, bool load)
    {
        int memory = random.Next(world.Memories.Count);
        var op = Pick(Signatures.MemoryLanes.Where(one => Signatures.IsLoad(one) == load).ToList());
        int bytes = Signatures.BytesOf(op);
        Value(to, world.Memories[memory].IndexType);
        Value(to, CoreValType.V128);
        to.Add(code.MemoryLane(op, Arg(bytes, memory), (byte)random.Next(16 / bytes), memory));
    }

    private void Load(List<T> to, CoreValType wanted)
    {
        if (wanted == CoreValType.V128 && random.Next(4) == 0)
        {
            LaneAccess(to, load: true);
            return;
        }
        int memory = random.Next(world.Memories.Count);
        var op = Pick(Signatures.Loads.Where(one => Signatures.ValueOf(one) == wanted).ToList());
        Value(to, world.Memories[memory].IndexType);
        to.Add(code.Memory(op, Arg(Signatures.BytesOf(op), memory), memory));
    }

    private MemArg Arg(int bytes, int memory)
    {
        ulong offset = random.Next(3) switch
        {
            0 => 0,
            1 => (ulong)random.Next(300),
            _ => 1UL << random.Next(world.Memories[memory].Is64 ? 64 : 32),
        };
        int natural = int.TrailingZeroCount(bytes);
        return new MemArg(offset, (byte)(random.Next(3) == 0 ? random.Next(natural + 1) : natural));
    }

    private int? ReadableLocal(CoreValType wanted)
    {
        var readable = written.Where(local => locals[local] == wanted).Order().ToList();
        return readable.Count == 0 ? null : Pick(readable);
    }

    private int? Producer(CoreValType wanted)
    {
        var producers = world.Callable.Where(func => world.Funcs[func].Results.Length == 1 && world.Funcs[func].Results[0] == wanted).ToList();
        return producers.Count == 0 ? null : Pick(producers);
    }

    /// <summary>A local to write to: a new one, or any of the type.</summary>
    private int Write(CoreValType wanted)
    {
        var known = Enumerable.Range(0, locals.Count).Where(local => locals[local] == wanted).ToList();
        int local = known.Count > 0 && random.Next(3) != 0 ? Pick(known) : locals.Count;
        if (local == locals.Count)
            locals.Add(wanted);
        written.Add(local);
        return local;
    }

    private TItem Pick<TItem>(IReadOnlyList<TItem> from) => from[random.Next(from.Count)];

    private readonly record struct Label(int Number, EquatableArray<CoreValType> Types);
}
