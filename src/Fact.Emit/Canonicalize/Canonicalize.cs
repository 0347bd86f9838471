using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Helpers that do the same become one: the first of them in the order of the program.</summary>
/// <remarks>
/// Two helpers do the same when types, locals, bodies and traps are equal and they call functions that do the same. Names do
/// not count; neither do other functions than helpers, which keep their identity. What has nothing to merge is given
/// back as it is.
/// </remarks>
internal static class Canonicalize
{
    /// <summary>Merges the equal helpers of a program. Merging twice is the same as merging once.</summary>
    public static AdapterProgram Run(AdapterProgram program)
    {
        while (HelperClasses.Of(program) is { AnyEqual: true } classes)
        {
            program = Merge(program, classes);
            if (classes.IsExact)
                break;
        }
        return program;
    }

    private static AdapterProgram Merge(AdapterProgram program, HelperClasses classes)
    {
        Dictionary<FuncId, FuncRef> refs = [];
        var calls = new CallReplacement(func => func is FuncRef.Defined defined && classes.First(defined.Id).Id is var id && id != defined.Id
            ? refs.TryGetValue(id, out var known) ? known : refs[id] = new FuncRef.Defined(id)
            : func);
        List<AdapterCode> adapters = [];
        foreach (var adapter in program.Adapters)
        {
            List<SymbolicFunc> funcs = [];
            foreach (var func in adapter.Funcs)
            {
                if (ReferenceEquals(classes.First(func.Id), func))
                    funcs.Add(calls.In(func));
            }
            List<ProgramExport> exports = [];
            foreach (var export in adapter.Exports)
                exports.Add(calls.In(export));
            adapters.Add(adapter with { Funcs = [.. funcs], Exports = [.. exports] });
        }
        return program with { Adapters = [.. adapters] };
    }
}
