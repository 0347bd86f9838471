using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Calls;

/// <summary>The host calls a function of a guest. Spec: <c>canon_lift</c>.</summary>
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
        if (!options.Options.Async && !state.Flags.TryEnter(options.Instance, caller: null))
            throw new TrapSignal("cannot enter component instance");
        var call = new HostCall(state, export, options, arguments);
        if (state.Tasks.IsUsed)
            call.RunTask();
        else
            call.RunAlone();
        if (!options.Options.Async)
            state.Flags.Leave(options.Instance, caller: null);
        return call.Result;
    }
}
