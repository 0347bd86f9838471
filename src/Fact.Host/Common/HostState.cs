using System;
using System.Threading;
using Fact.Ir;

namespace Fact.Host;

/// <summary>
/// State of a host that every instance of a component has for itself. It is made when a component is instantiated that imports something which works on it, and
/// disposed with the instance, if it can be.
/// </summary>
public sealed class HostState<T> : IHostState
    where T : class
{
    private readonly Func<Func<CancellationToken>, T> create;

    /// <summary>State that is made for each instance.</summary>
    /// <param name="create">Makes it. An exception that it throws is an error of the instantiation.</param>
    public HostState(Func<T> create)
    {
        Given.NotNull(create, nameof(create));
        this.create = _ => create();
    }

    /// <summary>State for functions that wait: it is given what says with which token to wait now. That one is cancelled when a call exceeds its limits.</summary>
    internal HostState(Func<Func<CancellationToken>, T> create) => this.create = create;

    object IHostState.Create(Func<CancellationToken> stopped) => create(stopped);
}

/// <summary>State of any type.</summary>
internal interface IHostState
{
    /// <summary>Makes it for one instance.</summary>
    /// <param name="stopped">The token with which host functions of the instance wait now.</param>
    object Create(Func<CancellationToken> stopped);
}
