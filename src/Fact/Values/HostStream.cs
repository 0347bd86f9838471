using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// The readable end of a stream in the hands of .NET code. Ends are compared by identity. One ends when it is passed to a component.
/// </summary>
public sealed class HostStream
{
    private object? channel;

    internal HostStream(object channel, ValType? element) => (this.channel, Element) = (channel, element);

    /// <summary>The type of its elements as the component sees it that made it; null where there is none.</summary>
    public ValType? Element { get; }

    /// <summary>Whether it can still be used.</summary>
    public bool IsLive => channel is not null;

    /// <summary>What it is, for the host.</summary>
    internal object? Channel => channel;

    /// <summary>Takes it away from .NET code.</summary>
    internal object Take()
    {
        var taken = channel!;
        channel = null;
        return taken;
    }

    /// <summary>What it is, for messages.</summary>
    public override string ToString() => Element is null ? "stream" : $"stream<{Element}>";
}

/// <summary>
/// The readable end of a future in the hands of .NET code. Ends are compared by identity. One ends when it is passed to a component.
/// </summary>
public sealed class HostFuture
{
    private object? channel;

    internal HostFuture(object channel, ValType? element) => (this.channel, Element) = (channel, element);

    /// <summary>The type of its value as the component sees it that made it; null where there is none.</summary>
    public ValType? Element { get; }

    /// <summary>Whether it can still be used.</summary>
    public bool IsLive => channel is not null;

    /// <summary>What it is, for the host.</summary>
    internal object? Channel => channel;

    /// <summary>Takes it away from .NET code.</summary>
    internal object Take()
    {
        var taken = channel!;
        channel = null;
        return taken;
    }

    /// <summary>What it is, for messages.</summary>
    public override string ToString() => Element is null ? "future" : $"future<{Element}>";
}
