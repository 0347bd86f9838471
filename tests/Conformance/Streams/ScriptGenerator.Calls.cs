using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Streams;

// Calls, what they take, and how they are given up.
internal sealed partial class ScriptGenerator
{
    private readonly List<Subtask> calls = [];
    private readonly List<Resource> resources = [];
    private int backpressure;
    private bool mayBeCancelled;

    /// <summary>A call that it has begun.</summary>
    private sealed record Subtask(int Register, Passed? Result, int At);

    /// <summary>A resource that it has.</summary>
    private sealed record Resource(int Register, bool IsBorrow);

    /// <summary>What it is given.</summary>
    private void Receive()
    {
        int at = Func?.ParamsAt ?? 0;
        foreach (var passed in Func?.Params ?? [])
        {
            Have(passed, at);
            at += passed.Flat;
        }
    }

    private void Have(Passed passed, int register)
    {
        switch (passed)
        {
            case Passed.End(var channel):
                ends.Add(new(register, channel, true));
                break;
            case Passed.Own:
                resources.Add(new(register, false));
                break;
            case Passed.Borrow:
                resources.Add(new(register, true));
                break;
            case Passed.Text:
                break;
        }
    }

    private void Call()
    {
        var callees = Enumerable.Range(0, Setting.Funcs.Length).Where(j => Setting.Calls(instance, Setting.Funcs[j]) && !builder.Called.Contains(j)).ToList();
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
        int[] arguments = [.. callee.Params.Items.SelectMany(Argument)];
        builder.Scripts[j] = Script(builder, j);
        bool isAsync = callee.Lifting != Lifting.Plain && (!MayBlock || !Choice.OneIn(3));
        int at = callee.Result is null ? 0 : builder.Room(instance, ValType.Of(PrimitiveType.U32), 1, filled: false);
        if (isAsync && callee.Result is not null)
            steps.Add(new(StepOp.Store, Machine.Zero, at));
        steps.Add(new(StepOp.Call, register, Machine.Calls(Setting) + (3 * j), at, isAsync ? 1 : 0, Args: [.. arguments]));
        if (!isAsync)
        {
            if (callee.Result is { } result)
                Have(result, register);
            return;
        }
        var call = new Subtask(register, callee.Result, at);
        switch (Choice.Between(0, 8))
        {
            case < 3:
                Cancel(call);
                break;
            case < 5:
                calls.Add(call);
                break;
            default:
                Returned(call);
                break;
        }
    }

    /// <summary>The registers of an argument.</summary>
    private int[] Argument(Passed passed) => passed switch
    {
        Passed.End(var channel) => [Readable(channel)?.Register ?? Machine.Zero],
        Passed.Own => [Own()],
        Passed.Borrow => [Lent()],
        Passed.Text => Text(),
    };

    /// <summary>A resource to give away, which is then no longer its own.</summary>
    private int Own()
    {
        var own = resources.Where(resource => !resource.IsBorrow || Choice.OneIn(30)).ToList();
        if (own.Count == 0 || Choice.OneIn(3))
            return Make() ?? Machine.Zero;
        var given = Choice.Of<Resource>(own);
        resources.Remove(given);
        return given.Register;
    }

    private int Lent()
    {
        if (resources.Count == 0 && Make() is { } made)
            resources.Add(new(made, false));
        return resources.Count == 0 ? Machine.Zero : Choice.Of<Resource>(resources).Register;
    }

    private int? Make()
    {
        if (builder.Registers(instance, 1) is not { } made)
            return null;
        steps.Add(new(StepOp.Make, made, C: Choice.Between(0, 1000)));
        return made;
    }

    private int[] Text()
    {
        if (builder.Registers(instance, 2) is not { } register)
            return [Machine.Zero, Machine.Zero];
        int at = builder.Room(instance, ValType.Of(PrimitiveType.String), 1, filled: true);
        steps.Add(new(StepOp.Load, register, at));
        steps.Add(new(StepOp.Load, register + 1, at + 4));
        return [register, register + 1];
    }

    /// <summary>Makes a resource, or drops one, lent to somebody or not.</summary>
    private void UseResource()
    {
        if (resources.Count == 0 || Choice.OneIn(3))
        {
            if (Make() is { } made)
                resources.Add(new(made, false));
            return;
        }
        var dropped = Choice.Of<Resource>(resources);
        resources.Remove(dropped);
        Drop(dropped);
    }

