using System;
using System.Buffers.Binary;
using System.Text;
using Fact.Component;
using Fact.Ir;
using Fact.Values;

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
        var parameters = function.Type.Params;
        var values = new ComponentValue[parameters.Length];
        int next = 0;
        var region = function.ParamsInMemory ? Region(flat[0], function.Tuple!) : default;
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("param", parameters[i].Name);
            values[i] = function.ParamsInMemory
                ? Load(region[(int)cx.LayoutOf(function.Tuple!).Offsets[i]..], parameters[i].Type)
                : LiftFlat(flat, ref next, parameters[i].Type);
            cx.Path.Pop();
        }
        return values;
    }

    /// <summary>The result of a call that a guest returned from; null where there is none. Spec: <c>lift_flat_values</c>.</summary>
    public ComponentValue? Result(ReadOnlySpan<ulong> flat, FunctionLayout function)
    {
        if (function.Type.Result is not { } type)
            return null;
        int next = 0;
        cx.Path.Push("result");
        var value = function.ResultInMemory ? Load(Region(flat[0], type), type) : LiftFlat(flat, ref next, type);
        cx.Path.Pop();
        return value;
    }

    /// <summary>Elements out of a range that was checked. Spec: <c>load_list_from_valid_range</c>.</summary>
    public EquatableArray<ComponentValue> Elements(ulong address, int count, ValType element)
    {
        cx.Spend(HeapSize.List((ulong)count));
        return LoadElements(cx.NeededMemory.Slice(address, count * cx.SizeOf(element)), element, count);
    }

    /// <summary>Spec: <c>load_string_from_range</c>.</summary>
    public string String(ulong address, ulong taggedCodeUnits) => LoadString(address, taggedCodeUnits).Value;

    private ReadOnlySpan<byte> Region(ulong address, ValType type)
    {
        var layout = cx.LayoutOf(type);
        cx.CheckRange(address, layout.ElemSize, layout.Alignment, OutOfBounds);
        return cx.NeededMemory.Slice(address, (int)layout.ElemSize);
    }

    /// <summary>Spec: <c>load</c>.</summary>
    private ComponentValue Load(ReadOnlySpan<byte> bytes, ValType type) => type switch
    {
        ValType.Primitive { Type: PrimitiveType.String } => LoadString(LoadPtr(bytes), LoadPtr(bytes[cx.PtrSize..])),
        ValType.Primitive t => FromBits(LoadInt(bytes, cx.SizeOf(t)), t.Type),
        ValType.List t => LoadList(LoadPtr(bytes), LoadPtr(bytes[cx.PtrSize..]), t.Element, isMap: false),
        ValType.Map t => LoadList(LoadPtr(bytes), LoadPtr(bytes[cx.PtrSize..]), t.Entry, isMap: true),
        ValType.FixedLengthList t => LoadFixedList(bytes, t),
        ValType.Record or ValType.Tuple => LoadRecord(bytes, type),
        ValType.Variant or ValType.Enum or ValType.Option or ValType.Result => LoadVariant(bytes, type),
        ValType.Flags t => Flags(LoadInt(bytes, cx.SizeOf(t)), t),
        ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => Handle((uint)LoadInt(bytes, 4), type),
    };

    private ulong LoadPtr(ReadOnlySpan<byte> bytes) => LoadInt(bytes, cx.PtrSize);

    private static ulong LoadInt(ReadOnlySpan<byte> bytes, int size) => size switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private ComponentValue LoadRecord(ReadOnlySpan<byte> bytes, ValType type)
    {
        var values = Fields(type);
        var offsets = cx.LayoutOf(type).Offsets;
        for (int i = 0; i < values.Length; i++)
        {
            cx.PushField(type, i);
            values[i] = Load(bytes[(int)offsets[i]..], TypeParts.At(type, i)!);
            cx.Path.Pop();
        }
        return RecordOf(values, type);
    }

    private ComponentValue LoadVariant(ReadOnlySpan<byte> bytes, ValType type)
    {
        int index = CaseIndex(LoadInt(bytes, TypeCases.DiscriminantSize(type)), type);
        if (TypeCases.Payload(type, index) is not { } payload)
            return VariantOf(index, null, type);
        cx.PushCase(type, index);
        var value = Load(bytes[(int)cx.LayoutOf(type).Offsets[0]..], payload);
        cx.Path.Pop();
        return VariantOf(index, value, type);
    }

    /// <summary>Spec: <c>load_list_from_range</c>.</summary>
    private ComponentValue LoadList(ulong address, ulong length, ValType elementType, bool isMap)
    {
        var element = cx.LayoutOf(elementType);
        if (length > cx.MaxByteLength / element.ElemSize)
            throw cx.Trap("byte size of list exceeds maximum");
        ulong size = length * element.ElemSize;
        cx.CheckRange(address, size, element.Alignment, "list pointer/length out of bounds of memory");
        bool isBytes = elementType is ValType.Primitive { Type: PrimitiveType.U8 };
        cx.Spend(isMap ? HeapSize.Map(length) : isBytes ? HeapSize.Bytes(length) : HeapSize.List(length));
        var bytes = cx.NeededMemory.Slice(address, (int)size);
        if (isBytes)
            return ComponentValues.ListOfU8(bytes);
        var elements = LoadElements(bytes, elementType, (int)length);
        return isMap ? MapOf(elements) : new ComponentValue.List(elements);
    }

    private ComponentValue.List LoadFixedList(ReadOnlySpan<byte> bytes, ValType.FixedLengthList type)
    {
        cx.Spend(HeapSize.List(type.Length));
        return new(LoadElements(bytes, type.Element, (int)type.Length));
    }

    /// <summary>The elements of a list whose places were counted.</summary>
    private EquatableArray<ComponentValue> LoadElements(ReadOnlySpan<byte> bytes, ValType element, int length)
    {
        var values = new ComponentValue[length];
        int size = cx.SizeOf(element);
        for (int i = 0; i < length; i++)
        {
            cx.Path.Push("list element", i);
            values[i] = Load(bytes[(i * size)..], element);
            cx.Path.Pop();
        }
        return values.Seal();
    }

    /// <summary>Spec: <c>load_string_from_range</c>.</summary>
    private ComponentValue.String LoadString(ulong address, ulong taggedCodeUnits)
    {
        ulong tag = 1UL << (cx.PtrSize * 8) - 1;
        bool latin1 = cx.Encoding == StringEncoding.Latin1OrUtf16 && (taggedCodeUnits & tag) == 0;
        bool utf16 = cx.Encoding != StringEncoding.Utf8 && !latin1;
        ulong codeUnits = cx.Encoding == StringEncoding.Latin1OrUtf16 ? taggedCodeUnits & ~tag : taggedCodeUnits;
        if (codeUnits > (utf16 ? cx.MaxByteLength / 2 : cx.MaxByteLength))
            throw cx.Trap(TrapMessages.Of(TrapCode.StringTooLong));
        ulong size = utf16 ? 2 * codeUnits : codeUnits;
        cx.CheckRange(address, size, cx.Encoding == StringEncoding.Utf8 ? 1u : 2u, "string pointer/length out of bounds of memory");
        var bytes = cx.NeededMemory.Slice(address, (int)size);
        if (!latin1 && !utf16)
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes))
                throw cx.Trap("invalid utf-8 string");
            cx.Spend(HeapSize.String((ulong)Encoding.UTF8.GetCharCount(bytes)));
            return new(Encoding.UTF8.GetString(bytes));
        }
        cx.Spend(HeapSize.String(codeUnits));
        if (latin1)
            return new(Encoding.Latin1.GetString(bytes));
        var chars = Transcode.Utf16.Chars((ReadOnlySpan<byte>)bytes);
        return UnicodeText.IsWellFormed(chars) ? new(chars.ToString()) : throw cx.Trap("invalid utf-16 string");
    }
}
