using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Values;
using Wasmtime.Components;
using Compiled = Wasmtime.Components.Component;
using ComponentInstance = Fact.Host.ComponentInstance;
using ComponentValue = Fact.Values.ComponentValue;
using Engine = Wasmtime.Engine;
using Store = Wasmtime.Store;
using Theirs = Wasmtime.Components.ComponentValue;

namespace Fact.Bench.Host;

/// <summary>Both runtimes, with an engine each, and what is done with them.</summary>
internal sealed class HostSides : IDisposable
{
    private readonly HostEngine ours = new();
    private readonly Engine theirs = new();
    private readonly Stack<IDisposable> opened = new();

    /// <summary>An instance of a component in each of them.</summary>
    public (ComponentInstance Ours, Wasmtime.Components.ComponentInstance Theirs) Instantiate(byte[] component)
    {
        var host = Keep(Open(component));
        var compiled = Keep(Compiled.FromBytes(theirs, component));
        var linker = Keep(new ComponentLinker(theirs));
        using (var root = linker.Root())
        {
            root.DefineFunction("host-add", (arguments, results) => results[0] = Theirs.U32(arguments[0].AsU32() + arguments[1].AsU32()));
            root.DefineFunction("host-first", (arguments, results) => results[0] = Theirs.U32(arguments[0].AsU32()));
        }
        return (Keep(Instantiate(host, Imports)), linker.Instantiate(Keep(new Store(theirs)), compiled));
    }

    /// <summary>Calls a function of both, whose result must be the same each time.</summary>
    /// <param name="name">What the case is called.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="component">The component.</param>
    /// <param name="function">The function.</param>
    /// <param name="arguments">What our host is given.</param>
    /// <param name="others">What the other is given: the same.</param>
    /// <param name="isRight">Whether a result of ours is right.</param>
    /// <param name="isRightThere">Whether one of the other's is.</param>
    public HostCase Call(
        string name, double? goal, byte[] component, string function, ComponentValue[] arguments, Theirs[] others, Func<ComponentValue, bool> isRight,
        Func<Theirs, bool> isRightThere)
    {
        var (mine, other) = Instantiate(component);
        var called = other.GetFunction(function) ?? throw new InvalidOperationException(function);
        return new HostCase(
            name,
            goal,
            calls =>
            {
                for (uint i = 0; i < calls; i++)
                {
                    if (!mine.TryInvoke(function, arguments, out var result, out var failure) || !isRight(result!))
                        throw new InvalidOperationException($"{name}: {failure?.ToString() ?? result?.ToString()}");
                }
            },
            calls =>
            {
                for (uint i = 0; i < calls; i++)
                {
                    if (!isRightThere(called.Call(others)!))
                        throw new InvalidOperationException(name);
                }
            });
    }

    /// <summary>Makes instances and disposes of them.</summary>
    public HostCase Instantiation(string name, double? goal, byte[] component)
    {
        var host = Keep(Open(component));
        var compiled = Keep(Compiled.FromBytes(theirs, component));
        var linker = Keep(new ComponentLinker(theirs));
        return new HostCase(
            name,
            goal,
            calls =>
            {
                for (uint i = 0; i < calls; i++)
                    Instantiate(host, HostImports.None).Dispose();
            },
            calls =>
            {
                for (uint i = 0; i < calls; i++)
                {
                    using var store = new Store(theirs);
                    linker.Instantiate(store, compiled);
                }
            });
    }

    /// <summary>Goes from a component's bytes to what can be instantiated.</summary>
    public HostCase Opening(string name, double? goal, byte[] component) => new(
        name,
        goal,
        calls =>
        {
            for (uint i = 0; i < calls; i++)
                Open(component).Dispose();
        },
        calls =>
        {
            for (uint i = 0; i < calls; i++)
                Compiled.FromBytes(theirs, component).Dispose();
        },
        Threads: true);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (opened.TryPop(out var one))
            one.Dispose();
        ours.Dispose();
        theirs.Dispose();
    }

    private static HostImports Imports { get; } = HostImports.None
        .WithFunction("host-add", arguments => ComponentValues.U32(Number(arguments[0]) + Number(arguments[1])))
        .WithFunction("host-first", arguments => arguments[0]);

    private static uint Number(ComponentValue value) => ((ComponentValue.U32)value).Value;

    private ComponentHost Open(byte[] component) => ComponentHost.Open(ours, component).Match(
        Right: host => host,
        Left: errors => throw new InvalidOperationException(string.Join('\n', errors.Items.Select(error => error.ToString()))));

    private static ComponentInstance Instantiate(ComponentHost host, HostImports imports) =>
        host.TryInstantiate(imports, out var instance, out var failure) ? instance : throw new InvalidOperationException(failure.ToString());

    private T Keep<T>(T one)
        where T : IDisposable
    {
        opened.Push(one);
        return one;
    }
}
