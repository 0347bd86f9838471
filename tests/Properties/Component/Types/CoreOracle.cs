using System;
using System.Reflection;
using System.Runtime.InteropServices;
using Fact.Component;
using Fact.Component.Binary;
using Wasmtime;

namespace Fact.Properties.Component.Types;

/// <summary>What an engine that others wrote, and the checker, say of a component or core module.</summary>
internal static class CoreOracle
{
    /// <summary>An engine that knows everything of WebAssembly 3.0, shared memories, pages of one byte, and components.</summary>
    public static Engine Engine { get; } = Make();

    /// <summary>What the engine says of a core module; null where it is valid.</summary>
    public static string? OfModule(byte[] module) => Wasmtime.Module.Validate(Engine, module);

    /// <summary>What the engine says of a component; null where it is valid.</summary>
    public static string? OfComponent(byte[] component)
    {
        try
        {
            using var compiled = Wasmtime.Components.Component.FromBytes(Engine, component);
            return null;
        }
        catch (WasmtimeException error)
        {
            return error.Message;
        }
    }

    /// <summary>What the checker says of a component; null where it is valid.</summary>
    public static string? Ours(byte[] component) => ComponentDecoder.Decode(component)
        .Bind(ast => ComponentLinker.Link(ast).MapLeft(errors => errors[0]))
        .MatchUnsafe(Right: _ => (string?)null, Left: error => error.ToString());

    private static Engine Make()
    {
        var config = new Config().WithComponentModel(true).WithMultiMemory(true).WithMemory64(true).WithExceptions(true)
            .WithFunctionReferences(true).WithGc(true).WithWasmThreads(true);
        var handle = (SafeHandle)typeof(Config).GetProperty("NativeHandle", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(config)!;
        wasmtime_config_wasm_custom_page_sizes_set(handle.DangerousGetHandle(), true);
        wasmtime_config_shared_memory_set(handle.DangerousGetHandle(), true);
        return new Engine(config);
    }

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_wasm_custom_page_sizes_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);

    [DllImport("wasmtime")]
    private static extern void wasmtime_config_shared_memory_set(IntPtr config, [MarshalAs(UnmanagedType.I1)] bool on);
}
