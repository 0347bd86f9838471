using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Component.Plan;
using Fact.Host.Canonical;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Calls;

/// <summary>A guest calls a function of the host that may return later than it is called. Spec: <c>canon_lower</c>.</summary>
internal sealed class AsyncImport
{
    private readonly ComponentState state;
    private readonly PlanOptions options;
    private readonly ComponentFuncType type;
    private readonly FunctionLayout layout;
    private readonly AsyncHostFunction function;
    private readonly string name;

    /// <param name="state">The component.</param>
    /// <param name="import">What it imports.</param>
    /// <param name="layout">How the function's values are passed.</param>
    /// <param name="function">The function.</param>
    public AsyncImport(ComponentState state, Trampoline.LowerImport import, FunctionLayout layout, AsyncHostFunction function)
    {
        (this.state, this.layout, this.function, type) = (state, layout, function, import.FuncType);
        options = state.Plan.Options[(int)import.Options.Value];
        name = state.Component.Names.Import(import.Import);
    }

    /// <summary>The core function that was lowered.</summary>
    public ulong[] Call(ulong[] arguments)
    {
        Trampolines.RequireLeave(state, options.Instance);
        var call = new InProgress(this, arguments);
        var lowered = new LoweredCall(call.Start, _ => call.Return(), call.Release);
        if (state.Tasks.IsUsed && type.Async)
            return state.Tasks.Wait(caller => CanonLower.Call(caller, state.Tasks.Instance(options.Instance), call.Callee, options.Options.Async, lowered));
        // By its type the function returns before anything else can go on: the thread waits.
        call.Start();
        call.Callee(static () => [], static _ => { });
        while (!call.IsOver)
        {
            state.Embedder.Loop.Wait();
            state.RequireAlive();
        }
        ulong[] results = call.Return();
        call.Release();
        return results;
    }

    /// <summary>One call.</summary>
    private sealed class InProgress(AsyncImport import, ulong[] arguments)
    {
        private readonly CallScope scope = new();
        private readonly CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(import.state.Embedder.Over);
        private Task<ComponentValue?> running = Task.FromResult<ComponentValue?>(null);
        private ComponentValue? result;

        public bool IsOver { get; private set; }

        private ComponentState State => import.state;

        private string What => $"the host function \"{import.name}\"";

        /// <summary>Lifts the arguments, and calls the function.</summary>
        public ulong[] Start()
        {
            var outer = SynchronizationContext.Current;
            try
            {
                var values = new Lifter(State.Context(import.options, scope)).Params(arguments, import.layout);
                // What it awaits must not wait for a thread that waits for it.
                SynchronizationContext.SetSynchronizationContext(null);
                running = State.Resources.Within(
                    scope, () => Callbacks.Run(What, State.Stopper, () => import.function(values.ToEquatableArray(), cancel.Token).AsTask()));
                State.RequireAlive();
                return [];
            }
            catch
            {
                // The component is at its end, but the host goes on, and has handles in other components.
                State.Resources.Release(scope);
                throw;
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(outer);
            }
        }

        /// <summary>Resolves the call when the function has returned.</summary>
        public Action Callee(Func<ulong[]> onStart, Action<ulong[]?> onResolve)
        {
            onStart();
            if (running.IsCompletedSuccessfully)
            {
                Resolve(running, onResolve);
                return static () => { };
            }
            State.Embedder.Await(running, done => Resolve(done, onResolve));
            return () => Callbacks.Run(What, State.Stopper, () =>
            {
                cancel.Cancel();
                return LanguageExt.Unit.Default;
            });
        }

        /// <summary>Lowers the result.</summary>
        public ulong[] Return() =>
            [.. new Lowerer(State.Context(import.options, scope)).Result(result, import.layout, import.layout.ResultInMemory ? arguments[^1] : 0)];

        /// <summary>Takes back what was lent.</summary>
        public void Release()
        {
            Trampolines.OrTrap(State.Resources.Return(scope));
            State.Resources.Release(scope);
        }

        private void Resolve(Task<ComponentValue?> done, Action<ulong[]?> onResolve)
        {
            IsOver = true;
            bool wasCancelled = cancel.IsCancellationRequested && done.IsCanceled;
            if (!wasCancelled)
            {
                result = Callbacks.Run(What, State.Stopper, () => done.GetAwaiter().GetResult());
                ImportCall.Check(State, result, import.type, import.name);
            }
            cancel.Dispose();
            onResolve(wasCancelled ? null : []);
        }
    }
}
