using System;
using Fact.Component;
using Fact.Values;

namespace Fact.Host;

/// <summary>What a host gives for an import of a component.</summary>
internal closed record HostDefinition
{
    private HostDefinition()
    {
    }

    /// <summary>A function.</summary>
    public sealed record Function(HostFunction Implementation) : HostDefinition;

    /// <summary>A function that may return later than it is called.</summary>
    public sealed record AsyncFunction(AsyncHostFunction Implementation) : HostDefinition;

    /// <summary>A resource type, with what happens when a handle that owns one is dropped.</summary>
    public sealed record Resource(ResourceType Type, Action<ulong>? Drop) : HostDefinition;

    /// <summary>A core module.</summary>
    public sealed record CoreModule(RawBytes Bytes) : HostDefinition;

    /// <summary>What <paramref name="Make"/> makes for the state of one instance.</summary>
    public sealed record OfState(IHostState State, Func<object, HostDefinition> Make) : HostDefinition;
}
