using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host;

/// <summary>A function that a component imports. An exception that it throws traps the caller.</summary>
/// <param name="arguments">The arguments; they belong to the types of the parameters. Borrowed handles among them are good until it returns.</param>
/// <returns>The result; null where the type has none. One that does not belong to the type traps the caller.</returns>
public delegate ComponentValue? HostFunction(EquatableArray<ComponentValue> arguments);

/// <summary>
/// A function that a component imports, and that may return later than it is called. A guest that calls it asynchronously goes on meanwhile. One that calls it
/// synchronously waits, and others go on: in <c>Invoke</c> on the thread of the caller. An exception that it throws, then or later, traps the
/// component.
/// </summary>
/// <param name="arguments">The arguments; they belong to the types of the parameters. Borrowed handles among them are good until it returns.</param>
/// <param name="cancellationToken">Is cancelled when the guest asks for cancellation, and when the component has ended. Where the function is cancelled then, the guest
/// learns that it has no result.</param>
/// <returns>The result; null where the type has none. One that does not belong to the type traps the component.</returns>
public delegate ValueTask<ComponentValue?> AsyncHostFunction(EquatableArray<ComponentValue> arguments, CancellationToken cancellationToken);

/// <summary>
/// What a host gives to components, by name: the name of an import, or of one of the things in an imported instance as <c>instance#name</c>. Immutable;
/// the methods return a new set. A component that imports an interface in another version than it is given in gets what was given last in a version that is
/// compatible, as <c>0.2.0</c> is with <c>0.2.3</c>. Spec: <c>canonversion</c>.
/// </summary>
public sealed class HostImports
{
    private readonly ImmutableDictionary<string, HostDefinition> definitions;

    /// <summary>For each name with a version, without what compatible versions differ in: the name that was given last.</summary>
    private readonly ImmutableDictionary<string, string> compatible;

    private HostImports(ImmutableDictionary<string, HostDefinition> definitions, ImmutableDictionary<string, string> compatible, bool missingTraps) =>
        (this.definitions, this.compatible, MissingTraps) = (definitions, compatible, missingTraps);

    /// <summary>Nothing.</summary>
    public static HostImports None { get; } = new(
        ImmutableDictionary.Create<string, HostDefinition>(StringComparer.Ordinal), ImmutableDictionary.Create<string, string>(StringComparer.Ordinal),
            missingTraps: false);

    /// <summary>Whether what is missing is not asked for until it is called.</summary>
    internal bool MissingTraps { get; }

    /// <summary>
    /// Lets components be instantiated that import functions and resource types which are not given here: a call of such a function is a trap with its name.
    /// </summary>
    public HostImports TrapMissing() => new(definitions, compatible, missingTraps: true);

    /// <summary>Adds a function, or replaces what has its name.</summary>
    /// <param name="name">The name of the import; <c>instance#name</c> for what is in an imported instance.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="function"/> is null.</exception>
    public HostImports WithFunction(string name, HostFunction function) => With(name, new HostDefinition.Function(Given.NotNull(function, nameof(function))));

    /// <summary>Adds a function that may return later than it is called, or replaces what has its name.</summary>
    /// <param name="name">The name of the import; <c>instance#name</c> for what is in an imported instance.</param>
    /// <param name="function">The function. It is called by whoever has the component, without a synchronization context; what it awaits may go on anywhere.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="function"/> is null.</exception>
    public HostImports WithAsyncFunction(string name, AsyncHostFunction function) =>
        With(name, new HostDefinition.AsyncFunction(Given.NotNull(function, nameof(function))));

    /// <summary>Adds a function that works on state of the instance that calls it, or replaces what has its name.</summary>
    /// <param name="name">The name of the import; <c>instance#name</c> for what is in an imported instance.</param>
    /// <param name="state">The state.</param>
    /// <param name="function">Makes the function, for the state of one instance.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="function"/> or <paramref name="state"/> is null.</exception>
    public HostImports WithFunction<T>(string name, HostState<T> state, Func<T, HostFunction> function)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(function);
        return With(name, new HostDefinition.OfState(Given.NotNull(state, nameof(state)), found => new HostDefinition.Function(function((T)found))));
    }

    /// <summary>Adds a resource type that every instance has for itself, so that one cannot use handles of another, or replaces what has its name.</summary>
    /// <param name="name">The name of the import; <c>instance#name</c> for what is in an imported instance.</param>
    /// <param name="state">State of the instance.</param>
    /// <param name="type">The type: of the same state always the same object. One type may be given under several names.</param>
    /// <param name="drop">What to do when the component drops a handle that owns a resource.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="type"/> or <paramref name="state"/> is null.</exception>
    public HostImports WithResource<T>(string name, HostState<T> state, Func<T, ResourceType> type, Action<T, ulong>? drop = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        return With(name, new HostDefinition.OfState(
            Given.NotNull(state, nameof(state)),
            found => new HostDefinition.Resource(type((T)found), drop is null ? null : rep => drop((T)found, rep))));
    }

    /// <summary>Adds a resource type, or replaces what has its name.</summary>
    /// <param name="name">The name of the import; <c>instance#name</c> for what is in an imported instance.</param>
    /// <param name="type">A type that the host defines. One type may be given under several names: then it is the same resource.</param>
    /// <param name="drop">What to do when a component drops a handle that owns a resource; it is given the number that the host knows the resource by. An
    /// exception that it throws traps the component; where the host itself dropped the handle, <see cref="ComponentInstance.Drop"/> returns it as an error.</param>
    /// <exception cref="ArgumentException">A component defines the type.</exception>
    public HostImports WithResource(string name, ResourceType type, Action<ulong>? drop = null) =>
        Given.NotNull(type, nameof(type)).DefinedBy is null
            ? With(name, new HostDefinition.Resource(type, drop))
            : throw new ArgumentException($"the resource \"{type.Name}\" is defined by a component", nameof(type));

    /// <summary>Adds a core module, or replaces what has its name.</summary>
    /// <param name="name">The name of the import; <c>instance#name</c> for what is in an imported instance.</param>
    /// <param name="module">The module in the binary format.</param>
    public HostImports WithCoreModule(string name, ReadOnlyMemory<byte> module) => With(name, new HostDefinition.CoreModule(new RawBytes(module)));

    internal HostDefinition? Find(string name) =>
        definitions.GetValueOrDefault(name)
        ?? (InterfaceVersion.WithoutDetails(name) is { } key && compatible.TryGetValue(key, out string? other) ? definitions[other] : null);

    private HostImports With(string name, HostDefinition definition) => new(
        definitions.SetItem(Given.NotNull(name, nameof(name)), definition),
        InterfaceVersion.WithoutDetails(name) is { } key ? compatible.SetItem(key, name) : compatible,
        MissingTraps);
}
