using System;
using System.Buffers.Binary;
using System.Text;
using Fact.Host.Resources;
using Fact.Host.Values;
using Fact.Ir;

namespace Fact.Host.Canonical;

/// <summary>
/// Reads values out of a guest, with every check of the Canonical ABI. No guest code runs meanwhile, so spans of its memory stay good.
/// </summary>
internal sealed partial class Lifter(CanonicalContext cx)
{
    private const string OutOfBounds = "pointer out of bounds of memory";

    /// <summary>The parameters of a call that a guest makes. Spec: <c>lift_flat_values</c>.</summary>
    /// <param name="flat">The core arguments: i32 and f32 as their bits in the lower half.</param>
    /// <param name="function">What is called.</param>
    public ComponentValue[] Params(ReadOnlySpan<ulong> flat, FunctionLayout function)
    {
        var values = new ComponentValue[function.Params.Length];
        int next = 0;
        var region = function.ParamsInMemory ? Region(flat[0], function.Tuple!) : default;
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("param", function.Type.Params[i].Name);
            values[i] = function.ParamsInMemory
                ? Load(region[(int)function.Tuple!.Offsets[i]..], function.Params[i])
                : LiftFlat(flat, ref next, function.Params[i]);
            cx.Path.Pop();
        }
        return values;
    }

    /// <summary>The result of a call that a guest returned from; null where there is none. Spec: <c>lift_flat_values</c>.</summary>
    public ComponentValue? Result(ReadOnlySpan<ulong> flat, FunctionLayout function)
    {
        if (function.Result is null)
            return null;
        int next = 0;
        cx.Path.Push("result");
        var value = function.ResultInMemory ? Load(Region(flat[0], function.Result), function.Result) : LiftFlat(flat, ref next, function.Result);
        cx.Path.Pop();
        return value;
    }

    private ReadOnlySpan<byte> Region(ulong address, TypeLayout layout)
    {
        cx.CheckRange(address, layout.Size, layout.Alignment, OutOfBounds);
        cx.Spend(layout.Size);
        return cx.NeededMemory.Slice(address, (int)layout.Size);
    }

    /// <summary>Spec: <c>load</c>.</summary>
    private ComponentValue Load(ReadOnlySpan<byte> bytes, TypeLayout layout) => layout switch
    {
        TypeLayout.Scalar t => FromBits(LoadInt(bytes, (int)t.Size), t.Type),
        TypeLayout.String => LoadString(LoadPtr(bytes), LoadPtr(bytes[(int)cx.PtrSize..])),
        TypeLayout.List t => LoadList(LoadPtr(bytes), LoadPtr(bytes[(int)cx.PtrSize..]), t),
        TypeLayout.FixedList t => new ComponentValue.List(LoadElements(bytes, t.Element, (int)t.Length)),
        TypeLayout.Record t => LoadRecord(bytes, t),
        TypeLayout.Variant t => LoadVariant(bytes, t),
        TypeLayout.Flags t => Flags(LoadInt(bytes, (int)t.Size), t),
        TypeLayout.Handle t => Handle((uint)LoadInt(bytes, 4), t),
        TypeLayout.Async => throw Unsupported(),
    };

    private ulong LoadPtr(ReadOnlySpan<byte> bytes) => LoadInt(bytes, (int)cx.PtrSize);

    private static ulong LoadInt(ReadOnlySpan<byte> bytes, int size) => size switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private ComponentValue LoadRecord(ReadOnlySpan<byte> bytes, TypeLayout.Record layout)
    {
        var values = new ComponentValue[layout.Fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            PushField(layout, i);
            values[i] = Load(bytes[(int)layout.Offsets[i]..], layout.Fields[i]);
            cx.Path.Pop();
        }
        return RecordOf(values, layout);
    }

    private ComponentValue LoadVariant(ReadOnlySpan<byte> bytes, TypeLayout.Variant layout)
    {
        int index = CaseIndex(LoadInt(bytes, (int)layout.DiscriminantSize), layout);
        if (layout.Cases[index] is not { } payload)
            return VariantOf(index, null, layout);
        PushCase(layout, index);
        var value = Load(bytes[(int)layout.PayloadOffset..], payload);
        cx.Path.Pop();
        return VariantOf(index, value, layout);
    }

    /// <summary>Spec: <c>load_list_from_range</c>.</summary>
    private ComponentValue LoadList(ulong address, ulong length, TypeLayout.List layout)
    {
        if (length > cx.MaxByteLength / layout.Element.Size)
            throw cx.Trap("byte size of list exceeds maximum");
        ulong size = length * layout.Element.Size;
        cx.CheckRange(address, size, layout.Element.Alignment, "list pointer/length out of bounds of memory");
        cx.Spend(size);
        var bytes = cx.NeededMemory.Slice(address, (int)size);
        if (layout.Element is TypeLayout.Scalar { Type: PrimitiveType.U8 })
            return ComponentValues.ListOfU8(bytes);
        var elements = LoadElements(bytes, layout.Element, (int)length);
        return layout.IsMap ? MapOf(elements) : new ComponentValue.List(elements);
    }

    private EquatableArray<ComponentValue> LoadElements(ReadOnlySpan<byte> bytes, TypeLayout element, int length)
    {
        var values = new ComponentValue[length];
        for (int i = 0; i < length; i++)
        {
            cx.Path.Push("list element", i);
            values[i] = Load(bytes[(i * (int)element.Size)..], element);
            cx.Path.Pop();
        }
        return ArrayOf(values);
    }

    /// <summary>Spec: <c>load_string_from_range</c>.</summary>
    private ComponentValue.String LoadString(ulong address, ulong taggedCodeUnits)
    {
        ulong tag = 1UL << (int)((cx.PtrSize * 8) - 1);
        bool latin1 = cx.Encoding == StringEncoding.Latin1OrUtf16 && (taggedCodeUnits & tag) == 0;
        bool utf16 = cx.Encoding != StringEncoding.Utf8 && !latin1;
        ulong codeUnits = cx.Encoding == StringEncoding.Latin1OrUtf16 ? taggedCodeUnits & ~tag : taggedCodeUnits;
        if (codeUnits > (utf16 ? cx.MaxByteLength / 2 : cx.MaxByteLength))
            throw cx.Trap(TrapMessages.Of(TrapCode.StringLengthTooBig));
        ulong size = utf16 ? 2 * codeUnits : codeUnits;
        cx.CheckRange(address, size, cx.Encoding == StringEncoding.Utf8 ? 1u : 2u, "string pointer/length out of bounds of memory");
        cx.Spend(size);
        var bytes = cx.NeededMemory.Slice(address, (int)size);
        if (latin1)
            return new(Encoding.Latin1.GetString(bytes));
        if (utf16)
        {
            var chars = Transcode.Utf16.Chars((ReadOnlySpan<byte>)bytes);
            return Transcode.Utf16.IsWellFormed(chars) ? new(chars.ToString()) : throw cx.Trap("invalid utf-16 string");
        }
        return System.Text.Unicode.Utf8.IsValid(bytes) ? new(Encoding.UTF8.GetString(bytes)) : throw cx.Trap("invalid utf-8 string");
    }
}
