using System;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Calls;

/// <summary>A guest calls a function of the host. Spec: <c>canon_lower</c>.</summary>
internal static class ImportCall
{
    /// <summary>The core function that was lowered.</summary>
    public static Func<ulong[], ulong[]> Body(ComponentState state, Trampoline.LowerImport import, FunctionLayout layout)
    {
        if (state.Imports.AsyncFunction(import.Import) is { } asyncFunction)
            return new AsyncImport(state, import, layout, asyncFunction).Call;
        var options = state.Plan.Options[(int)import.Options.Value];
        string name = state.Component.Names.Import(import.Import);
        var function = state.Imports.Function(import.Import);
        return arguments =>
        {
            Trampolines.RequireLeave(state, options.Instance);
            var scope = new CallScope();
            var context = state.Context(options, scope);
            ComponentValue? result = null;

            ComponentValue? Run()
            {
                try
                {
                    var values = new Lifter(context).Params(arguments, layout);
                    var returned = state.Resources.Within(
                        scope, () => Callbacks.Run($"the host function \"{name}\"", state.Stopper, () => function(values.ToEquatableArray())));
                    state.RequireAlive();
                    Check(state, returned, import.FuncType, name);
                    return returned;
                }
                catch
                {
                    // The component is at its end, but the host goes on, and has handles in other components.
                    state.Resources.Release(scope);
                    throw;
                }
            }

            var call = new LoweredCall(
                () =>
                {
                    result = Run();
                    return [];
                },
                _ => [.. new Lowerer(context).Result(result, layout, layout.ResultInMemory ? arguments[^1] : 0)],
                () => Release(state, scope));
            if (!state.Tasks.IsUsed)
                return Directly(call);
            return state.Tasks.Wait(caller => CanonLower.Call(caller, state.Tasks.Instance(options.Instance), AtOnce, options.Options.Async, call));
        };
    }

    /// <summary>Makes the call where no guest can see the task of its caller.</summary>
    private static ulong[] Directly(LoweredCall call)
    {
        ulong[] results = call.Return(call.Start());
        call.ReleaseLenders();
        return results;
    }

    /// <summary>A host function does all when it is called.</summary>
    private static Action AtOnce(Func<ulong[]> onStart, Action<ulong[]?> onResolve)
    {
        onResolve(onStart());
        return static () => { };
    }

    private static void Release(ComponentState state, CallScope scope)
    {
        Trampolines.OrTrap(state.Resources.Return(scope));
        state.Resources.Release(scope);
    }

    /// <summary>Traps unless a result belongs to the type of the function.</summary>
    public static void Check(ComponentState state, ComponentValue? result, ComponentFuncType type, string name)
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
