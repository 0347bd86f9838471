using System;
using System.Runtime.InteropServices;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Ir;
using Fact.Values;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Host.Calls;

/// <summary>
/// A guest calls a function of the host where no guest can see its task and nothing is lent: what <see cref="ImportCall"/> does, without what only tasks and loans need.
/// What the call needs of the instance is looked up with the first call: when the function is made, the instance may not be there yet.
/// </summary>
internal sealed class DirectImport
{
    private readonly ComponentState state;
    private readonly PlanOptions options;
    private readonly FunctionLayout layout;
    private readonly HostFunction function;
    private readonly ScalarTypes? scalars;
    private readonly string name;
    private CanonicalContext? context;

    private DirectImport(ComponentState state, Trampoline.LowerImport import, FunctionLayout layout, HostFunction function)
    {
        (this.state, this.layout, this.function, scalars) = (state, layout, function, ScalarTypes.Of(import.FuncType));
        options = state.Plan.Options[(int)import.Options.Value];
        name = state.Component.Names.Import(import.Import);
    }

    /// <summary>The core function for an import; null where it takes the long way.</summary>
    public static DirectImport? Of(ComponentState state, Trampoline.LowerImport import, FunctionLayout layout) =>
        state.Tasks.IsUsed || state.Plan.Options[(int)import.Options.Value].Options.Async || import.FuncType.Has(TypeContents.Borrows)
        || state.Imports.PlainFunction(import.Import) is not { } function
            ? null
            : new DirectImport(state, import, layout, function);

    /// <summary>The body of the core function.</summary>
    public void Call(ReadOnlySpan<ulong> arguments, Span<ulong> results)
    {
        Trampolines.RequireLeave(state, options.Instance);
        var cx = (context ??= state.Context(options, scope: null)).Anew();
        var values = new Lifter(cx).Params(arguments, layout).Seal();
        ComponentValue? returned;
        try
        {
            returned = function(values);
        }
        catch (Exception e) when (e is not TrapSignal)
        {
            throw Callbacks.Failed($"the host function \"{name}\"", state.Stopper, e);
        }
        state.RequireAlive();
        if (scalars?.Result is { } type && ScalarTypes.TryLower(returned, type, out ulong bits))
        {
            results[0] = bits;
            return;
        }
        ImportCall.Check(state, returned, layout.Type, name);
        var flat = new Lowerer(cx).Result(returned, layout, layout.ResultInMemory ? arguments[^1] : 0);
        CollectionsMarshal.AsSpan(flat).CopyTo(results);
    }
}
