using System;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Linking;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Calls;

/// <summary>A guest calls a function of the host. Spec: <c>canon_lower</c>.</summary>
internal static class ImportCall
{
    /// <summary>The core function that was lowered.</summary>
    public static Func<ulong[], ulong[]> Body(ComponentState state, Trampoline.LowerImport import, FunctionLayout layout)
    {
        var options = state.Plan.Options[(int)import.Options.Value];
        string name = state.Component.Names.Import(import.Import);
        if (options.Options.Async)
            return _ => throw new TrapSignal($"the import \"{name}\" was lowered with the option async, which this host does not support");
        var function = state.Imports.Function(import.Import);
        return arguments =>
        {
            Trampolines.RequireLeave(state, options.Instance);
            var scope = state.Resources.EnterCall();
            var context = state.Context(options, scope);
            var values = new Lifter(context).Params(arguments, layout);
            var result = Callbacks.Run($"the host function \"{name}\"", () => function(values.ToEquatableArray()));
            state.RequireAlive();
            Check(state, result, import.FuncType, name);
            ulong returnPointer = layout.ResultInMemory ? arguments[^1] : 0;
            ulong[] flat = [.. new Lowerer(context).Result(result, layout, returnPointer)];
            Trampolines.OrTrap(state.Resources.ExitCall());
            return flat;
        };
    }

    private static void Check(ComponentState state, ComponentValue? result, ComponentFuncType type, string name)
    {
        string? wrong = (type.Result, result) switch
        {
            (null, null) => null,
            (null, _) => "there is a result, and its type has none",
            (_, null) => "there is no result",
            var (expected, value) => string.Join("; ", ValueCheck.Check(value, expected, state.Resources.TypeOf).FailToSeq().Select(e => e.ToString())),
        };
        if (!string.IsNullOrEmpty(wrong))
            throw new TrapSignal($"the host function \"{name}\" returned a wrong result: {wrong}");
    }
}
