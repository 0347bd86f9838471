using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The index spaces of the merged module: of each kind first what comes from outside, in the order of the imports, then what the parts define, part for part.
/// </summary>
internal sealed class MergeNumbers
{
    private const int Kinds = (int)CoreExternKind.Tag + 1;

    private readonly uint[] counts = new uint[Kinds], imported = new uint[Kinds];
    private readonly List<PartNumbers> parts = [];

    private MergeNumbers()
    {
    }

    /// <summary>What the numbers in each part become.</summary>
    public IReadOnlyList<PartNumbers> Parts => parts;

    /// <summary>The numbers of the imports, each of its kind.</summary>
    public required uint[] Outside { get; init; }

    /// <summary>How many element segments there are.</summary>
    public uint Elements { get; private set; }

    /// <summary>How many data segments there are.</summary>
    public uint Data { get; private set; }

    /// <summary>How many things of a kind come from outside.</summary>
    public int Imported(CoreExternKind kind) => (int)imported[(int)kind];

    /// <summary>How many things of a kind there are.</summary>
    public int Count(CoreExternKind kind) => (int)counts[(int)kind];

    /// <summary>Numbers everything.</summary>
    public static MergeNumbers Of(FuseProgram program, IReadOnlyList<uint[]> types)
    {
        var numbers = new MergeNumbers { Outside = new uint[program.Imports.Length] };
        for (int i = 0; i < numbers.Outside.Length; i++)
            numbers.Outside[i] = numbers.counts[(int)Kind(program, i)]++;
        numbers.counts.CopyTo(numbers.imported, 0);
        for (int i = 0; i < program.Parts.Length; i++)
            numbers.Add(program.Parts[i], types[i]);
        return numbers;
    }

    /// <summary>Numbers what is kept of it, in the same order.</summary>
    /// <param name="program">What was numbered.</param>
    /// <param name="kept">What is kept.</param>
    /// <param name="types">The new numbers of the types.</param>
    public MergeNumbers Keep(FuseProgram program, Reached kept, uint[] types)
    {
        uint[][] externs = [.. Enumerable.Range(0, Kinds).Select(kind => Renumbered(kept.Externs[kind]))];
        uint[] elements = Renumbered(kept.Elements), data = Renumbered(kept.Data), calls = [.. kept.Calls.Select(callee => Of(externs[0], callee))];
        var numbers = new MergeNumbers
        {
            Outside = [.. Outside.Select((number, i) => externs[(int)Kind(program, i)][number])],
            Elements = (uint)kept.Elements.Count(each => each),
            Data = (uint)kept.Data.Count(each => each),
        };
        for (int kind = 0; kind < Kinds; kind++)
        {
            numbers.counts[kind] = (uint)kept.Externs[kind].Count(each => each);
            numbers.imported[kind] = (uint)kept.Externs[kind].AsSpan(0, (int)imported[kind]).Count(true);
        }
        ConstantTable?[] tables = [.. kept.Tables.Select(table => table?.Renumbered(externs[0], types))];
        foreach (var part in parts)
        {
            uint[] funcs = part.Externs[(int)CoreExternKind.Func], ownTables = part.Externs[(int)CoreExternKind.Table];
            numbers.parts.Add(new PartNumbers(
                Array.ConvertAll(part.Types, type => types[type]),
                [.. part.Externs.Select((space, kind) => Array.ConvertAll(space, number => externs[kind][number]))],
                Array.ConvertAll(part.Elements, number => elements[number]),
                Array.ConvertAll(part.Data, number => data[number]))
            {
                Calls = Array.ConvertAll(funcs, number => calls[number]),
                Tables = Array.ConvertAll(ownTables, number => tables[number]),
            });
        }
        return numbers;
    }

    /// <summary>What kind of thing one of the imports from outside is.</summary>
    public static CoreExternKind Kind(FuseProgram program, int import) => Type(program, import).Kind;

    /// <summary>The type of one of the imports from outside, in the numbers of the part that says it.</summary>
    public static CoreExternType Type(FuseProgram program, int import) =>
        program.Parts[program.Imports[import].Part].Module.Imports[program.Imports[import].Import].Type;

    private static uint Of(uint[] space, uint number) => number == PartNumbers.None ? PartNumbers.None : space[number];

    private static uint[] Renumbered(bool[] kept)
    {
        var numbers = new uint[kept.Length];
        uint next = 0;
        for (int i = 0; i < kept.Length; i++)
            numbers[i] = kept[i] ? next++ : PartNumbers.None;
        return numbers;
    }

    private void Add(FusePart part, uint[] types)
    {
        var module = part.Module;
        int[] defined = [module.Funcs.Length, module.Tables.Length, module.Memories.Length, module.Globals.Length, module.Tags.Length];
        var spaces = Array.ConvertAll(defined, count => new List<uint>(count));
        for (int i = 0; i < part.Bindings.Length; i++)
        {
            var kind = module.Imports[i].Type.Kind;
            spaces[(int)kind].Add(part.Bindings[i] switch
            {
                FuseBinding.Outside(var import) => Outside[import],
                FuseBinding.Inside(var other, var index) => parts[other].Of(kind)[(int)index],
            });
        }
        for (int kind = 0; kind < Kinds; kind++)
        {
            for (int left = defined[kind]; left > 0; left--)
                spaces[kind].Add(counts[kind]++);
        }
        parts.Add(new PartNumbers(
            types, Array.ConvertAll(spaces, space => space.ToArray()), Numbers(Elements, module.Elements.Length), Numbers(Data, module.Data.Length)));
        Elements += (uint)module.Elements.Length;
        Data += (uint)module.Data.Length;
    }

    private static uint[] Numbers(uint first, int count)
    {
        var numbers = new uint[count];
        for (int i = 0; i < count; i++)
            numbers[i] = first + (uint)i;
        return numbers;
    }
}
