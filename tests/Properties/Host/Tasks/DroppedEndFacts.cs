using Fact.Host;
using Fact.Host.Tasks;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>
/// Who has an end of a stream or future is told as soon as anything is told that the other one was dropped, whatever was going on. Spec: component-model#719, #720.
/// </summary>
public sealed class DroppedEndFacts
{
    private readonly TaskRig rig = new(null);

    private static EndKind Readable(bool isStream) => new(isStream, IsReadable: true);

    private static EndKind Writable(bool isStream) => new(isStream, IsReadable: false);

    /// <summary>What a set tells, to a task of an instance.</summary>
    private GuestEvent Poll(TaskInstance inst, uint set)
    {
        GuestEvent told = default;
        rig.Run((inst, rig.Stackful(thread =>
        {
            told = WaitableBuiltins.Poll(thread, inst, cancellable: false, set);
            return Flow<LanguageExt.Unit>.Of(default);
        })));
        return told;
    }

    private uint Copy(TaskInstance inst, EndKind kind, uint end, ICopyBuffer buffer)
    {
        uint result = 0;
        rig.Run((inst, rig.Stackful(async thread =>
        {
            result = await ChannelBuiltins.Copy(thread, inst, ChannelBuiltins.GetIdle(inst, kind, 0, end, isAsync: true), isAsync: true, buffer);
            return default;
        })));
        return result;
    }

    private static (TaskInstance Instance, uint Readable, uint Writable, uint Set) Make(TaskRig rig, bool isStream)
    {
        var (inst, _) = rig.Instance();
        ulong both = ChannelBuiltins.New(inst, isStream, table: 0, numeric: true);
        return (inst, (uint)both, (uint)(both >> 32), WaitableBuiltins.New(inst));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void An_end_that_does_nothing_is_told_and_done(bool joinsBefore, bool isRead)
    {
        var (inst, readable, writable, set) = Make(rig, isStream: true);
        var (left, kind, dropped) = isRead ? (readable, Readable(true), Writable(true)) : (writable, Writable(true), Readable(true));
        if (joinsBefore)
            WaitableBuiltins.Join(inst, left, set);
        ChannelBuiltins.Drop(inst, dropped, 0, isRead ? writable : readable);
        if (!joinsBefore)
            WaitableBuiltins.Join(inst, left, set);
        Assert.Equal(new GuestEvent(kind.Event, left, (uint)CopyResult.Dropped), Poll(inst, set));
        Assert.Equal(EventCode.None, Poll(inst, set).Code);
        Assert.Throws<TrapSignal>(() => ChannelBuiltins.GetIdle(inst, kind, 0, left, isAsync: true));
        ChannelBuiltins.Drop(inst, kind, 0, left);
        WaitableBuiltins.Drop(inst, set);
    }

    [Fact]
    public void The_writer_of_a_future_that_nobody_wants_is_told_and_need_not_write()
    {
        var (inst, readable, writable, set) = Make(rig, isStream: false);
        WaitableBuiltins.Join(inst, writable, set);
        ChannelBuiltins.Drop(inst, Readable(false), 0, readable);
        Assert.Equal(new GuestEvent(EventCode.FutureWrite, writable, (uint)CopyResult.Dropped), Poll(inst, set));
        ChannelBuiltins.Drop(inst, Writable(false), 0, writable);
    }

    [Fact]
    public void Who_is_given_an_end_is_told_that_its_other_one_was_dropped_before()
    {
        var (inst, readable, writable, _) = Make(rig, isStream: true);
        var (other, _) = rig.Instance();
        ChannelBuiltins.Drop(inst, Writable(true), 0, writable);
        uint given = ChannelBuiltins.Lower(other, isStream: true, 0, ChannelBuiltins.Lift(inst, isStream: true, 0, readable));
        uint set = WaitableBuiltins.New(other);
        WaitableBuiltins.Join(other, given, set);
        Assert.Equal(new GuestEvent(EventCode.StreamRead, given, (uint)CopyResult.Dropped), Poll(other, set));
    }

    [Fact]
    public void A_copy_says_so_instead_of_the_event()
    {
        var (inst, readable, writable, set) = Make(rig, isStream: true);
        ChannelBuiltins.Drop(inst, Writable(true), 0, writable);
        Assert.Equal((uint)CopyResult.Dropped, Copy(inst, Readable(true), readable, new TaskRig.Destination(3)));
        WaitableBuiltins.Join(inst, readable, set);
        Assert.Equal(EventCode.None, Poll(inst, set).Code);
    }

    /// <summary>A read of nothing is complete when a writer comes; when the writer has given up and gone before that is told, the reader need not ask again.</summary>
    [Fact]
    public void A_copy_that_is_complete_says_that_the_other_end_is_gone()
    {
        var (inst, readable, writable, set) = Make(rig, isStream: true);
        Assert.Equal(TaskBuiltins.Blocked, Copy(inst, Readable(true), readable, new TaskRig.Destination(0)));
        Assert.Equal(TaskBuiltins.Blocked, Copy(inst, Writable(true), writable, new TaskRig.Source([1, 2])));
        rig.Run((inst, rig.Stackful(async thread =>
        {
            Assert.Equal((uint)CopyResult.Cancelled, await ChannelBuiltins.Cancel(thread, inst, Writable(true), 0, writable, isAsync: true));
            return default;
        })));
        ChannelBuiltins.Drop(inst, Writable(true), 0, writable);
        WaitableBuiltins.Join(inst, readable, set);
        Assert.Equal(new GuestEvent(EventCode.StreamRead, readable, (uint)CopyResult.Dropped), Poll(inst, set));
    }

    /// <summary>Ends of two streams belong together after forwarding: they hear of each other.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ends_that_were_joined_by_forwarding_are_told(bool isRead)
    {
        var (inst, readable, writable, set) = Make(rig, isStream: true);
        ulong both = ChannelBuiltins.New(inst, isStream: true, table: 0, numeric: true);
        ChannelBuiltins.Forward(inst, isStream: true, 0, readable, (uint)(both >> 32));
        var (left, kind) = isRead ? ((uint)both, Readable(true)) : (writable, Writable(true));
        WaitableBuiltins.Join(inst, left, set);
        Assert.Equal(EventCode.None, Poll(inst, set).Code);
        ChannelBuiltins.Drop(inst, isRead ? Writable(true) : Readable(true), 0, isRead ? writable : (uint)both);
        Assert.Equal(new GuestEvent(kind.Event, left, (uint)CopyResult.Dropped), Poll(inst, set));
    }
}
