using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Lower.Code;

/// <summary>What translating values needs to know of one side, interned: sides with the same memory, allocator and encoding are the same object.</summary>
internal sealed class Side
{
    public required Ptr Ptr { get; init; }

    /// <summary>Null where the side has no memory; then no value of it needs one.</summary>
    public required Import.Memory? Memory { get; init; }

    public required Import.Realloc? Realloc { get; init; }

    public required StringEncoding Encoding { get; init; }

    /// <summary>Numbers the memory among those of the sides, from 0; −1 where there is none.</summary>
    public required int MemoryKey { get; init; }

    /// <summary>Numbers the allocator likewise.</summary>
    public required int ReallocKey { get; init; }
}

/// <summary>Interns the sides of a set of adapters, and the imports that they mention.</summary>
internal sealed class Sides
{
    private readonly Dictionary<(int Memory, int Realloc, StringEncoding Encoding, bool Is64), Side> sides = [];
    private readonly Dictionary<CoreMemoryId, (int Key, Import.Memory Import)> memories = [];
    private readonly Dictionary<(CoreFuncId, CoreValType), (int Key, Import.Realloc Import)> reallocs = [];

    /// <summary>Whether another adapter says that the memory has another type.</summary>
    public bool Contradicts(CanonicalMemory memory) =>
        memories.TryGetValue(memory.Id, out var known) && known.Import.Type != memory.Type;

    public Side Of(CanonicalOptions options)
    {
        var (memoryKey, memory) = options.Memory is { } m ? Memory(m) : (-1, null);
        var ptr = new Ptr(memory is { Type.Is64: true });
        var (reallocKey, realloc) = options.Realloc is { } r ? Realloc(r, ptr.Type) : (-1, null);
        var key = (memoryKey, reallocKey, options.StringEncoding, ptr.Is64);
        if (!sides.TryGetValue(key, out var side))
        {
            side = new()
            {
                Ptr = ptr,
                Memory = memory,
                Realloc = realloc,
                Encoding = options.StringEncoding,
                MemoryKey = memoryKey,
                ReallocKey = reallocKey,
            };
            sides.Add(key, side);
        }
        return side;
    }

    private (int Key, Import.Memory Import) Memory(CanonicalMemory memory)
    {
        if (!memories.TryGetValue(memory.Id, out var known))
        {
            known = (memories.Count, new(memory.Id, memory.Type));
            memories.Add(memory.Id, known);
        }
        return known;
    }

    private (int Key, Import.Realloc Import) Realloc(CoreFuncId func, CoreValType ptr)
    {
        if (!reallocs.TryGetValue((func, ptr), out var known))
        {
            known = (reallocs.Count, new(func, ptr));
            reallocs.Add((func, ptr), known);
        }
        return known;
    }
}
