using System;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using Wasmtime;

namespace Fact.Properties.Generators;

/// <summary>The engine that judges our modules, with every proposal on that they may use.</summary>
public static class Engines
{
    /// <summary>Multi-memory, memory64, exceptions and custom page sizes are on.</summary>
    public static Engine All { get; } = Make();

    /// <summary>What is wrong with a module; null where it is valid.</summary>
    public static string? Fault(ImmutableArray<byte> module) => Wasmtime.Module.Validate(All, module.AsSpan());

    private static Engine Make()
    {
        var config = new Config();
        var handle = (SafeHandle)typeof(Config).GetProperty("NativeHandle", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(config)!;
        wasmtime_config_wasm_custom_page_sizes_set(handle.DangerousGetHandle(), true);
        return new Engine(config);
    }

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_custom_page_sizes_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);
}
