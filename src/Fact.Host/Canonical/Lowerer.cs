using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>
/// Writes values into a guest. Its allocator runs in between and can do what it likes, so every span of its memory is fetched after the last call of it.
/// The values must belong to the types; <see cref="ValueCheck"/> says so.
/// </summary>
internal sealed partial class Lowerer(CanonicalContext cx)
{
    /// <summary>The arguments of a call into a guest, as core values. Spec: <c>lower_flat_values</c>.</summary>
    public List<ulong> Params(EquatableArray<ComponentValue> values, FunctionLayout function)
    {
        var flat = new List<ulong>();
        if (function.Tuple is null)
            return flat;
        var tuple = cx.LayoutOf(function.Tuple);
        ulong address = 0;
        if (function.ParamsInMemory)
            flat.Add(address = cx.Reallocate(0, 0, tuple.Alignment, tuple.ElemSize));
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("param", function.Type.Params[i].Name);
            if (function.ParamsInMemory)
                Store(address + tuple.Offsets[i], values[i], function.Type.Params[i].Type);
            else
                LowerFlat(flat, values[i], function.Type.Params[i].Type);
            cx.Path.Pop();
        }
        return flat;
    }

    /// <summary>The result of a call that a guest made, as core values or through its pointer. Spec: <c>lower_flat_values</c>.</summary>
    /// <param name="value">The result; null where there is none.</param>
    /// <param name="function">What was called.</param>
    /// <param name="returnPointer">The guest's pointer, where the result travels through one.</param>
    public List<ulong> Result(ComponentValue? value, FunctionLayout function, ulong returnPointer)
    {
        var flat = new List<ulong>();
        if (function.Type.Result is not { } type || value is null)
            return flat;
        cx.Path.Push("result");
        if (function.ResultInMemory)
        {
            var layout = cx.LayoutOf(type);
            cx.CheckRange(returnPointer, layout.ElemSize, layout.Alignment, "pointer out of bounds of memory");
            Store(returnPointer, value, type);
        }
        else
        {
            LowerFlat(flat, value, type);
        }
        cx.Path.Pop();
        return flat;
    }

    /// <summary>Elements into a range that was checked. Spec: <c>store_list_into_valid_range</c>.</summary>
    public void Elements(ulong address, EquatableArray<ComponentValue> elements, ValType element) => StoreElements(address, elements, element);

    /// <summary>A string into a range that was checked. Spec: <c>store_string</c>.</summary>
    public void String(ulong address, string text) => StorePair(address, StoreString(text));

    /// <summary>Spec: <c>store</c>. The range is in the memory, and a memory never shrinks.</summary>
    private void Store(ulong address, ComponentValue value, ValType type)
    {
        switch (type, value)
        {
            case (var t, _) when !t.Has(TypeContents.Pointers):
                StorePlain(cx.NeededMemory.Slice(address, cx.SizeOf(t)), value, t);
                break;
            case (ValType.Primitive, ComponentValue.String v):
                StorePair(address, StoreString(v.Value));
                break;
            case (ValType.List t, _):
                StorePair(address, StoreList(value, t.Element));
                break;
            case (ValType.Map t, _):
                StorePair(address, StoreList(value, t.Entry));
                break;
            case (ValType.FixedLengthList t, ComponentValue.List v):
                StoreElements(address, v.Elements, t.Element);
                break;
            case (ValType.Record or ValType.Tuple, _):
                StoreRecord(address, value, type);
                break;
            case (ValType.Variant or ValType.Option or ValType.Result, _):
                StoreVariant(address, value, type);
                break;
            default:
                throw Mismatch(value);
        }
    }

    private void StorePair(ulong address, (ulong Begin, ulong Length) pair)
    {
        var bytes = cx.NeededMemory.Slice(address, 2 * cx.PtrSize);
        StoreInt(bytes, pair.Begin, cx.PtrSize);
        StoreInt(bytes[cx.PtrSize..], pair.Length, cx.PtrSize);
    }

    private void StoreRecord(ulong address, ComponentValue value, ValType type)
    {
        var offsets = cx.LayoutOf(type).Offsets;
        for (int i = 0; i < offsets.Length; i++)
        {
            cx.PushField(type, i);
            Store(address + offsets[i], FieldOf(value, i), TypeParts.At(type, i)!);
            cx.Path.Pop();
        }
    }

    private void StoreVariant(ulong address, ComponentValue value, ValType type)
    {
        var (index, payload) = CaseOf(value, type);
        int size = TypeCases.DiscriminantSize(type);
        StoreInt(cx.NeededMemory.Slice(address, size), (ulong)index, size);
        if (TypeCases.Payload(type, index) is not { } payloadType)
            return;
        cx.PushCase(type, index);
        Store(address + cx.LayoutOf(type).Offsets[0], payload ?? throw Mismatch(value), payloadType);
        cx.Path.Pop();
    }

    /// <summary>Spec: <c>store_list_into_range</c>.</summary>
    private (ulong Begin, ulong Length) StoreList(ComponentValue list, ValType elementType)
    {
        var element = cx.LayoutOf(elementType);
        int length = LengthOf(list);
        ulong size = (ulong)length * element.ElemSize;
        if (IsTooLong(length, elementType))
            throw cx.Trap(ListTooLong);
        ulong begin = cx.Reallocate(0, 0, element.Alignment, size);
        if (list is ComponentValue.List { HasBytes: true } bytes)
        {
            bytes.Bytes.AsSpan().CopyTo(cx.NeededMemory.Slice(begin, (int)size));
            return (begin, (ulong)length);
        }
        var elements = ElementsOf(list);
        if (elementType.Has(TypeContents.Pointers))
            StoreElements(begin, elements, elementType);
        else
            StorePlainElements(cx.NeededMemory.Slice(begin, (int)size), elements, elementType);
        return (begin, (ulong)length);
    }

    private void StoreElements(ulong address, EquatableArray<ComponentValue> elements, ValType element)
    {
        ulong size = cx.LayoutOf(element).ElemSize;
        for (int i = 0; i < elements.Length; i++)
        {
            cx.Path.Push("list element", i);
            Store(address + ((ulong)i * size), elements[i], element);
            cx.Path.Pop();
        }
    }

    /// <summary>Values without strings and lists: no guest code runs, so one span serves for all parts.</summary>
    private void StorePlain(Span<byte> bytes, ComponentValue value, ValType type)
    {
        switch (type, value)
        {
            case (ValType.Primitive t, _):
                StoreInt(bytes, ToBits(value), cx.SizeOf(t));
                break;
            case (ValType.FixedLengthList t, ComponentValue.List v):
                StorePlainElements(bytes, v.Elements, t.Element);
                break;
            case (ValType.Record or ValType.Tuple, _):
                for (int i = 0; i < TypeParts.Count(type); i++)
                {
                    cx.PushField(type, i);
                    StorePlain(bytes[(int)cx.LayoutOf(type).Offsets[i]..], FieldOf(value, i), TypeParts.At(type, i)!);
                    cx.Path.Pop();
                }
                break;
            case (ValType.Variant or ValType.Enum or ValType.Option or ValType.Result, _):
                var (index, payload) = CaseOf(value, type);
                StoreInt(bytes, (ulong)index, TypeCases.DiscriminantSize(type));
                if (TypeCases.Payload(type, index) is not { } payloadType)
                    break;
                cx.PushCase(type, index);
                StorePlain(bytes[(int)cx.LayoutOf(type).Offsets[0]..], payload ?? throw Mismatch(value), payloadType);
                cx.Path.Pop();
                break;
            case (ValType.Flags t, ComponentValue.Flags v):
                StoreInt(bytes, FlagBits(v, t), cx.SizeOf(t));
                break;
            case (ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext, _):
                StoreInt(bytes, HandleIndex(value, type), 4);
                break;
            default:
                throw Mismatch(value);
        }
    }

    private void StorePlainElements(Span<byte> bytes, EquatableArray<ComponentValue> elements, ValType element)
    {
        int size = cx.SizeOf(element);
        for (int i = 0; i < elements.Length; i++)
        {
            cx.Path.Push("list element", i);
            StorePlain(bytes[(i * size)..], elements[i], element);
            cx.Path.Pop();
        }
    }

    private static void StoreInt(Span<byte> bytes, ulong value, int size)
    {
        switch (size)
        {
            case 1:
                bytes[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
                break;
        }
    }
}
