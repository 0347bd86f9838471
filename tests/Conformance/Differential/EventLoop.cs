using System;
using System.Reflection;
using System.Runtime.InteropServices;
using Wasmtime;
using Reference = Wasmtime.Components;

namespace Fact.Conformance.Differential;

/// <summary>
/// Calls in the event loop of the engine's component runtime. Guests run there on stacks that the engine makes, which code of .NET must not run on: a garbage
/// collection would not find its objects. So only components may be called that call no function of the host.
/// </summary>
internal static class EventLoop
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private static readonly FieldInfo Func = typeof(Reference.ComponentFunction).GetField("func", Hidden)!;
    private static readonly FieldInfo Context = typeof(Store).GetField("contextHandle", Hidden)!;
    private static readonly MethodInfo FromOwnedError = typeof(WasmtimeException).GetMethod("FromOwnedError", Hidden)!;

    /// <summary>Calls a function without parameters and results.</summary>
    /// <returns>Why it trapped; null where it did not.</returns>
    public static string? Call(Store store, Reference.ComponentFunction function)
    {
        // The engine reads the function until the call has returned, and writes the error when it has.
        object func = Func.GetValue(function)!;
        IntPtr copy = Marshal.AllocHGlobal(Marshal.SizeOf(func)), error = Marshal.AllocHGlobal(IntPtr.Size);
        try
        {
            Marshal.StructureToPtr(func, copy, false);
            Marshal.WriteIntPtr(error, IntPtr.Zero);
            IntPtr future = CallAsync(copy, (IntPtr)Context.GetValue(store)!, IntPtr.Zero, 0, IntPtr.Zero, 0, error);
            while (!Poll(future))
            {
            }
            Delete(future);
            return Marshal.ReadIntPtr(error) is var owned && owned != IntPtr.Zero ? ((WasmtimeException)FromOwnedError.Invoke(null, [owned])!).Message : null;
        }
        finally
        {
            Marshal.FreeHGlobal(copy);
            Marshal.FreeHGlobal(error);
        }
    }

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_func_call_async")]
    private static extern IntPtr CallAsync(IntPtr func, IntPtr context, IntPtr args, nuint argCount, IntPtr results, nuint resultCount, IntPtr error);

    [DllImport("wasmtime", EntryPoint = "wasmtime_call_future_poll")]
    [return: MarshalAs(UnmanagedType.I1)]
    private static extern bool Poll(IntPtr future);

    [DllImport("wasmtime", EntryPoint = "wasmtime_call_future_delete")]
    private static extern void Delete(IntPtr future);
}
