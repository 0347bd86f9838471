using Fact.Host.Engine;
using Fact.Host.Tasks;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Calls;

/// <summary>Adapters between synchronous sides of functions whose type is async.</summary>
internal static class AdapterCall
{
    /// <summary>
    /// An adapter as what a task does. It has entered its instance before anything is lifted out of the caller, as there may be others in it, or backpressure. Spec: in
    /// <c>canon_lift</c>, <c>task.enter_implicit_thread()</c> stands before <c>task.start()</c>.
    /// </summary>
    /// <param name="state">The component.</param>
    /// <param name="adapter">The adapter.</param>
    /// <param name="function">Its function.</param>
    public static Function AsTask(ComponentState state, Adapter adapter, Function function)
    {
        var type = CoreFunction.Of(function).Type;
        var lifted = new LiftedFunction(AsyncType: true, Async: false, state.Tasks.Core(function, type));
        var (lower, lift) = (state.Tasks.Instance(adapter.Lower.Instance.Id), state.Tasks.Instance(adapter.Lift.Instance.Id));
        return state.Functions.Define(type, arguments =>
        {
            Trampolines.RequireLeave(state, adapter.Lower.Instance.Id);
            return state.Tasks.Wait(caller => CanonLower.Call(
                caller,
                lower,
                (onStart, onResolve) => CanonLift.Start(lifted, lift, onStart, onResolve).RequestCancellation,
                isAsync: false,
                new LoweredCall(() => arguments, results => results, static () => { })));
        });
    }
}
