using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;
using Wasmtime;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>Core values to and from the engine, bit by bit.</summary>
internal static class Core
{
    public static ValueKind Kind(CoreValType type) => type switch
    {
        CoreValType.I32 => ValueKind.Int32,
        CoreValType.I64 => ValueKind.Int64,
        CoreValType.F32 => ValueKind.Float32,
        CoreValType.F64 => ValueKind.Float64,
        _ => ValueKind.FuncRef,
    };

    public static ValueKind[] Kinds(EquatableArray<CoreValType> types) => [.. types.Items.Select(Kind)];

    public static ValueBox Box(CoreValue value) => value.Type switch
    {
        // Without the casts all of them would become doubles on the way.
        CoreValType.I32 => (ValueBox)(int)value.Bits,
        CoreValType.I64 => (ValueBox)(long)value.Bits,
        CoreValType.F32 => (ValueBox)BitConverter.UInt32BitsToSingle((uint)value.Bits),
        CoreValType.F64 => (ValueBox)BitConverter.UInt64BitsToDouble(value.Bits),
        _ => throw new ArgumentException("a function", nameof(value)),
    };

    public static CoreValue Value(ValueBox box, CoreValType type) => new(type, type switch
    {
        CoreValType.I32 => (uint)box.AsInt32(),
        CoreValType.I64 => (ulong)box.AsInt64(),
        CoreValType.F32 => BitConverter.SingleToUInt32Bits(box.AsSingle()),
        CoreValType.F64 => BitConverter.DoubleToUInt64Bits(box.AsDouble()),
        _ => throw new ArgumentException("a function", nameof(type)),
    });

    /// <summary>Calls a function.</summary>
    public static CoreValue[] Call(Function function, IEnumerable<CoreValue> arguments)
    {
        object? result = function.Invoke([.. arguments.Select(Box)]);
        object[] results = result switch
        {
            null => [],
            object[] several => several,
            _ => [result],
        };
        return [.. results.Select(Value)];
    }

    private static CoreValue Value(object value) => value switch
    {
        int v => new(CoreValType.I32, (uint)v),
        long v => new(CoreValType.I64, (ulong)v),
        float v => new(CoreValType.F32, BitConverter.SingleToUInt32Bits(v)),
        double v => new(CoreValType.F64, BitConverter.DoubleToUInt64Bits(v)),
        _ => throw new ArgumentException("no number", nameof(value)),
    };

    public static CoreValue[] Values(ReadOnlySpan<ValueBox> boxes, EquatableArray<CoreValType> types)
    {
        var values = new CoreValue[types.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Value(boxes[i], types[i]);
        return values;
    }
}
