using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Engine;
using Fact.Host.Linking;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Calls;

/// <summary>The host calls a function of a guest. Spec: <c>canon_lift</c>, synchronous.</summary>
internal static class ExportCall
{
    /// <summary>The arguments themselves, or which string or list in them is longer than may be passed.</summary>
    public static Validation<Diagnostic, EquatableArray<ComponentValue>> CheckSizes(
        ComponentState state, LoadedExport export, EquatableArray<ComponentValue> arguments) =>
        new Lowerer(state.Context(state.Plan.Options[(int)export.Item.Options.Value], scope: null)).CheckSizes(arguments, export.Layout);

    /// <summary>Calls an exported function with arguments that belong to its types.</summary>
    /// <exception cref="TrapSignal">A check failed.</exception>
    /// <exception cref="Wasmtime.WasmtimeException">The guest trapped.</exception>
    public static ComponentValue? Run(ComponentState state, LoadedExport export, EquatableArray<ComponentValue> arguments)
    {
        var options = state.Plan.Options[(int)export.Item.Options.Value];
        var instance = options.Instance;
        if (!state.Flags.TryEnter(instance, caller: null))
            throw new TrapSignal("cannot enter component instance");
        var scope = state.Resources.EnterCall();
        var context = state.Context(options, scope);
        ulong[] flat = [.. new Lowerer(context).Params(arguments, export.Layout)];
        var storage = TaskStorage.Fresh();
        ulong[] results = state.Storage.With(storage, () => CoreValues.Call(state.Core.Func(export.Item.Callee), options.CoreType, flat));
        var result = new Lifter(context).Result(results, export.Layout);
        Trampolines.OrTrap(state.Resources.ExitCall());
        if (options.Options.PostReturn is { } postReturn)
        {
            state.Flags.SetCanLeave(instance, false);
            state.Storage.With(storage, () => CoreValues.Call(state.Core.Func(postReturn), new CoreFuncType(options.CoreType.Results, []), results));
            state.Flags.SetCanLeave(instance, true);
        }
        state.Flags.Leave(instance, caller: null);
        return result;
    }
}
