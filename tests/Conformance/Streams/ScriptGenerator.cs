using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Differential.Generate;
using Fact.Ir;

namespace Fact.Conformance.Streams;

/// <summary>Makes what one function does: it uses the ends that it has, gets more, and gives some away.</summary>
internal sealed partial class ScriptGenerator
{
    private readonly CaseBuilder builder;
    private readonly int instance;
    private readonly int? number;
    private readonly List<Step> steps = [];
    private readonly List<Held> ends = [];
    private readonly List<(int Register, int? Channel, int At)> calls = [];
    private int? set;
    private bool returned;

    private ScriptGenerator(CaseBuilder builder, int? number)
    {
        (this.builder, this.number) = (builder, number);
        instance = number is { } j ? builder.Setting.Funcs[j].Owner : 0;
    }

    /// <summary>An end that it has.</summary>
    private sealed record Held(int Register, int Channel, bool IsReadable)
    {
        public bool Joined { get; set; }
    }

    private Choice Choice => builder.Choice;

    private StreamSetting Setting => builder.Setting;

    private StreamFunc? Func => number is { } j ? Setting.Funcs[j] : null;

    /// <summary>
    /// Whether it may block with its code on the stack. When it has returned, who called it would go on at once; on this project's host, which has one stack,
    /// others may go on before.
    /// </summary>
    private bool MayBlock => !returned;

    private bool HasCallback => Func?.Lifting == Lifting.Callback;

    /// <summary>A case.</summary>
    public static StreamCase Make(StreamSetting setting, Choice choice)
    {
        var builder = new CaseBuilder(setting, choice);
        var run = Script(builder, null);
        return new(run, [.. builder.Scripts], builder.Data(), builder.Misplaced);
    }

    private static EquatableArray<Step> Script(CaseBuilder builder, int? number)
    {
        var script = new ScriptGenerator(builder, number);
        script.Write();
        return [.. script.steps];
    }

    private void Write()
    {
        for (int i = 0; i < (Func?.Params.Length ?? 0); i++)
            ends.Add(new(Func!.ParamsAt + i, Func.Params[i], true));
        bool passesOn = Func is { Lifting: Lifting.Sync } && !Choice.OneIn(4);
        for (int budget = passesOn ? Choice.Between(0, 2) : Choice.Between(2, 10); budget > 0; budget--)
        {
            Act(passesOn);
            if (HasCallback && !returned && Choice.OneIn(4))
                Return();
        }
        if (HasCallback && !returned)
            Return();
        if (!passesOn)
            Finish();
        steps.Add(new(StepOp.End, Func is { Lifting: Lifting.Sync, Result: { } result } ? Readable(result)?.Register ?? Machine.Zero : 0));
    }

    private void Act(bool passesOn)
    {
        int what = Choice.Between(0, 19);
        if (passesOn || what < 4 || ends.Count == 0)
            Call();
        else if (what < 5)
            New(Choice.Between(0, Setting.Channels.Length - 1));
        else if (what < 6)
            steps.Add(Choice.OneIn(2) || set is null ? new(StepOp.Yield, C: HasCallback ? 1 : 0) : new(StepOp.Poll, B: set.Value));
        else if (what < 7 && Setting.Forwards)
            Forward();
        else if (what < 9)
            Drop(Choice.Of<Held>(ends));
        else if (what < 11)
            Await(Choice.Of<Held>(ends));
        else
            Copy(Choice.Of<Held>(ends));
    }

    /// <summary>Both ends of a new stream or future.</summary>
    private Held? New(int channel)
    {
        if (builder.Registers(instance, 2) is not { } register)
            return null;
        steps.Add(new(StepOp.New, register, D: Machine.Builtin(channel, Machine.New)));
        var readable = new Held(register, channel, true);
        ends.Add(readable);
        ends.Add(new(register + 1, channel, false));
        return readable;
    }

    /// <summary>A readable end to give away, which is then no longer its own.</summary>
    private Held? Readable(int channel)
    {
        var own = ends.Where(end => end.IsReadable && end.Channel == channel).ToList();
        var end = own.Count > 0 && !Choice.OneIn(3) ? Choice.Of<Held>(own) : New(channel);
        if (end is null)
            return null;
        if (end.Joined && !Choice.OneIn(30))
            steps.Add(new(StepOp.Join, end.Register, Machine.Zero));
        ends.Remove(end);
        return end;
    }

    private void Call()
    {
        var callees = Enumerable.Range(0, Setting.Funcs.Length).Where(j => Setting.Funcs[j].Owner > instance && !builder.Called.Contains(j)).ToList();
        if (callees.Count == 0 || builder.Registers(instance, 1) is not { } register)
        {
            if (ends.Count > 0)
                Copy(Choice.Of<Held>(ends));
            else
                New(Choice.Between(0, Setting.Channels.Length - 1));
            return;
        }
        int j = Choice.Of<int>(callees);
        builder.Called.Add(j);
        var callee = Setting.Funcs[j];
        List<int> arguments = [];
        foreach (int channel in callee.Params)
            arguments.Add(Readable(channel)?.Register ?? Machine.Zero);
        builder.Scripts[j] = Script(builder, j);
        bool isAsync = !MayBlock || !Choice.OneIn(3);
        int at = callee.Result is null ? 0 : builder.Room(instance, ValType.Of(PrimitiveType.U32), 1, filled: false);
        steps.Add(new(StepOp.Call, register, Machine.Calls(Setting) + (3 * j), at, isAsync ? 1 : 0, Args: [.. arguments]));
        if (!isAsync && callee.Result is { } result)
            ends.Add(new(register, result, true));
        else if (isAsync && Choice.OneIn(3))
            calls.Add((register, callee.Result, at));
        else if (isAsync)
            Returned((register, callee.Result, at));
    }

    /// <summary>Waits until a call has returned, and takes what it returned.</summary>
    private void Returned((int Register, int? Channel, int At) call)
    {
        Wait(call.Register, joined: false);
        if (!Choice.OneIn(3))
            steps.Add(new(StepOp.Drop, call.Register, D: Machine.DropSubtask, Only: When.Idle));
        if (call.Channel is not { } channel || builder.Registers(instance, 1) is not { } register)
            return;
        steps.Add(new(StepOp.Load, register, call.At));
        ends.Add(new(register, channel, true));
    }

    private void Return()
    {
        returned = true;
        int register = Func!.Result is { } result ? Readable(result)?.Register ?? Machine.Zero : Machine.Zero;
        steps.Add(new(StepOp.Return, 0, Machine.Calls(Setting) + (3 * number!.Value) + 2, Args: [register]));
    }

    /// <summary>Waits for calls, and for ends or not, and drops them.</summary>
    private void Finish()
    {
        foreach (var call in calls)
            Returned(call);
        foreach (var end in ends.ToList())
        {
            switch (Choice.Between(0, 5))
            {
                case 0:
                    break;
                case 1:
                    Cancel(end);
                    Drop(end);
                    break;
                case 2:
                    Drop(end);
                    break;
                case 3:
                    Copy(end);
                    Await(end);
                    Drop(end);
                    break;
                default:
                    Copy(end);
                    GiveTime(end);
                    Drop(end);
                    break;
            }
        }
        if (number is null)
        {
            foreach (var end in ends.Where(end => end.Joined && Choice.OneIn(4)).ToList())
                Await(end);
        }
    }
}
