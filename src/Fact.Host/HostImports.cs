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
/// the methods return a new set.
/// </summary>
public sealed class HostImports
{
    private readonly ImmutableDictionary<string, Definition> definitions;

    private HostImports(ImmutableDictionary<string, Definition> definitions) => this.definitions = definitions;

    /// <summary>Nothing.</summary>
    public static HostImports None { get; } = new(ImmutableDictionary.Create<string, Definition>(StringComparer.Ordinal));

    /// <summary>Adds a function, or replaces what has its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="function">The function.</param>
    public HostImports WithFunction(string name, HostFunction function) => With(name, new Definition.Function(Given.NotNull(function, nameof(function))));

    /// <summary>Adds a function that may return later than it is called, or replaces what has its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="function">The function. It is called by whoever has the component, without a synchronization context; what it awaits may go on anywhere.</param>
    public HostImports WithAsyncFunction(string name, AsyncHostFunction function) =>
        With(name, new Definition.AsyncFunction(Given.NotNull(function, nameof(function))));

    /// <summary>Adds a resource type, or replaces what has its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">A type that the host defines. One type may be given under several names: then it is the same resource.</param>
    /// <param name="drop">What to do when a component drops a handle that owns a resource; it is given the number that the host knows the resource by. An
    /// exception that it throws traps the component; where the host itself dropped the handle, <see cref="ComponentInstance.Drop"/> returns it as an error.</param>
    /// <exception cref="ArgumentException">A component defines the type.</exception>
    public HostImports WithResource(string name, ResourceType type, Action<ulong>? drop = null) =>
        Given.NotNull(type, nameof(type)).DefinedBy is null
            ? With(name, new Definition.Resource(type, drop))
            : throw new ArgumentException($"the resource \"{type.Name}\" is defined by a component", nameof(type));

    /// <summary>Adds a core module, or replaces what has its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="module">The module in the binary format.</param>
    public HostImports WithCoreModule(string name, ReadOnlyMemory<byte> module) => With(name, new Definition.CoreModule(new RawBytes(module)));

    /// <summary>
    /// Adds what another instance exports, under its names in the imported instance: functions and core modules. A trap of the other traps the
    /// caller. Resources are not among it: the handles of one component mean nothing to another.
    /// </summary>
    /// <param name="name">The name of the imported instance.</param>
    /// <param name="instance">The other instance; it must not be disposed while it is needed.</param>
    public HostImports WithInstance(string name, ComponentInstance instance)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(instance);
        var all = this;
        foreach (string function in instance.Functions)
        {
            if (instance.TypeOf(function)!.Async)
            {
                all = all.WithAsyncFunction(name + "#" + function, (arguments, cancellation) => new(instance.InvokeAsync(function, arguments, cancellation)));
                continue;
            }
            all = all.WithFunction(name + "#" + function, arguments => instance.Invoke(function, arguments).Match(
                result => result.MatchUnsafe<ComponentValue?>(value => value, () => null),
                failure => throw new InvalidOperationException(failure.ToString())));
        }
        foreach (var (module, bytes) in instance.CoreModules)
            all = all.WithCoreModule(name + "#" + module, bytes);
        return all;
    }

    internal Definition? Find(string name) => definitions.GetValueOrDefault(name);

    private HostImports With(string name, Definition definition) => new(definitions.SetItem(Given.NotNull(name, nameof(name)), definition));

    internal closed record Definition
    {
        private Definition()
        {
        }

        public sealed record Function(HostFunction Implementation) : Definition;

        public sealed record AsyncFunction(AsyncHostFunction Implementation) : Definition;

        public sealed record Resource(ResourceType Type, Action<ulong>? Drop) : Definition;

        public sealed record CoreModule(RawBytes Bytes) : Definition;
    }
}
