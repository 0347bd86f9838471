using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Programs that were lowered separately become one, so that their imports and helpers are shared.</summary>
internal static class Combine
{
    /// <summary>Concatenates programs: their functions are numbered anew from 0, and nothing else changes. A memory, global or table that several have is one.</summary>
    public static AdapterProgram Run(IEnumerable<AdapterProgram> programs)
    {
        List<AdapterCode> adapters = [];
        HashSet<OwnMemory> memories = new(ReferenceEqualityComparer.Instance);
        HashSet<OwnGlobal> globals = new(ReferenceEqualityComparer.Instance);
        HashSet<OwnTable> tables = new(ReferenceEqualityComparer.Instance);
        int first = 0;
        foreach (var program in programs)
        {
            var numbers = FuncNumbers.Of(program);
            var renumber = new Renumbering(numbers, first);
            foreach (var adapter in program.Adapters)
                adapters.Add(renumber.In(adapter));
            first += numbers.Count;
            memories.UnionWith(program.Own.Memories);
            globals.UnionWith(program.Own.Globals);
            tables.UnionWith(program.Own.Tables);
        }
        return new AdapterProgram([.. adapters]) { Own = new([.. memories], [.. globals], [.. tables]) };
    }

    /// <summary>The functions of one program in their new numbering.</summary>
    private sealed class Renumbering
    {
        private readonly FuncNumbers numbers;
        private readonly int first;
        private readonly FuncRef.Defined?[] refs;
        private readonly CallReplacement calls;

        public Renumbering(FuncNumbers numbers, int first)
        {
            (this.numbers, this.first) = (numbers, first);
            refs = new FuncRef.Defined?[numbers.Count];
            calls = new CallReplacement(Renumbered);
        }

        public AdapterCode In(AdapterCode adapter)
        {
            var funcs = new SymbolicFunc[adapter.Funcs.Length];
            for (int i = 0; i < funcs.Length; i++)
            {
                var func = calls.In(adapter.Funcs[i]);
                var id = new FuncId(first + numbers[func.Id]);
                funcs[i] = func.Id == id ? func : func with { Id = id };
            }
            var exports = Array.ConvertAll([.. adapter.Exports.AsSpan()], calls.In);
            return adapter with
            {
                Funcs = new(ImmutableCollectionsMarshal.AsImmutableArray(funcs)),
                Exports = new(ImmutableCollectionsMarshal.AsImmutableArray(exports)),
            };
        }

        private FuncRef Renumbered(FuncRef func) => func switch
        {
            FuncRef.Imported => func,
            FuncRef.Defined defined => Renumbered(defined),
        };

        private FuncRef Renumbered(FuncRef.Defined func)
        {
            int number = numbers[func.Id];
            return func.Id.Value == first + number ? func : refs[number] ??= new FuncRef.Defined(new FuncId(first + number));
        }
    }
}
