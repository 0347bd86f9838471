using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Plain walks over symbolic code.</summary>
internal static class Trees
{
    public static IEnumerable<SymbolicFunc> Funcs(AdapterProgram program) => program.Adapters.SelectMany(adapter => adapter.Funcs);

    /// <summary>The same code with other functions.</summary>
    public static EquatableArray<Instr> Map(EquatableArray<Instr> body, Func<FuncRef, FuncRef> map) => body.Select(instr => instr switch
    {
        Instr.Call call => call with { Func = map(call.Func) },
        Instr.RefFunc reference => reference with { Func = map(reference.Func) },
        Instr.Block block => block with { Body = Map(block.Body, map) },
        Instr.Loop loop => loop with { Body = Map(loop.Body, map) },
        Instr.If one => one with { Then = Map(one.Then, map), Else = Map(one.Else, map) },
        Instr.TryTable attempt => attempt with { Body = Map(attempt.Body, map) },
        _ => instr,
    }).ToEquatableArray();

    /// <summary>The functions that code names, in order.</summary>
    public static List<FuncRef> Named(EquatableArray<Instr> body)
    {
        List<FuncRef> named = [];
        Map(body, func =>
        {
            named.Add(func);
            return func;
        });
        return named;
    }

    /// <summary>All imports that code mentions, in order.</summary>
    public static IEnumerable<Import> Mentions(EquatableArray<Instr> body) => Things(body).OfType<Import>();

    /// <summary>All imports, memories, globals and tables that code mentions, in order.</summary>
    public static IEnumerable<object> Things(EquatableArray<Instr> body) => body.SelectMany(instr => instr switch
    {
        Instr.Memory memory => [memory.Mem],
        Instr.MemorySize size => [size.Mem],
        Instr.MemoryCopy copy => [copy.To, copy.From],
        Instr.MemoryLane memory => [memory.Mem],
        Instr.MemoryGrow grow => [grow.Mem],
        Instr.MemoryFill fill => [fill.Mem],
        Instr.Global global => [global.Item],
        Instr.CallIndirect call => [call.Table],
        Instr.Call { Func: FuncRef.Imported func } => [func.Import],
        Instr.RefFunc { Func: FuncRef.Imported func } => [func.Import],
        Instr.Block block => Things(block.Body),
        Instr.Loop loop => Things(loop.Body),
        Instr.If one => Things(one.Then).Concat(Things(one.Else)),
        Instr.TryTable attempt => Things(attempt.Body),
        _ => (IEnumerable<object>)[],
    });

    /// <summary>
    /// Whether two functions do the same, each in its program: as far as one can see when every call is followed. Names do not count.
    /// With <paramref name="helpersOnly"/>, functions that are not helpers are the same only if they are one.
    /// </summary>
    public static bool SameBehaviour(AdapterProgram one, FuncId a, AdapterProgram other, FuncId b, bool helpersOnly = false)
    {
        var funcs = Funcs(one).ToDictionary(func => func.Id);
        var otherFuncs = Funcs(other).ToDictionary(func => func.Id);
        HashSet<(FuncId, FuncId)> assumed = [(a, b)];
        Queue<(FuncId, FuncId)> open = new([(a, b)]);
        while (open.TryDequeue(out var pair))
        {
            SymbolicFunc x = funcs[pair.Item1], y = otherFuncs[pair.Item2];
            if (helpersOnly && x.Role != FuncRole.Helper && x.Id != y.Id)
                return false;
            if (Anonymous(x) != Anonymous(y))
                return false;
            foreach (var (called, otherCalled) in Named(x.Body).Zip(Named(y.Body)))
            {
                if (called is FuncRef.Defined p && otherCalled is FuncRef.Defined q && assumed.Add((p.Id, q.Id)))
                    open.Enqueue((p.Id, q.Id));
            }
        }
        return true;
    }

    /// <summary>A function without names, and without saying which functions of its program it names.</summary>
    public static SymbolicFunc Anonymous(SymbolicFunc func) => func with
    {
        Id = default,
        Name = "",
        Locals = func.Locals.Select(local => local with { Name = "" }).ToEquatableArray(),
        Body = Map(func.Body, named => named is FuncRef.Defined ? new FuncRef.Defined(default) : named),
    };
}
