using System;
using System.Diagnostics;
using System.Linq;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>
/// Core values between the engine's boxes and plain bits: i32 and f32 in the lower half of 64, the upper half zero.
/// </summary>
internal static class CoreValues
{
    /// <summary>The engine's name of a type.</summary>
    public static ValueKind Kind(CoreValType type) => type switch
    {
        CoreValType.I32 => ValueKind.Int32,
        CoreValType.I64 => ValueKind.Int64,
        CoreValType.F32 => ValueKind.Float32,
        CoreValType.F64 => ValueKind.Float64,
        CoreValType.FuncRef => ValueKind.FuncRef,
        _ => throw new UnreachableException(),
    };

    /// <summary>The type that the engine names so.</summary>
    public static CoreValType Type(ValueKind kind) => kind switch
    {
        ValueKind.Int32 => CoreValType.I32,
        ValueKind.Int64 => CoreValType.I64,
        ValueKind.Float32 => CoreValType.F32,
        ValueKind.Float64 => CoreValType.F64,
        ValueKind.FuncRef => CoreValType.FuncRef,
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether values of a type are numbers that delegates of the engine's package take.</summary>
    public static bool IsNumber(CoreValType type) => type is CoreValType.I32 or CoreValType.I64 or CoreValType.F32 or CoreValType.F64;

    /// <summary>The type that such a delegate has for it.</summary>
    public static Type Clr(CoreValType type) => type switch
    {
        CoreValType.I32 => typeof(int),
        CoreValType.I64 => typeof(long),
        CoreValType.F32 => typeof(float),
        CoreValType.F64 => typeof(double),
        _ => throw new UnreachableException(),
    };

    /// <summary>A number as such a delegate takes it.</summary>
    public static T To<T>(ulong bits)
    {
        if (typeof(T) == typeof(int))
            return (T)(object)(int)bits;
        if (typeof(T) == typeof(long))
            return (T)(object)(long)bits;
        if (typeof(T) == typeof(float))
            return (T)(object)BitConverter.UInt32BitsToSingle((uint)bits);
        return typeof(T) == typeof(double) ? (T)(object)BitConverter.UInt64BitsToDouble(bits) : throw new UnreachableException();
    }

    /// <summary>The bits of a number that such a delegate gives.</summary>
    public static ulong From<T>(T? value) => value switch
    {
        int i => (uint)i,
        long l => (ulong)l,
        float f => BitConverter.SingleToUInt32Bits(f),
        double d => BitConverter.DoubleToUInt64Bits(d),
        _ => throw new UnreachableException(),
    };

    /// <summary>Calls a core function once; what is called more often is a <see cref="CoreCall"/>.</summary>
    public static ulong[] Call(Function function, CoreFuncType type, ReadOnlySpan<ulong> arguments)
    {
        var boxes = new ValueBox[arguments.Length];
        for (int i = 0; i < boxes.Length; i++)
            boxes[i] = Box(arguments[i], type.Params[i]);
        object? result = function.Invoke(boxes);
        return result switch
        {
            null => [],
            object[] several => [.. several.Select(Bits)],
            _ => [Bits(result)],
        };
    }

    /// <summary>Makes a core function that the host implements, whatever its type. References are not among its arguments as bits, but 0.</summary>
    public static Function DefineBoxed(Store store, CoreFuncType type, CoreBody body)
    {
        var results = type.Results;
        return Function.FromCallback(
            store,
            (Caller _, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> returned) =>
            {
                Span<ulong> bits = stackalloc ulong[arguments.Length], values = stackalloc ulong[returned.Length];
                for (int i = 0; i < bits.Length; i++)
                    bits[i] = Bits(arguments[i], type.Params[i]);
                body(bits, values);
                for (int i = 0; i < returned.Length; i++)
                    returned[i] = Box(values[i], results[i]);
            },
            [.. type.Params.Items.Select(Kind)],
            [.. results.Items.Select(Kind)]);
    }

    /// <summary>Makes a core function that the host implements, with functions among its arguments.</summary>
    public static Function DefineWithFunctions(Store store, CoreFuncType type, Func<EngineArguments, ulong[]> body)
    {
        var results = type.Results;
        return Function.FromCallback(
            store,
            (Caller _, ReadOnlySpan<ValueBox> arguments, Span<ValueBox> returned) =>
            {
                var given = new EngineArguments(new ulong[arguments.Length], new CoreFunction?[arguments.Length]);
                for (int i = 0; i < arguments.Length; i++)
                {
                    if (type.Params[i] == CoreValType.FuncRef)
                        given.Functions[i] = arguments[i].AsFunction(store) is { } function ? CoreFunction.Of(function) : null;
                    else
                        given.Bits[i] = Bits(arguments[i], type.Params[i]);
                }
                ulong[] values = body(given);
                for (int i = 0; i < returned.Length; i++)
                    returned[i] = Box(values[i], results[i]);
            },
            [.. type.Params.Items.Select(Kind)],
            [.. results.Items.Select(Kind)]);
    }

    // Without the casts the arms have a common type, double, which cannot hold every i64.
    private static ValueBox Box(ulong bits, CoreValType type) => type switch
    {
        CoreValType.I32 => (ValueBox)(int)bits,
        CoreValType.I64 => (ValueBox)(long)bits,
        CoreValType.F32 => (ValueBox)BitConverter.UInt32BitsToSingle((uint)bits),
        CoreValType.F64 => (ValueBox)BitConverter.UInt64BitsToDouble(bits),
        _ => throw new UnreachableException(),
    };

    private static ulong Bits(ValueBox box, CoreValType type) => type switch
    {
        CoreValType.I32 => (uint)box.AsInt32(),
        CoreValType.I64 => (ulong)box.AsInt64(),
        CoreValType.F32 => BitConverter.SingleToUInt32Bits(box.AsSingle()),
        CoreValType.F64 => BitConverter.DoubleToUInt64Bits(box.AsDouble()),
        _ => 0,
    };

    private static ulong Bits(object value) => From(value);
}
