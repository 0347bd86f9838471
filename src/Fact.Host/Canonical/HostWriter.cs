using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Host.Outside;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>Writes what .NET code, or another component, gives into a channel that a guest reads from. It asks for elements when somebody wants to read.</summary>
/// <param name="embedder">The component of the guest.</param>
/// <param name="isStream">Whether it is a stream.</param>
/// <param name="element">The type of the elements, as the guest sees it.</param>
/// <param name="source">Where the elements come from.</param>
/// <param name="resourceType">What tables in types stand for.</param>
internal sealed class HostWriter(Embedder embedder, bool isStream, ValType? element, IEndSource source, Func<ResourceTableId, ResourceType> resourceType)
{
    private readonly CancellationTokenSource dropped = CancellationTokenSource.CreateLinkedTokenSource(embedder.Over);
    private readonly int most = isStream ? HostStream.MostAtATime(element) : 1;
    private CancellationTokenRegistration over;

    /// <summary>The channel.</summary>
    public Channel Channel { get; } = isStream ? new SharedStream(AsyncValues.IsNumeric(element)) : new SharedFuture(AsyncValues.IsNumeric(element));

    private string Name => (isStream ? "stream" : "future") + (element is null ? "" : $"<{element}>");

    /// <summary>Begins.</summary>
    public void Start()
    {
        Channel.OnDropped = End;
        over = embedder.Over.UnsafeRegister(static source => ((IEndSource)source!).Drop(), source);
        if (isStream)
            WaitForReader();
        else
            Ask();
    }

    /// <summary>Writes nothing: that is over when somebody reads.</summary>
    private void WaitForReader() => Write(new HostSource(default, element), Ask);

    private void Ask() => embedder.Await(ReadAsync(), read =>
    {
        if (dropped.IsCancellationRequested)
            return;
        if (!read.IsCompletedSuccessfully)
            throw new TrapSignal($"the source of a {Name} failed: {Message(read)}");
        var chunk = read.Result;
        if (chunk.Count == 0)
        {
            if (!isStream)
                throw new TrapSignal($"the source of a {Name} has no value");
            Channel.Resolved.Drop();
            End();
            return;
        }
        Check(chunk);
        Write(new HostSource(chunk, element), isStream ? WaitForReader : End);
    });

    // What others have written runs elsewhere: it may take its time, and use the component.
    private Task<ElementChunk> ReadAsync() => Task.Run(() => source.ReadAsync(most, dropped.Token).AsTask(), CancellationToken.None);

    private static string Message(Task<ElementChunk> read) => read.Exception?.InnerException is { } failed ? failed.Message : "it was cancelled";

    /// <summary>Writes all of something.</summary>
    /// <param name="buffer">The elements.</param>
    /// <param name="done">What to do when all was read.</param>
    private void Write(HostSource buffer, Action done) => Channel.Resolved.Write(new PendingCopy(
        null,
        buffer,
        reclaim =>
        {
            // Whoever reads less than there is finds the rest at its next read.
            if (buffer.Remain > 0)
                return;
            reclaim();
            done();
        },
        result =>
        {
            if (result == CopyResult.Dropped)
                End();
            else if (buffer.Remain > 0)
                Write(buffer, done);
            else
                done();
        }));

    /// <summary>Nobody asks any more.</summary>
    private void End()
    {
        over.Unregister();
        _ = dropped.CancelAsync();
        _ = Task.Run(source.Drop);
    }

    /// <summary>Traps unless elements belong to the type. Numbers do.</summary>
    private void Check(ElementChunk chunk)
    {
        if (chunk.Values.Length == 0)
            return;
        string wrong = string.Join("; ", ValueCheck.Check(
            new ComponentValue.List(chunk.Values),
            new ValType.List(element ?? new ValType.Tuple([])),
            resourceType).FailToSeq().Select(e => e.ToString()));
        if (wrong.Length > 0)
            throw new TrapSignal($"the source of a {Name} gave a wrong element: {wrong}");
    }
}
