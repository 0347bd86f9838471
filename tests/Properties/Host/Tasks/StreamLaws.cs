using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host.Tasks;
using Fact.Model.Laws;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>What goes into a stream comes out of it, in order, whatever the sizes of reads and writes and whoever goes on first.</summary>
public sealed class StreamLaws
{
    private static readonly EndKind Readable = new(IsStream: true, IsReadable: true), Writable = new(IsStream: true, IsReadable: false);

    /// <summary>Sizes of copies: now and then one of nothing, but never two in a row.</summary>
    private static IEnumerator<int> Sizes(byte[] raw)
    {
        for (int i = 0; ; i++)
            yield return (raw.Length == 0 ? 3 : raw[i % raw.Length] % 5) + (i % 2);
    }

    /// <summary>Writes all, and drops the end.</summary>
    private static async Flow<Unit> Write(GuestThread thread, TaskInstance inst, uint end, IReadOnlyList<byte> bytes, IEnumerator<int> sizes)
    {
        int written = 0;
        while (written < bytes.Count && sizes.MoveNext())
        {
            var source = new TaskRig.Source([.. bytes.Skip(written).Take(sizes.Current)]);
            uint result = await ChannelBuiltins.Copy(thread, inst, ChannelBuiltins.GetIdle(inst, Writable, 0, end, isAsync: false), isAsync: false, source);
            Assert.Equal((uint)CopyResult.Completed, result & 0xf);
            Assert.Equal(source.Progress, (int)(result >> 4));
            written += source.Progress;
        }
        ChannelBuiltins.Drop(inst, Writable, 0, end);
        return default;
    }

    /// <summary>Reads until the other end is dropped, drops the end, and gives all to somebody as it comes.</summary>
    private static async Flow<Unit> Read(GuestThread thread, TaskInstance inst, uint end, IEnumerator<int> sizes, Func<byte[], Flow<Unit>> take)
    {
        for (bool more = true; more && sizes.MoveNext();)
        {
            var destination = new TaskRig.Destination(sizes.Current);
            uint result = await ChannelBuiltins.Copy(thread, inst, ChannelBuiltins.GetIdle(inst, Readable, 0, end, isAsync: false), isAsync: false, destination);
            Assert.Equal(destination.Progress, (int)(result >> 4));
            more = (result & 0xf) == (uint)CopyResult.Completed;
            await take([.. destination.Bytes]);
        }
        ChannelBuiltins.Drop(inst, Readable, 0, end);
        return default;
    }

    [Law(300)]
    public void A_chain_of_tasks_passes_on_what_it_is_given(byte[] bytes, byte[] writes, byte[] reads, int seed, bool seeded)
    {
        var rig = new TaskRig(seeded ? seed : null);
        var (first, firstHandles) = rig.Instance();
        var (middle, middleHandles) = rig.Instance();
        var (last, lastHandles) = rig.Instance();
        var (inReadable, inWritable) = TaskRig.Stream(first, middle);
        var (outReadable, outWritable) = TaskRig.Stream(middle, last);
        var arrived = new List<byte>();
        rig.Run(
            (last, rig.Stackful(thread => Read(thread, last, outReadable, Sizes(reads), got =>
            {
                arrived.AddRange(got);
                return Flow<Unit>.Of(default);
            }))),
            (middle, rig.Stackful(async thread =>
            {
                var all = new List<byte>();
                await Read(thread, middle, inReadable, Sizes(writes), got =>
                {
                    all.AddRange(got.Select(b => (byte)(b + 1)));
                    return Flow<Unit>.Of(default);
                });
                return await Write(thread, middle, outWritable, all, Sizes(reads));
            })),
            (first, rig.Stackful(thread => Write(thread, first, inWritable, bytes, Sizes(writes)))));
        Assert.Equal(bytes.Select(b => (byte)(b + 1)), arrived);
        Assert.Equal((0, 0, 0), (firstHandles.Count, middleHandles.Count, lastHandles.Count));
        Assert.Equal((0, 0, 0, 0), (first.Threads, middle.Threads, last.Threads, rig.Scheduler.WaitingCount));
    }

    [Law(300)]
    public void Forwarding_makes_one_stream_of_two(byte[] bytes, byte[] writes, byte[] reads, int seed, bool seeded)
    {
        var rig = new TaskRig(seeded ? seed : null);
        var (first, firstHandles) = rig.Instance();
        var (middle, middleHandles) = rig.Instance();
        var (last, lastHandles) = rig.Instance();
        var (inReadable, inWritable) = TaskRig.Stream(first, middle);
        var (outReadable, outWritable) = TaskRig.Stream(middle, last);
        var arrived = new List<byte>();
        rig.Run(
            (last, rig.Stackful(thread => Read(thread, last, outReadable, Sizes(reads), got =>
            {
                arrived.AddRange(got);
                return Flow<Unit>.Of(default);
            }))),
            (first, rig.Stackful(thread => Write(thread, first, inWritable, bytes, Sizes(writes)))),
            (middle, rig.Stackful(async thread =>
            {
                await thread.Yield(cancellable: false);
                ChannelBuiltins.Forward(middle, isStream: true, 0, inReadable, outWritable);
                return default;
            })));
        Assert.Equal(bytes, arrived);
        Assert.Equal((0, 0, 0), (firstHandles.Count, middleHandles.Count, lastHandles.Count));
    }
}
