using System;
using System.Threading;
using System.Threading.Tasks;
using Fact.Ir;

namespace Fact.Values;

/// <summary>The readable end of a future in the hands of .NET code. The value of a future without a type is an empty tuple.</summary>
public sealed class HostFuture : HostEnd
{
    internal HostFuture(IEndSource source, ValType? element)
        : base(source, element)
    {
    }

    /// <summary>A future for a component.</summary>
    /// <param name="element">The type of the value; null where there is none, and then it is an empty tuple.</param>
    /// <param name="value">The value. Where the task fails or is cancelled, the component traps.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static HostFuture Of(ValType? element, Task<ComponentValue> value) => new(new TaskSource(Given.NotNull(value, nameof(value))), element);

    /// <summary>Waits for the value. It can be read once.</summary>
    /// <param name="cancellationToken">Ends the read; the value can then be read later.</param>
    /// <exception cref="InvalidOperationException">The end is over, or being read.</exception>
    public async Task<ComponentValue> ReadAsync(CancellationToken cancellationToken = default)
    {
        var chunk = await Next(1, cancellationToken).ConfigureAwait(false);
        Dispose();
        return chunk.Count == 1 ? NumberChunks.Values(chunk, Element)[0] : throw new InvalidOperationException("the future was dropped before it had a value");
    }

    /// <summary>What it is, for messages.</summary>
    public override string ToString() => Element is null ? "future" : $"future<{Element}>";
}
