using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;
using Wasmtime;
using Import = Fact.Ir.Import;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>What an adapter told the host in <c>[prepare-call]</c>.</summary>
internal sealed record Prepared(
    Function Start, Function Return, uint Lower, uint Lift, uint TaskReturn, uint Encoding, int ResultCount, EquatableArray<CoreValue> Arguments);

/// <summary>What it told the host in <c>[start-call]</c>; a sync caller gives no results and flags.</summary>
internal sealed record Started(Function Callee, uint ParamCount, uint? ResultCount, uint? Flags);

/// <summary>
/// The host's half of an asynchronous call: it starts the callee at once and brings the results back at once, as the
/// engine does where nobody blocks; or all of that when it is told to.
/// </summary>
internal sealed class AsyncHost(AdapterRig rig, Adapter adapter)
{
    /// <summary>The status of a call that has not started. Spec: <c>Subtask.State.STARTING</c>.</summary>
    public const uint Starting = 0;

    /// <summary>The status of a call that has returned. Spec: <c>Subtask.State.RETURNED</c>.</summary>
    public const uint Returned = 2;

    private CoreFuncId? postReturn;

    /// <summary>Whether calls of asynchronous callers wait for <see cref="Resume"/>, as under backpressure.</summary>
    public bool Defers { get; set; }

    private bool LowerAsync => adapter.Lower.Options.Async;

    public Prepared? Prepared { get; private set; }

    public Started? Started { get; private set; }

    /// <summary>What an async callee gives to <c>task.return</c>: flat values, or the address of the results.</summary>
    public Func<CoreValue[]> TaskReturn { get; set; } = () => [];

    /// <summary>What the callee's core function returns.</summary>
    public CoreValue[]? CalleeResults { get; private set; }

    /// <summary>The import as a function, if it is one that only asynchronous adapters have.</summary>
    public Function? Plays(Import import, CoreFuncType type) => import switch
    {
        Import.PrepareCall => From(type, (arguments, _) => Prepare(arguments, type)),
        Import.SyncStartCall => From(type, Start),
        Import.AsyncStartCall start => From(type, (arguments, results) =>
        {
            postReturn = start.PostReturnFunc;
            Start(arguments, results);
        }),
        Import.Callback => From(type, (_, results) => results[0] = 0),
        _ => null,
    };

    private delegate void Play(ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results);

    private Function From(CoreFuncType type, Play play) =>
        Function.FromCallback(rig.Store, (_, arguments, results) => play(arguments, results), Core.Kinds(type.Params), Core.Kinds(type.Results));

    private void Prepare(ReadOnlySpan<ValueBox> arguments, CoreFuncType type)
    {
        var values = new CoreValue[arguments.Length - 2];
        for (int i = 0; i < values.Length; i++)
            values[i] = Core.Value(arguments[i + 2], type.Params[i + 2]);
        rig.Happens("prepare-call", values.Select(value => value.Bits));
        Prepared = new(
            arguments[0].AsFunction(rig.Store)!,
            arguments[1].AsFunction(rig.Store)!,
            (uint)values[0].Bits,
            (uint)values[1].Bits,
            (uint)values[2].Bits,
            (uint)values[3].Bits,
            (int)values[4].Bits,
            [.. values.Skip(5)]);
    }

    private void Start(ReadOnlySpan<ValueBox> arguments, Span<ValueBox> results)
    {
        Started = new(
            arguments[0].AsFunction(rig.Store)!,
            (uint)arguments[1].AsInt32(),
            arguments.Length > 2 ? (uint)arguments[2].AsInt32() : null,
            arguments.Length > 2 ? (uint)arguments[3].AsInt32() : null);
        rig.Happens("start-call");
        if (Defers && LowerAsync)
        {
            results[0] = (int)Starting;
            return;
        }
        var returned = Run(Prepared!);
        if (LowerAsync)
            results[0] = (int)Returned;
        for (int i = 0; i < returned.Length; i++)
            results[i] = Core.Box(returned[i]);
    }

    /// <summary>Starts the call that waits, and brings its results back.</summary>
    public void Resume() => Run(Prepared!);

    private CoreValue[] Run(Prepared prepared)
    {
        var lifted = rig.Call(prepared.Start, prepared.Arguments.Items.Take(prepared.Start.Parameters.Count));
        rig.Happens("started", lifted.Select(value => value.Bits));
        CalleeResults = rig.Call(Started!.Callee, lifted);
        List<CoreValue> results = [.. adapter.Lift.Options.Async ? TaskReturn() : CalleeResults];
        if (prepared.Return.Parameters.Count > results.Count)
            results.Add(prepared.Arguments[^1]);
        rig.Happens("returning", results.Select(value => value.Bits));
        var returned = rig.Call(prepared.Return, results);
        rig.Happens("returned");
        if (postReturn is not null)
            PostReturn(CalleeResults);
        return returned;
    }

    /// <summary>A synchronous callee's post-return function, during which it may not be left.</summary>
    private void PostReturn(CoreValue[] results)
    {
        var flags = rig.Flags[adapter.Lift.Instance.Id.Value];
        int before = (int)flags.GetValue()!;
        flags.SetValue(before & ~1);
        rig.Happens("post-return", results.Select(value => value.Bits));
        rig.PostReturn(results);
        flags.SetValue(before);
    }
}