    private void Drop(Resource resource) => steps.Add(new(StepOp.Drop, resource.Register, D: Machine.DropResource, Only: When.Held));

    /// <summary>Drops what was lent to it, as it must before it returns.</summary>
    private void DropBorrows()
    {
        foreach (var borrow in resources.Where(resource => resource.IsBorrow && !Choice.OneIn(20)))
            Drop(borrow);
        resources.RemoveAll(resource => resource.IsBorrow);
    }

    /// <summary>Asks not to be called, or to be called again.</summary>
    private void Backpressure()
    {
        bool ends = backpressure > 0 || Choice.OneIn(40);
        backpressure += ends ? -1 : 1;
        steps.Add(new(StepOp.Backpressure, D: ends ? 1 : 0));
    }

    private void AllowCalls()
    {
        while (backpressure > 0)
            Backpressure();
    }

    /// <summary>Gives a call up, at once or after a while, and waits for its end.</summary>
    private void Cancel(Subtask call)
    {
        for (int i = MayWait ? Choice.Between(0, 2) : 0; i > 0; i--)
            steps.Add(new(StepOp.Yield, C: HasCallback ? 1 : 0));
        bool isAsync = !MayBlock || Choice.OneIn(2);
        if (Choice.OneIn(4) && Set() is { } into)
        {
            steps.Add(new(StepOp.Join, call.Register, into, Only: When.Held));
            if (!isAsync && !Choice.OneIn(10))
                steps.Add(new(StepOp.Join, call.Register, Machine.Zero, Only: When.Held));
        }
        for (int i = Choice.OneIn(25) ? 2 : 1; i > 0; i--)
            steps.Add(new(StepOp.CancelSubtask, call.Register, D: isAsync ? 1 : 0, Only: Choice.OneIn(30) ? When.Held : When.Pending));
        if (Choice.OneIn(3))
            calls.Add(call);
        else
            Returned(call);
    }

    /// <summary>Waits until a call has returned, and takes what it returned.</summary>
    private void Returned(Subtask call)
    {
        Wait(call.Register, joined: false);
        if (!Choice.OneIn(3))
            steps.Add(new(StepOp.Drop, call.Register, D: Machine.DropSubtask, Only: Choice.OneIn(30) ? When.Held : When.Idle));
        if (call.Result is not { } result || builder.Registers(instance, 1) is not { } register)
            return;
        steps.Add(new(StepOp.Load, register, call.At));
        Have(result, register);
    }

    /// <summary>Lets others run until they cancel it, or not; and agrees to that, or not.</summary>
    private void Linger()
    {
        if (number is null || !HasCallback || returned)
        {
            Yield();
            return;
        }
        if (Choice.OneIn(4) && ends.Count > 0 && Set() is { } into)
            steps.Add(new(StepOp.Await, Choice.Of<Held>(ends).Register, into, 1, 1));
        else if (Choice.OneIn(3) && Set() is { } anything)
            steps.Add(new(StepOp.Await, Machine.Zero, anything, 1, 2));
        for (int i = Choice.Between(0, 3); i > 0; i--)
            steps.Add(new(StepOp.Yield, C: 1));
        if (Choice.OneIn(4))
            return;
        DropBorrows();
        mayBeCancelled = true;
        steps.Add(new(StepOp.CancelTask, Func!.CancelledAt, Only: Choice.OneIn(40) ? When.Always : When.Held));
    }

    private void Return()
    {
        DropBorrows();
        int register = Result();
        returned = true;
        bool unlessCancelled = mayBeCancelled && !Choice.OneIn(15);
        if (number is not null && Choice.OneIn(60))
            return;
        steps.Add(new(
            StepOp.Return,
            unlessCancelled ? Func!.CancelledAt : 0,
            Machine.Calls(Setting) + (3 * (number ?? Setting.Funcs.Length)) + 2,
            Only: unlessCancelled ? When.Empty : When.Always,
            Args: [register]));
    }

    /// <summary>The register of what it returns.</summary>
    private int Result() => Func?.Result is { } result ? Argument(result)[0] : Machine.Zero;
}
