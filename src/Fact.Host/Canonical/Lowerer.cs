using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Fact.Host.Resources;
using Fact.Host.Values;
using Fact.Ir;

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
        ulong address = 0;
        if (function.ParamsInMemory)
            flat.Add(address = cx.Reallocate(0, 0, function.Tuple.Alignment, function.Tuple.Size));
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("param", function.Type.Params[i].Name);
            if (function.ParamsInMemory)
                Store(address + function.Tuple.Offsets[i], values[i], function.Params[i]);
            else
                LowerFlat(flat, values[i], function.Params[i]);
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
        if (function.Result is null || value is null)
            return flat;
        cx.Path.Push("result");
        if (function.ResultInMemory)
        {
            cx.CheckRange(returnPointer, function.Result.Size, function.Result.Alignment, "pointer out of bounds of memory");
            Store(returnPointer, value, function.Result);
        }
        else
        {
            LowerFlat(flat, value, function.Result);
        }
        cx.Path.Pop();
        return flat;
    }

    /// <summary>Spec: <c>store</c>. The range is in the memory, and a memory never shrinks.</summary>
    private void Store(ulong address, ComponentValue value, TypeLayout layout)
    {
        switch (layout, value)
        {
            case ({ HasPointers: false }, _):
                StorePlain(cx.NeededMemory.Slice(address, (int)layout.Size), value, layout);
                break;
            case (TypeLayout.String, ComponentValue.String v):
                StorePair(address, StoreString(v.Value));
                break;
            case (TypeLayout.List t, _):
                StorePair(address, StoreList(ElementsOf(value), t));
                break;
            case (TypeLayout.FixedList t, ComponentValue.List v):
                StoreElements(address, v.Elements, t.Element);
                break;
            case (TypeLayout.Record t, _):
                StoreRecord(address, value, t);
                break;
            case (TypeLayout.Variant t, _):
                StoreVariant(address, value, t);
                break;
            default:
                throw Mismatch(value);
        }
    }

    private void StorePair(ulong address, (ulong Begin, ulong Length) pair)
    {
        var bytes = cx.NeededMemory.Slice(address, 2 * (int)cx.PtrSize);
        StoreInt(bytes, pair.Begin, (int)cx.PtrSize);
        StoreInt(bytes[(int)cx.PtrSize..], pair.Length, (int)cx.PtrSize);
    }

    private void StoreRecord(ulong address, ComponentValue value, TypeLayout.Record layout)
    {
        for (int i = 0; i < layout.Fields.Length; i++)
        {
            PushField(layout, i);
            Store(address + layout.Offsets[i], FieldOf(value, i), layout.Fields[i]);
            cx.Path.Pop();
        }
    }

    private void StoreVariant(ulong address, ComponentValue value, TypeLayout.Variant layout)
    {
        var (index, payload) = CaseOf(value, layout);
        StoreInt(cx.NeededMemory.Slice(address, (int)layout.DiscriminantSize), (ulong)index, (int)layout.DiscriminantSize);
        if (layout.Cases[index] is not { } type)
            return;
        PushCase(layout, index);
        Store(address + layout.PayloadOffset, payload ?? throw Mismatch(value), type);
        cx.Path.Pop();
    }

    /// <summary>Spec: <c>store_list_into_range</c>.</summary>
    private (ulong Begin, ulong Length) StoreList(EquatableArray<ComponentValue> elements, TypeLayout.List layout)
    {
        ulong size = (ulong)elements.Length * layout.Element.Size;
        if (size > cx.MaxByteLength)
            throw cx.Trap("byte size of list exceeds maximum");
        ulong begin = cx.Reallocate(0, 0, layout.Element.Alignment, size);
        if (layout.Element.HasPointers)
            StoreElements(begin, elements, layout.Element);
        else
            StorePlainElements(cx.NeededMemory.Slice(begin, (int)size), elements, layout.Element);
        return (begin, (ulong)elements.Length);
    }

    private void StoreElements(ulong address, EquatableArray<ComponentValue> elements, TypeLayout element)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            cx.Path.Push("list element", i);
            Store(address + ((ulong)i * element.Size), elements[i], element);
            cx.Path.Pop();
        }
    }

    /// <summary>Values without strings and lists: no guest code runs, so one span serves for all parts.</summary>
    private void StorePlain(Span<byte> bytes, ComponentValue value, TypeLayout layout)
    {
        switch (layout, value)
        {
            case (TypeLayout.Scalar t, _):
                StoreInt(bytes, ToBits(value), (int)t.Size);
                break;
            case (TypeLayout.FixedList t, ComponentValue.List v):
                StorePlainElements(bytes, v.Elements, t.Element);
                break;
            case (TypeLayout.Record t, _):
                for (int i = 0; i < t.Fields.Length; i++)
                {
                    PushField(t, i);
                    StorePlain(bytes[(int)t.Offsets[i]..], FieldOf(value, i), t.Fields[i]);
                    cx.Path.Pop();
                }
                break;
            case (TypeLayout.Variant t, _):
                var (index, payload) = CaseOf(value, t);
                StoreInt(bytes, (ulong)index, (int)t.DiscriminantSize);
                if (t.Cases[index] is not { } type)
                    break;
                PushCase(t, index);
                StorePlain(bytes[(int)t.PayloadOffset..], payload ?? throw Mismatch(value), type);
                cx.Path.Pop();
                break;
            case (TypeLayout.Flags t, ComponentValue.Flags v):
                StoreInt(bytes, FlagBits(v, t), (int)t.Size);
                break;
            case (TypeLayout.Handle t, _):
                StoreInt(bytes, HandleIndex(value, t), 4);
                break;
            default:
                throw Mismatch(value);
        }
    }

    private void StorePlainElements(Span<byte> bytes, EquatableArray<ComponentValue> elements, TypeLayout element)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            cx.Path.Push("list element", i);
            StorePlain(bytes[(i * (int)element.Size)..], elements[i], element);
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
