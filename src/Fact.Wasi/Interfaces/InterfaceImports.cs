using System;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Fact.Wasi.Instance;

namespace Fact.Wasi.Interfaces;

/// <summary>What a function of an interface does for an instance.</summary>
internal delegate ComponentValue? WasiFunction(WasiState state, EquatableArray<ComponentValue> arguments);

/// <summary>The members of one interface, added to what a host gives.</summary>
internal sealed class InterfaceImports(HostImports imports, HostState<WasiState> state, string name)
{
    private readonly string prefix = name + "@0.2.0#";

    /// <summary>All that there is so far.</summary>
    public HostImports Imports { get; private set; } = imports;

    /// <summary>A resource type.</summary>
    /// <param name="resource">Its name.</param>
    /// <param name="table">What the instance has of it.</param>
    /// <param name="drop">What to do with one that is dropped, if anything.</param>
    public InterfaceImports Resource<T>(string resource, Func<WasiState, ResourceStore<T>> table, Action<WasiState, T>? drop = null)
        where T : class
    {
        Imports = Imports.WithResource(prefix + resource, state, instance => table(instance).Type, (instance, rep) =>
        {
            if (table(instance).Remove(rep) is { } dropped)
                drop?.Invoke(instance, dropped);
        });
        return this;
    }

    /// <summary>A function.</summary>
    public InterfaceImports Function(string function, WasiFunction body)
    {
        Imports = Imports.WithFunction(prefix + function, state, instance => arguments => body(instance, arguments));
        return this;
    }

    /// <summary>A method of a resource, which is the first argument.</summary>
    public InterfaceImports Method<T>(
        string resource, string method, Func<WasiState, ResourceStore<T>> table, Func<WasiState, T, EquatableArray<ComponentValue>, ComponentValue?> body)
        where T : class =>
        Function($"[method]{resource}.{method}", (instance, arguments) => body(instance, table(instance).Get(arguments.At(0)), arguments));
}
