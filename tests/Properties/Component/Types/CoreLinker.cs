using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Fact.Properties.Component.Types;

/// <summary>
/// Links core modules with the engine. The package's own classes look at the types of imports and exports, and end the process at
/// reference types that they have no name for; the functions below them do not.
/// </summary>
internal static class CoreLinker
{
    private static readonly IntPtr Engine = ((SafeHandle)typeof(Wasmtime.Engine)
        .GetProperty("NativeHandle", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(CoreOracle.Engine)!).DangerousGetHandle();

    /// <summary>What the engine says of giving a module the exports of another; null where they fit.</summary>
    /// <param name="provider">A module without imports.</param>
    /// <param name="name">The module name that the other imports from.</param>
    /// <param name="user">The other.</param>
    public static string? Link(byte[] provider, string name, byte[] user)
    {
        var store = wasmtime_store_new(Engine, 0, 0);
        var linker = wasmtime_linker_new(Engine);
        IntPtr from = 0, to = 0;
        try
        {
            if (Text(wasmtime_module_new(Engine, provider, (nuint)provider.Length, out from)) is { } first)
                return first;
            if (Text(wasmtime_module_new(Engine, user, (nuint)user.Length, out to)) is { } second)
                return second;
            var context = wasmtime_store_context(store);
            ulong[] instance = new ulong[4];
            return Text(wasmtime_linker_instantiate(linker, context, from, instance, out _))
                ?? Text(wasmtime_linker_define_instance(linker, context, Encoding.ASCII.GetBytes(name), (nuint)name.Length, instance))
                ?? Text(wasmtime_linker_instantiate(linker, context, to, instance, out _));
        }
        finally
        {
            if (from != 0)
                wasmtime_module_delete(from);
            if (to != 0)
                wasmtime_module_delete(to);
            wasmtime_linker_delete(linker);
            wasmtime_store_delete(store);
        }
    }

    private static string? Text(IntPtr error)
    {
        if (error == 0)
            return null;
        wasmtime_error_message(error, out var message);
        string text = Marshal.PtrToStringUTF8(message.Data, (int)message.Size);
        wasm_byte_vec_delete(ref message);
        wasmtime_error_delete(error);
        return text;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Bytes
    {
        public nuint Size;
        public IntPtr Data;
    }

    [DllImport("wasmtime")]
    private static extern IntPtr wasmtime_store_new(IntPtr engine, IntPtr data, IntPtr finalizer);

    [DllImport("wasmtime")]
    private static extern IntPtr wasmtime_store_context(IntPtr store);

    [DllImport("wasmtime")]
    private static extern void wasmtime_store_delete(IntPtr store);

    [DllImport("wasmtime")]
    private static extern IntPtr wasmtime_linker_new(IntPtr engine);

    [DllImport("wasmtime")]
    private static extern void wasmtime_linker_delete(IntPtr linker);

    [DllImport("wasmtime")]
    private static extern IntPtr wasmtime_module_new(IntPtr engine, byte[] bytes, nuint length, out IntPtr module);

    [DllImport("wasmtime")]
    private static extern void wasmtime_module_delete(IntPtr module);

    [DllImport("wasmtime")]
    private static extern IntPtr wasmtime_linker_instantiate(IntPtr linker, IntPtr context, IntPtr module, [Out] ulong[] instance, out IntPtr trap);

    [DllImport("wasmtime")]
    private static extern IntPtr wasmtime_linker_define_instance(IntPtr linker, IntPtr context, byte[] name, nuint length, ulong[] instance);

    [DllImport("wasmtime")]
    private static extern void wasmtime_error_message(IntPtr error, out Bytes message);

    [DllImport("wasmtime")]
    private static extern void wasmtime_error_delete(IntPtr error);

    [DllImport("wasmtime")]
    private static extern void wasm_byte_vec_delete(ref Bytes bytes);
}
