using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Values;

/// <summary>Short ways to make component values from C# values.</summary>
public static class ComponentValues
{
    private static readonly ComponentValue.U8[] Bytes = [.. Enumerable.Range(0, 256).Select(i => new ComponentValue.U8((byte)i))];
    private static readonly ComponentValue.Bool False = new(false);
    private static readonly ComponentValue.Bool True = new(true);

    /// <summary>A truth value.</summary>
    public static ComponentValue Bool(bool value) => value ? True : False;

    /// <summary>An unsigned byte; equal bytes are the same object.</summary>
    public static ComponentValue U8(byte value) => Bytes[value];

    /// <summary>A signed byte.</summary>
    public static ComponentValue S8(sbyte value) => new ComponentValue.S8(value);

    /// <summary>A signed 16-bit integer.</summary>
    public static ComponentValue S16(short value) => new ComponentValue.S16(value);

    /// <summary>An unsigned 16-bit integer.</summary>
    public static ComponentValue U16(ushort value) => new ComponentValue.U16(value);

    /// <summary>A signed 32-bit integer.</summary>
    public static ComponentValue S32(int value) => new ComponentValue.S32(value);

    /// <summary>An unsigned 32-bit integer.</summary>
    public static ComponentValue U32(uint value) => new ComponentValue.U32(value);

    /// <summary>A signed 64-bit integer.</summary>
    public static ComponentValue S64(long value) => new ComponentValue.S64(value);

    /// <summary>An unsigned 64-bit integer.</summary>
    public static ComponentValue U64(ulong value) => new ComponentValue.U64(value);

    /// <summary>A float of 32 bits, bit for bit.</summary>
    public static ComponentValue F32(float value) => new ComponentValue.F32(BitConverter.SingleToUInt32Bits(value));

    /// <summary>A float of 64 bits, bit for bit.</summary>
    public static ComponentValue F64(double value) => new ComponentValue.F64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A Unicode scalar value.</summary>
    public static ComponentValue Char(Rune value) => new ComponentValue.Char(value);

    /// <summary>A string.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static ComponentValue String(string value) => new ComponentValue.String(Given.NotNull(value, nameof(value)));

    /// <summary>A list.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="elements"/> is null.</exception>
    public static ComponentValue List(params IEnumerable<ComponentValue> elements) =>
        new ComponentValue.List(Given.NotNull(elements, nameof(elements)).ToEquatableArray());

    /// <summary>A list of unsigned bytes.</summary>
    /// <param name="bytes">The bytes; they are copied, one byte for each.</param>
    public static ComponentValue ListOfU8(ReadOnlySpan<byte> bytes) => new ComponentValue.List(EquatableArray.Create(bytes));

    /// <summary>The bytes of a list of unsigned bytes, as components pass it, without a copy where there need be none.</summary>
    /// <param name="value">The list.</param>
    /// <param name="bytes">Its bytes; empty where it is none.</param>
    /// <returns>Whether it is a list of unsigned bytes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static bool TryGetBytes(ComponentValue value, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (Given.NotNull(value, nameof(value)) is not ComponentValue.List list)
            return false;
        if (list.HasBytes)
        {
            bytes = list.Bytes.Items.AsMemory();
            return true;
        }
        byte[] copied = new byte[list.Length];
        for (int i = 0; i < copied.Length; i++)
        {
            if (list.Elements[i] is not ComponentValue.U8 element)
                return false;
            copied[i] = element.Value;
        }
        bytes = copied;
        return true;
    }

    /// <summary>Bytes one by one.</summary>
    internal static ComponentValue[] OfBytes(ReadOnlySpan<byte> bytes)
    {
        var elements = new ComponentValue[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
            elements[i] = Bytes[bytes[i]];
        return elements;
    }

    /// <summary>A tuple.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="elements"/> is null.</exception>
    public static ComponentValue Tuple(params IEnumerable<ComponentValue> elements) =>
        new ComponentValue.Tuple(Given.NotNull(elements, nameof(elements)).ToEquatableArray());

    /// <summary>A record; fields in the order of its type.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="fields"/> is null.</exception>
    public static ComponentValue Record(params IEnumerable<(string Name, ComponentValue Value)> fields) =>
        new ComponentValue.Record(Given.NotNull(fields, nameof(fields)).Select(f => new FieldValue(f.Name, f.Value)).ToEquatableArray());

    /// <summary>An option that has a value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static ComponentValue Some(ComponentValue value) => new ComponentValue.Option(Given.NotNull(value, nameof(value)));

    /// <summary>An option that has none.</summary>
    public static ComponentValue None { get; } = new ComponentValue.Option(null);
}
