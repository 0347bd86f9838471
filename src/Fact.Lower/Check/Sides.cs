using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Check;

/// <summary>Makes equal sides of a set of adapters one object, and the imports that they mention.</summary>
internal sealed class Sides
{
    private SmallMap<(int Memory, int Realloc, StringEncoding Encoding, bool Is64, bool ThrowsNothing), Side> sides;
    private SmallMap<CoreMemoryId, (int Number, Import.Memory Import)> memories;
    private SmallMap<(CoreFuncId, CoreValType), (int Number, Import.Realloc Import)> reallocs;
    private int memoryCount, reallocCount;

    // Adapters that follow one another mostly have the same two sides.
    private Side? last, beforeLast;

    /// <summary>Whether another adapter says that the memory has another type.</summary>
    public bool Contradicts(CanonicalMemory memory) =>
        memories.TryGetValue(memory.Id, out var known) && known.Import.Type != memory.Type;

    /// <param name="options">The options of a side.</param>
    /// <param name="throwsNothing">Whether it is known that its allocator throws nothing.</param>
    public Side Of(CanonicalOptions options, bool throwsNothing)
    {
        if (last is not null && Fits(last, options, throwsNothing))
            return last;
        if (beforeLast is not null && Fits(beforeLast, options, throwsNothing))
            return beforeLast;
        beforeLast = last;
        return last = Find(options, throwsNothing);
    }

    private static bool Fits(Side side, CanonicalOptions options, bool throwsNothing) =>
        side.Memory?.Id == options.Memory?.Id && side.Realloc?.Func == options.Realloc && side.Encoding == options.StringEncoding
        && side.ReallocThrowsNothing == throwsNothing;

    private Side Find(CanonicalOptions options, bool throwsNothing)
    {
        var (memoryNumber, memory) = options.Memory is { } m ? Memory(m) : (-1, null);
        bool is64 = memory is { Type.Is64: true };
        var (reallocNumber, realloc) = options.Realloc is { } r ? Realloc(r, is64 ? CoreValType.I64 : CoreValType.I32) : (-1, null);
        var key = (memoryNumber, reallocNumber, options.StringEncoding, is64, throwsNothing);
        ref var side = ref sides.GetOrAdd(key, out _);
        return side ??= new(is64, memory, realloc, options.StringEncoding, memoryNumber, reallocNumber) { ReallocThrowsNothing = throwsNothing };
    }

    private (int Number, Import.Memory Import) Memory(CanonicalMemory memory)
    {
        ref var import = ref memories.GetOrAdd(memory.Id, out bool known);
        if (!known)
            import = (memoryCount++, new(memory.Id, memory.Type));
        return import;
    }

    private (int Number, Import.Realloc Import) Realloc(CoreFuncId func, CoreValType pointer)
    {
        ref var import = ref reallocs.GetOrAdd((func, pointer), out bool known);
        if (!known)
            import = (reallocCount++, new(func, pointer));
        return import;
    }
}
