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
    private readonly bool blocksPlain;
    private int? set;
    private bool returned;

    private ScriptGenerator(CaseBuilder builder, int? number)
    {
        (this.builder, this.number) = (builder, number);
        instance = number is { } j ? builder.Setting.Funcs[j].Owner : 0;
        blocksPlain = Lifting == Lifting.Plain && Choice.OneIn(10);
        builder.BlocksPlain |= blocksPlain;
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
    private bool MayBlock => !returned && (Lifting != Lifting.Plain || blocksPlain);

    private bool HasCallback => Lifting == Lifting.Callback;

    /// <summary>Whether it may wait, in some way.</summary>
    private bool MayWait => HasCallback || MayBlock;

    private Lifting Lifting => Setting.LiftingOf(number ?? Setting.Funcs.Length);

    /// <summary>A case.</summary>
    public static StreamCase Make(StreamSetting setting, Choice choice)
    {
        var builder = new CaseBuilder(setting, choice);
        var run = Script(builder, null);
        return new(run, [.. builder.Scripts], builder.Data(), builder.Misplaced, builder.BlocksPlain);
    }

    private static EquatableArray<Step> Script(CaseBuilder builder, int? number)
    {
        var script = new ScriptGenerator(builder, number);
        script.Write();
        return [.. script.steps];
    }

    private void Write()
    {
        Receive();
        bool passesOn = number is not null && Lifting is Lifting.Sync or Lifting.Plain && !Choice.OneIn(4);
        bool returnsEarly = number is not null && HasCallback;
        for (int budget = passesOn ? Choice.Between(0, 2) : Choice.Between(2, 10); budget > 0; budget--)
        {
            Act(passesOn);
            if (returnsEarly && !returned && Choice.OneIn(4))
                Return();
        }
        if (returnsEarly && !returned)
        {
            if (Choice.OneIn(3))
                Linger();
            Return();
        }
        if (!passesOn)
            Finish();
        AllowCalls();
        DropBorrows();
        if (!returned && Lifting is Lifting.Callback or Lifting.Stackful)
            Return();
        steps.Add(new(StepOp.End, Lifting is Lifting.Sync or Lifting.Plain ? Result() : 0));
    }

    private void Act(bool passesOn)
    {
        int what = Choice.Between(0, 24);
        if (what == 20)
            Backpressure();
        else if (what == 21)
            steps.Add(new(StepOp.Context, C: Choice.Between(1, 1000), D: Choice.Between(0, 1)));
        else if (what == 22)
            UseResource();
        else if (what > 22)
            Linger();
        else if (passesOn || what < 4 || ends.Count == 0)
            Call();
        else if (what < 5)
            New(Choice.Between(0, Setting.Channels.Length - 1));
        else if (what < 6)
            Yield();
        else if (what < 7 && Setting.Forwards)
            Forward();
        else if (what < 9)
            Drop(Choice.Of<Held>(ends));
        else if (what < 11)
            Await(Choice.Of<Held>(ends));
        else
            Copy(Choice.Of<Held>(ends));
    }

    private void Yield()
    {
        if (Choice.OneIn(3) && set is { } asked)
            steps.Add(new(StepOp.Poll, B: asked));
        else if (MayWait)
            steps.Add(new(StepOp.Yield, C: HasCallback ? 1 : 0));
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
