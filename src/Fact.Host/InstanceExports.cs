using System;
using Fact.Values;

namespace Fact.Host;

/// <summary>What an instance exports as what a host gives to other components.</summary>
public static class InstanceExports
{
    /// <summary>
    /// Adds what another instance exports, under its names in the imported instance: functions and core modules. A trap of the other traps the
    /// caller. Resources are not among it: the handles of one component mean nothing to another.
    /// </summary>
    /// <param name="imports">What there is already.</param>
    /// <param name="name">The name of the imported instance.</param>
    /// <param name="instance">The other instance; it must not be disposed while it is needed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="imports"/>, <paramref name="name"/> or <paramref name="instance"/> is null.</exception>
    public static HostImports WithInstance(this HostImports imports, string name, ComponentInstance instance)
    {
        ArgumentNullException.ThrowIfNull(imports);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(instance);
        foreach (string function in instance.Functions)
        {
            if (instance.TypeOf(function)!.Async)
            {
                imports = imports.WithAsyncFunction(name + "#" + function, (arguments, cancellation) => new(instance.InvokeAsync(function, arguments, cancellation)));
                continue;
            }
            imports = imports.WithFunction(name + "#" + function, arguments => instance.Invoke(function, arguments).Match(
                result => result.MatchUnsafe<ComponentValue?>(value => value, () => null),
                failure => throw new InvalidOperationException(failure.ToString())));
        }
        foreach (var (module, bytes) in instance.CoreModules)
            imports = imports.WithCoreModule(name + "#" + module, bytes);
        return imports;
    }
}
