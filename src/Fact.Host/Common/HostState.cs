using System;
using Fact.Ir;

namespace Fact.Host;

/// <summary>
/// State of a host that every instance of a component has for itself. It is made when a component is instantiated that imports something which works on it, and
/// disposed with the instance, if it can be.
/// </summary>
/// <param name="create">Makes it. An exception that it throws is an error of the instantiation.</param>
public sealed class HostState<T>(Func<T> create) : IHostState
    where T : class
{
    private readonly Func<T> create = Given.NotNull(create, nameof(create));

    object IHostState.Create() => create();
}

/// <summary>State of any type.</summary>
internal interface IHostState
{
    /// <summary>Makes it for one instance.</summary>
    object Create();
}
