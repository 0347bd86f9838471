using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Who defines what has a number that everything has together.</summary>
internal sealed class Definitions
{
    private readonly int[][] owners, firsts;
    private readonly int[] elementOwners, dataOwners;
    private readonly MergeNumbers numbers;

    public Definitions(FuseProgram program, MergeNumbers numbers)
    {
        this.numbers = numbers;
        owners = new int[(int)CoreExternKind.Tag + 1][];
        firsts = new int[owners.Length][];
        for (int kind = 0; kind < owners.Length; kind++)
        {
            owners[kind] = new int[numbers.Count((CoreExternKind)kind)];
            firsts[kind] = new int[program.Parts.Length];
        }
        elementOwners = new int[numbers.Elements];
        dataOwners = new int[numbers.Data];
        int[] next = [.. Enumerable.Range(0, owners.Length).Select(kind => numbers.Imported((CoreExternKind)kind))];
        for (int part = 0; part < program.Parts.Length; part++)
        {
            var module = program.Parts[part].Module;
            int[] defined = [module.Funcs.Length, module.Tables.Length, module.Memories.Length, module.Globals.Length, module.Tags.Length];
            for (int kind = 0; kind < owners.Length; kind++)
            {
                firsts[kind][part] = next[kind];
                Array.Fill(owners[kind], part, next[kind], defined[kind]);
                next[kind] += defined[kind];
            }
            foreach (uint element in numbers.Parts[part].Elements)
                elementOwners[element] = part;
            foreach (uint data in numbers.Parts[part].Data)
                dataOwners[data] = part;
        }
    }

    /// <summary>The part that defines something, and which of what it defines of the kind it is; null where it comes from outside.</summary>
    public (int Part, int Index)? Of(CoreExternKind kind, uint number)
    {
        if (number < (uint)numbers.Imported(kind))
            return null;
        int part = owners[(int)kind][number];
        return (part, (int)number - firsts[(int)kind][part]);
    }

    /// <summary>The part that has an element segment, and which of its segments it is.</summary>
    public (int Part, int Index) OfElement(uint number) => (elementOwners[number], (int)(number - numbers.Parts[elementOwners[number]].Elements[0]));

    /// <summary>The part that has a data segment, and which of its segments it is.</summary>
    public (int Part, int Index) OfData(uint number) => (dataOwners[number], (int)(number - numbers.Parts[dataOwners[number]].Data[0]));
}
