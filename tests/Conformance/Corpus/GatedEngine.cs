using System;
using System.Reflection;
using System.Runtime.InteropServices;
using Wasmtime;

namespace Fact.Conformance.Corpus;

/// <summary>An engine with every feature of the component model on that it has, gated or not.</summary>
internal static class GatedEngine
{
    private delegate void Setting(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    /// <summary>Makes the engine.</summary>
    public static Engine Make()
    {
        var config = new Config().WithComponentModel(true).WithMultiMemory(true).WithMemory64(true).WithExceptions(true);
        var handle = (SafeHandle)typeof(Config).GetProperty("NativeHandle", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(config)!;
        Setting[] settings =
        [
            wasmtime_config_wasm_component_model_async_set,
            wasmtime_config_wasm_component_model_async_stackful_set,
            wasmtime_config_wasm_component_model_more_async_builtins_set,
            wasmtime_config_wasm_component_model_map_set,
            wasmtime_config_wasm_component_model_implements_set,
        ];
        foreach (var setting in settings)
            setting(handle.DangerousGetHandle(), true);
        return new Engine(config);
    }

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_component_model_async_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_component_model_async_stackful_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_component_model_more_async_builtins_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_component_model_map_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_component_model_implements_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);
}
