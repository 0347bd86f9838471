using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Numbers as they are in memory, as .NET's numbers and as values.</summary>
internal static class NumberChunks
{
    /// <summary>The type of the component model that a number of .NET has.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static PrimitiveType TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            byte => PrimitiveType.U8,
            sbyte => PrimitiveType.S8,
            ushort => PrimitiveType.U16,
            short => PrimitiveType.S16,
            uint => PrimitiveType.U32,
            int => PrimitiveType.S32,
            ulong => PrimitiveType.U64,
            long => PrimitiveType.S64,
            float => PrimitiveType.F32,
            double => PrimitiveType.F64,
            _ => throw new ArgumentException(
                $"{typeof(T).Name} is no number of the component model: take one of byte, sbyte, ushort, short, uint, int, ulong, long, float, double"),
        };

    /// <summary>Bytes of a number; 0 where a type is no number.</summary>
    public static int SizeOf(ValType? type) => type is ValType.Primitive(var primitive) ? primitive switch
    {
        PrimitiveType.U8 or PrimitiveType.S8 => 1,
        PrimitiveType.U16 or PrimitiveType.S16 => 2,
        PrimitiveType.U32 or PrimitiveType.S32 or PrimitiveType.F32 => 4,
        PrimitiveType.U64 or PrimitiveType.S64 or PrimitiveType.F64 => 8,
        _ => 0,
    } : 0;

    /// <summary>Elements as values. Those of no type are empty tuples.</summary>
    public static EquatableArray<ComponentValue> Values(ElementChunk chunk, ValType? element)
    {
        if (chunk.Values.Length == chunk.Count)
            return chunk.Values;
        var values = new ComponentValue[chunk.Count];
        if (element is null)
            Array.Fill(values, ComponentValues.Tuple());
        for (int i = 0, size = SizeOf(element); element is not null && i < values.Length; i++)
            values[i] = Value(chunk.Numbers.Span.Slice(i * size, size), ((ValType.Primitive)element).Type);
        return values.Seal();
    }

    /// <summary>Elements as numbers, into the front of a place.</summary>
    public static void CopyTo<T>(ElementChunk chunk, Span<T> place)
        where T : unmanaged
    {
        if (chunk.Values.Length == 0)
        {
            chunk.Numbers.Span.CopyTo(MemoryMarshal.AsBytes(place));
            return;
        }
        for (int i = 0; i < chunk.Count; i++)
            place[i] = (T)Number(chunk.Values[i]);
    }

    private static object Number(ComponentValue value) => value switch
    {
        ComponentValue.U8 v => v.Value,
        ComponentValue.S8 v => v.Value,
        ComponentValue.U16 v => v.Value,
        ComponentValue.S16 v => v.Value,
        ComponentValue.U32 v => v.Value,
        ComponentValue.S32 v => v.Value,
        ComponentValue.U64 v => v.Value,
        ComponentValue.S64 v => v.Value,
        ComponentValue.F32 v => BitConverter.UInt32BitsToSingle(v.Bits),
        ComponentValue.F64 v => BitConverter.UInt64BitsToDouble(v.Bits),
        _ => throw new InvalidOperationException($"expected a number, found {ValueNames.Kind(value)}"),
    };

    private static ComponentValue Value(ReadOnlySpan<byte> bytes, PrimitiveType type) => type switch
    {
        PrimitiveType.U8 => ComponentValues.U8(bytes[0]),
        PrimitiveType.S8 => ComponentValues.S8((sbyte)bytes[0]),
        PrimitiveType.U16 => ComponentValues.U16(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        PrimitiveType.S16 => ComponentValues.S16(BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        PrimitiveType.U32 => ComponentValues.U32(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        PrimitiveType.S32 => ComponentValues.S32(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        PrimitiveType.U64 => ComponentValues.U64(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        PrimitiveType.S64 => ComponentValues.S64(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        PrimitiveType.F32 => new ComponentValue.F32(BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        PrimitiveType.F64 => new ComponentValue.F64(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
