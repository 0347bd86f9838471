using System;
using System.Linq;
using System.Threading;
using Fact.Host;
using Fact.Ir;
using Xunit;
using Module = Wasmtime.Module;

namespace Fact.Properties.Host;

/// <summary>Short ways to run a component that is written as text.</summary>
internal static class HostRun
{
    private static readonly HostEngine Engine = new();
    private static readonly AsyncLocal<HandleTables?> Keeper = new();
    private static readonly AsyncLocal<bool> Apart = new();

    /// <summary>In the test that runs now, the host keeps handles itself.</summary>
    public static void KeepHandlesInHost() => Keeper.Value = HandleTables.Imported;

    /// <summary>In the test that runs now, modules are compiled and instantiated one by one.</summary>
    public static void KeepModulesApart() => Apart.Value = true;

    public static ComponentHost Open(string text, HostOptions? options = null) =>
        ComponentHost.Open(Engine, Module.ConvertText(text), WithKeeper(options ?? new HostOptions()))
            .IfLeft(e => throw new InvalidOperationException(string.Join("\n", e.Items)));

    private static HostOptions WithKeeper(HostOptions options) =>
        (Keeper.Value is { } tables ? options with { Compile = options.Compile with { HandleTables = tables } } : options) with
        {
            MergeModules = options.MergeModules && !Apart.Value,
        };

    /// <summary>What is wrong with a component.</summary>
    public static string OpenError(string text) =>
        ComponentHost.Open(Engine, Module.ConvertText(text)).Match(_ => "no error", errors => string.Join("\n", errors.Items.Select(e => e.ToString())));

    public static ComponentInstance Instantiate(string text, HostImports? imports = null, HostOptions? options = null) =>
        Open(text, options).Instantiate(imports).IfLeft(f => throw new InvalidOperationException(f.ToString()));

    /// <summary>Why a component cannot be instantiated.</summary>
    public static string InstantiateError(string text, HostImports? imports = null) =>
        Open(text).Instantiate(imports).Match(_ => "no error", f => f.ToString());

    /// <summary>Makes calls and compares what each of them gives: a value, an error or a trap.</summary>
    public static void Calls(ComponentInstance instance, params (string Call, string Result)[] calls) => Calls(new WaveSession(instance), calls);

    /// <summary>The same, with the handles of calls before.</summary>
    public static void Calls(WaveSession session, params (string Call, string Result)[] calls)
    {
        foreach (var (call, result) in calls)
            Assert.Equal(result, session.Invoke(call).Match(v => v, f => f.ToString()));
    }
}
