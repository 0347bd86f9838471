using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>The pieces that have come of the arguments of a call. Nothing runs between them, so that there is one such call at a time.</summary>
/// <param name="store">Where the functions are that take them.</param>
internal sealed class TakenPieces(Store store)
{
    private readonly List<ulong> numbers = [];
    private readonly List<CoreFunction?> functions = [];
    private Function? takeFunction, takeNumbers;

    /// <summary>Where the functions are that take them.</summary>
    public Store Store => store;

    /// <summary>Takes a function.</summary>
    public Function TakeFunction => takeFunction ??= Function.FromCallback<Function?>(
        store, function => functions.Add(function is null ? null : CoreFunction.Of(function)));

    /// <summary>Takes numbers.</summary>
    public Function TakeNumbers => takeNumbers ??= Function.FromCallback<long, long, long, long, long, long, long, long, long, long, long, long>(store, Take);

    /// <summary>Whether there are functions.</summary>
    public bool HasFunctions => functions.Count > 0;

    /// <summary>Takes numbers.</summary>
    public void Take(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l) =>
        numbers.AddRange(MemoryMarshal.Cast<long, ulong>([a, b, c, d, e, f, g, h, i, j, k, l]));

    /// <summary>The arguments of a call that are numbers, by position.</summary>
    public ulong[] Numbers(CoreFuncType type)
    {
        ulong[] bits = new ulong[type.Params.Length];
        int next = 0;
        for (int i = 0; i < bits.Length; i++)
        {
            if (type.Params[i] != CoreValType.FuncRef)
                bits[i] = numbers[next++];
        }
        return bits;
    }

    /// <summary>Those that are functions, by position.</summary>
    public CoreFunction?[] Functions(CoreFuncType type)
    {
        if (!HasFunctions)
            return [];
        var found = new CoreFunction?[type.Params.Length];
        int next = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (type.Params[i] == CoreValType.FuncRef)
                found[i] = functions[next++];
        }
        return found;
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        numbers.Clear();
        functions.Clear();
    }
}
