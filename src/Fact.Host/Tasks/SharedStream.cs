using System;

namespace Fact.Host.Tasks;

/// <summary>Spec: <c>SharedStreamImpl</c>.</summary>
internal sealed class SharedStream(bool numeric) : Channel(numeric)
{
    /// <inheritdoc/>
    public override void Read(PendingCopy copy) => Meet(copy, bothEmpty: false);

    /// <inheritdoc/>
    public override void Write(PendingCopy copy) => Meet(copy, bothEmpty: copy.Buffer.IsZeroLength);

    /// <summary>Spec: <c>read</c> and <c>write</c>, which differ only where both buffers are empty: then the one who writes goes on.</summary>
    private void Meet(PendingCopy copy, bool bothEmpty)
    {
        if (Dropped)
        {
            copy.OnCopyDone(CopyResult.Dropped);
            return;
        }
        if (Pending is null)
        {
            Pending = copy;
            return;
        }
        RequireApart(copy);
        if (Pending.Buffer.Remain > 0)
        {
            if (copy.Buffer.Remain > 0)
            {
                var pending = Pending;
                Transfer(copy, Math.Min(copy.Buffer.Remain, pending.Buffer.Remain));
                pending.OnCopy(ResetPending);
            }
            copy.OnCopyDone(CopyResult.Completed);
        }
        else if (bothEmpty && Pending.Buffer.IsZeroLength)
        {
            copy.OnCopyDone(CopyResult.Completed);
        }
        else
        {
            ResetAndNotifyPending(CopyResult.Completed);
            Pending = copy;
        }
    }
}

/// <summary>Spec: <c>SharedFutureImpl</c>.</summary>
internal sealed class SharedFuture(bool numeric) : Channel(numeric)
{
    /// <inheritdoc/>
    public override void Read(PendingCopy copy) => Meet(copy);

    /// <inheritdoc/>
    public override void Write(PendingCopy copy)
    {
        if (Dropped)
            copy.OnCopyDone(CopyResult.Dropped);
        else
            Meet(copy);
    }

    private void Meet(PendingCopy copy)
    {
        if (Pending is null)
        {
            Pending = copy;
            return;
        }
        RequireApart(copy);
        Transfer(copy, 1);
        ResetAndNotifyPending(CopyResult.Completed);
        copy.OnCopyDone(CopyResult.Completed);
    }
}
