using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Random memories, globals and tables of a module's own. The bytes do not tell their names, so all have the same.</summary>
internal static class OwnSample
{
    public const string Name = "own";

    /// <summary>Stands for a table where it is of no consequence which.</summary>
    public static OwnTable Table { get; } = new(Name, new(CoreValType.FuncRef, CoreLimits.Any32));

    /// <summary>Some, or none.</summary>
    public static ModuleItems Of(Random random)
    {
        int exports = 0;
        string? Export() => random.Next(2) == 0 ? null : $"own{exports++}";
        CoreLimits Limits(bool is64, int most) => random.Next(most) is var min && random.Next(2) == 0
            ? new((ulong)min, null, is64, IsShared: false)
            : new((ulong)min, (ulong)(min + random.Next(300)), is64, IsShared: false);
        return new(
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => new OwnMemory(Name, new(Limits(random.Next(2) == 0, 3)), Export()))
                .Select(memory => memory.Type is { Is64: false, Limits.Min: > 0 } ? memory with { Data = Data(random) } : memory)],
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => new OwnGlobal(Name, CoreGlobalType.MutableI32, (int)(1L << random.Next(33)) - random.Next(2), Export()))],
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => new OwnTable(Name, new(CoreValType.FuncRef, Limits(false, 200)), Export()))]);
    }

    /// <summary>The items as resolving gives them after so many imports.</summary>
    public static ResolvedItems Resolved(ModuleItems own, int memories, int globals) => new(
        own,
        [
            .. own.Tables.Items.Select((table, i) => (table.Export, CoreExternKind.Table, (uint)i))
                .Concat(own.Memories.Items.Select((memory, i) => (memory.Export, CoreExternKind.Memory, (uint)(memories + i))))
                .Concat(own.Globals.Items.Select((global, i) => (global.Export, CoreExternKind.Global, (uint)(globals + i))))
                .Where(item => item.Export is not null)
                .Select(item => new ResolvedItemExport(item.Export!, item.Item2, item.Item3)),
        ],
        [.. own.Memories.Items.SelectMany((memory, i) => memory.Data.Select(segment => new ResolvedData(new((uint)(memories + i)), segment)))]);

    private static EquatableArray<DataSegment> Data(Random random) =>
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => new DataSegment((uint)random.Next(60_000), [.. Bytes(random)]))];

    private static IEnumerable<byte> Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }
}
