using System;
using System.Collections.Generic;
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
        var numbers = new MergeNumbers();
        var outside = new uint[program.Imports.Length];
        for (int i = 0; i < outside.Length; i++)
        {
            var import = program.Imports[i];
            outside[i] = numbers.counts[(int)Kind(program.Parts[import.Part].Module.Imports[import.Import].Type)]++;
        }
        numbers.counts.CopyTo(numbers.imported, 0);
        for (int i = 0; i < program.Parts.Length; i++)
            numbers.Add(program.Parts[i], types[i], outside);
        return numbers;
    }

    /// <summary>What kind of thing an import is.</summary>
    public static CoreExternKind Kind(CoreExternType type) => type switch
    {
        CoreExternType.Func => CoreExternKind.Func,
        CoreExternType.Table => CoreExternKind.Table,
        CoreExternType.Memory => CoreExternKind.Memory,
        CoreExternType.Global => CoreExternKind.Global,
        CoreExternType.Tag => CoreExternKind.Tag,
    };

    private void Add(FusePart part, uint[] types, uint[] outside)
    {
        var module = part.Module;
        int[] defined = [module.Funcs.Length, module.Tables.Length, module.Memories.Length, module.Globals.Length, module.Tags.Length];
        var spaces = Array.ConvertAll(defined, count => new List<uint>(count));
        for (int i = 0; i < part.Bindings.Length; i++)
        {
            var kind = Kind(module.Imports[i].Type);
            spaces[(int)kind].Add(part.Bindings[i] switch
            {
                FuseBinding.Outside(var import) => outside[import],
                FuseBinding.Inside(var other, var index) => parts[other].Of(kind)[(int)index],
            });
        }
        for (int kind = 0; kind < Kinds; kind++)
        {
            for (int left = defined[kind]; left > 0; left--)
                spaces[kind].Add(counts[kind]++);
        }
        parts.Add(new PartNumbers(types, Array.ConvertAll(spaces, space => space.ToArray()), Elements, module.Elements.Length, Data, module.Data.Length));
        Elements += (uint)module.Elements.Length;
        Data += (uint)module.Data.Length;
    }
}
