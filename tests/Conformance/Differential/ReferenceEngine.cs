using System;
using System.Reflection;
using System.Runtime.InteropServices;
using Wasmtime;

namespace Fact.Conformance.Differential;

/// <summary>Makes engines whose component runtime has the features that the package gives no other access to.</summary>
internal static class ReferenceEngine
{
    /// <summary>An engine with maps and with async functions.</summary>
    public static Engine Create()
    {
        var config = new Config().WithMultiMemory(true).WithMemory64(true).WithExceptions(true);
        var handle = (SafeHandle)typeof(Config).GetProperty("NativeHandle", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(config)!;
        SetMap(handle.DangerousGetHandle(), true);
        SetAsync(handle.DangerousGetHandle(), true);
        SetMoreAsync(handle.DangerousGetHandle(), true);
        SetStackful(handle.DangerousGetHandle(), true);
        return new Engine(config);
    }

    [DllImport("wasmtime", EntryPoint = "wasmtime_config_wasm_component_model_map_set")]
    private static extern void SetMap(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime", EntryPoint = "wasmtime_config_wasm_component_model_async_set")]
    private static extern void SetAsync(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime", EntryPoint = "wasmtime_config_wasm_component_model_async_stackful_set")]
    private static extern void SetStackful(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime", EntryPoint = "wasmtime_config_wasm_component_model_more_async_builtins_set")]
    private static extern void SetMoreAsync(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);
}
