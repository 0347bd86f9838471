using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Streams;

// What is done with an end.
internal sealed partial class ScriptGenerator
{
    private void Copy(Held end)
    {
        var channel = Setting.Channels[end.Channel];
        int count = channel.IsStream ? Choice.Of(0, 1, 1, 2, 3, 4, 6) : 1;
        int at = builder.Room(instance, channel.Element, count, filled: !end.IsReadable);
        if (!end.IsReadable && channel.Element is ValType.Own or ValType.Stream or ValType.Future)
            count = Fill(channel.Element, at, count);
        int place = at;
        if (channel.Element is not null && Choice.OneIn(60))
            (at, builder.Misplaced) = (Choice.Of(at + 1, 0xFFF8, -8), true);
        bool isSync = MayBlock && Choice.OneIn(12);
        int builtin = (end.IsReadable, isSync) switch
        {
            (true, false) => Machine.Read,
            (true, true) => Machine.ReadSync,
            (false, false) => Machine.Write,
            (false, true) => Machine.WriteSync,
        };
        if (isSync && end.Joined)
            Join(end, Machine.Zero);
        if (channel.IsStream && Choice.OneIn(100))
            (count, builder.Misplaced) = (1 << 28, true);
        var op = channel.IsStream ? StepOp.CopyStream : StepOp.CopyFuture;
        steps.Add(new(op, end.Register, at, count, Machine.Builtin(end.Channel, builtin), Choice.OneIn(25) ? When.Always : When.Usable));
        int then = Choice.Between(0, 9);
        if (then < 3)
            Await(end);
        else if (then < 6)
            GiveTime(end);
        else if (then < 7)
            Cancel(end);
        if (end.IsReadable && then < 6 && channel.Element is ValType.Own or ValType.Stream or ValType.Future)
            Unpack(channel.Element, place, count);
    }

    /// <summary>Puts handles where they are written from.</summary>
    private int Fill(ValType element, int at, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int? register;
            if (element is ValType.Own)
            {
                register = builder.Registers(instance, 1);
                if (register is { } made)
                    steps.Add(new(StepOp.Make, made, C: Choice.Between(0, 1000)));
            }
            else
            {
                register = Readable(Number(element))?.Register;
            }
            if (register is not { } from)
                return i;
            steps.Add(new(StepOp.Store, from, at + (4 * i), Only: When.Held));
        }
        return count;
    }

    private static int Number(ValType type) => type is ValType.Stream stream ? (int)stream.Table.Value : (int)((ValType.Future)type).Table.Value;

    /// <summary>Takes a handle out of what was read.</summary>
    private void Unpack(ValType element, int at, int count)
    {
        if (count == 0 || Choice.OneIn(3) || builder.Registers(instance, 1) is not { } register)
            return;
        steps.Add(new(StepOp.Load, register, at));
        if (element is ValType.Own)
            steps.Add(new(StepOp.Drop, register, D: Machine.DropResource));
        else
            ends.Add(new(register, Number(element), true));
    }

    private void Cancel(Held end)
    {
        bool isAsync = Choice.OneIn(3);
        if (end.Joined && !isAsync)
            Join(end, Machine.Zero);
        int builtin = (end.IsReadable, isAsync) switch
        {
            (true, false) => Machine.CancelRead,
            (true, true) => Machine.CancelReadAsync,
            (false, false) => Machine.CancelWrite,
            (false, true) => Machine.CancelWriteAsync,
        };
        steps.Add(new(
            StepOp.Cancel,
            end.Register,
            C: Setting.Channels[end.Channel].IsStream ? 0 : 1,
            D: Machine.Builtin(end.Channel, builtin),
            Only: Choice.OneIn(25) ? When.Always : When.Pending));
    }

    /// <summary>Lets others run, and gives up what is then still under way.</summary>
    private void GiveTime(Held end)
    {
        for (int i = MayWait ? Choice.Between(1, 2) : 0; i > 0; i--)
            steps.Add(new(StepOp.Yield, C: HasCallback ? 1 : 0));
        Cancel(end);
    }

    private void Drop(Held end)
    {
        var usual = !end.IsReadable && !Setting.Channels[end.Channel].IsStream ? When.Done : When.Idle;
        int builtin = Machine.Builtin(end.Channel, end.IsReadable ? Machine.DropReadable : Machine.DropWritable);
        steps.Add(new(StepOp.Drop, end.Register, D: builtin, Only: Choice.OneIn(25) ? When.Held : usual));
        // It may have been busy: it is dropped in the end.
        if (Choice.OneIn(2))
            ends.Remove(end);
    }

    private void Forward()
    {
        var writables = ends.Where(end => !end.IsReadable).ToList();
        if (writables.Count == 0)
            return;
        var to = Choice.Of<Held>(writables);
        if (to.Joined)
            Join(to, Machine.Zero);
        if (Readable(to.Channel) is not { } from)
            return;
        ends.Remove(to);
        steps.Add(new(StepOp.Forward, from.Register, to.Register, D: Machine.Builtin(to.Channel, Machine.Forward), Only: Choice.OneIn(20) ? When.Always : When.Usable));
    }

    private void Await(Held end)
    {
        Wait(end.Register, end.Joined);
        end.Joined = true;
    }

    private void Wait(int register, bool joined)
    {
        if (!MayWait || Set() is not { } into)
            return;
        if (!joined)
            steps.Add(new(StepOp.Join, register, into, Only: When.Held));
        steps.Add(new(StepOp.Await, register, into, HasCallback ? 1 : 0));
    }

    /// <summary>The register of its waitable set.</summary>
    private int? Set()
    {
        if (set is null && builder.Registers(instance, 1) is { } made)
        {
            set = made;
            steps.Add(new(StepOp.NewSet, made));
        }
        return set;
    }

    private void Join(Held end, int register)
    {
        steps.Add(new(StepOp.Join, end.Register, register, Only: When.Held));
        end.Joined = false;
    }
}
