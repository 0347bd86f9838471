using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>What the bytes of a module say of its own memories, globals and tables.</summary>
internal sealed class DecodedItems
{
    public List<CoreTableType> Tables { get; } = [];

    public List<CoreMemoryType> Memories { get; } = [];

    public List<(CoreGlobalType Type, long Value)> Globals { get; } = [];

    public List<ResolvedItemExport> Exports { get; } = [];

    public List<ResolvedData> Data { get; } = [];

    /// <summary>The items, with what they begin with and are exported as.</summary>
    public ResolvedItems ToItems(int importedMemories, int importedGlobals)
    {
        string? Export(CoreExternKind kind, int index) => Exports.SingleOrDefault(export => export.Kind == kind && export.Index == index)?.Name;
        return new(
            new(
                [
                    .. Memories.Select((type, i) => new OwnMemory(OwnSample.Name, type, Export(CoreExternKind.Memory, importedMemories + i))
                    {
                        Data = [.. Data.Where(data => data.Memory.Value == importedMemories + i).Select(data => data.Segment)],
                    }),
                ],
                [.. Globals.Select((global, i) => new OwnGlobal(OwnSample.Name, global.Type, global.Value, Export(CoreExternKind.Global, importedGlobals + i)))],
                [.. Tables.Select((type, i) => new OwnTable(OwnSample.Name, type, Export(CoreExternKind.Table, i)))]),
            [.. Exports],
            [.. Data]);
    }
}
