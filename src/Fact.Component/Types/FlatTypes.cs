using System;

namespace Fact.Component.Types;

/// <summary>A core number type: what values flatten to.</summary>
internal enum CoreNum : byte
{
    I32,
    I64,
    F32,
    F64,
}

/// <summary>Flattening of value types to core number types, as far as core values are passed at all: 16 of them.</summary>
internal static class FlatTypes
{
    /// <summary>The most parameters that are passed as core values. Spec: <c>MAX_FLAT_PARAMS</c>.</summary>
    public const int MaxParams = 16;

    /// <summary>The same for a call with the async ABI. Spec: <c>MAX_FLAT_ASYNC_PARAMS</c>.</summary>
    public const int MaxAsyncParams = 4;

    /// <summary>The most results that are returned as core values. Spec: <c>MAX_FLAT_RESULTS</c>.</summary>
    public const int MaxResults = 1;

    /// <summary>Stands in caches for a type that flattens to more than <see cref="MaxParams"/> values.</summary>
    public static readonly CoreNum[] TooMany = new CoreNum[MaxParams + 1];

    private static readonly CoreNum[] I32 = [CoreNum.I32];
    private static readonly CoreNum[] I64 = [CoreNum.I64];
    private static readonly CoreNum[] F32 = [CoreNum.F32];
    private static readonly CoreNum[] F64 = [CoreNum.F64];
    private static readonly CoreNum[] Pointer32 = [CoreNum.I32, CoreNum.I32];
    private static readonly CoreNum[] Pointer64 = [CoreNum.I64, CoreNum.I64];

    /// <summary>The core types of a value, or null where there are too many. Spec: <c>flatten_type</c>.</summary>
    public static CoreNum[]? Flatten(CheckedValType type, bool memory64) => type.Kind switch
    {
        ValKind.S64 or ValKind.U64 => I64,
        ValKind.F32 => F32,
        ValKind.F64 => F64,
        ValKind.String or ValKind.List or ValKind.Map => memory64 ? Pointer64 : Pointer32,
        ValKind.Record or ValKind.Tuple => Sequence(type, memory64),
        ValKind.FixedLengthList => Repeat(type, memory64),
        ValKind.Variant or ValKind.Option or ValKind.Result => Choice(type, memory64),
        _ => I32,
    };

    /// <summary>Appends the core types of a value; false where there are then more than fit.</summary>
    /// <param name="type">The type of the value.</param>
    /// <param name="memory64">Whether pointers are 64-bit.</param>
    /// <param name="into">What is appended to.</param>
    /// <param name="count">How many are there; updated.</param>
    public static bool Append(CheckedValType type, bool memory64, Span<CoreNum> into, ref int count)
    {
        if (type.Flat(memory64) is not { } flat || count + flat.Length > into.Length)
            return false;
        flat.CopyTo(into[count..]);
        count += flat.Length;
        return true;
    }

    private static CoreNum[]? Sequence(CheckedValType type, bool memory64)
    {
        Span<CoreNum> flat = stackalloc CoreNum[MaxParams];
        int count = 0;
        foreach (var part in type.Parts)
        {
            if (!Append(part!, memory64, flat, ref count))
                return null;
        }
        return flat[..count].ToArray();
    }

    private static CoreNum[]? Repeat(CheckedValType type, bool memory64)
    {
        Span<CoreNum> flat = stackalloc CoreNum[MaxParams];
        int count = 0;
        for (uint i = 0; i < type.Number; i++)
        {
            if (!Append(type.Parts[0]!, memory64, flat, ref count))
                return null;
        }
        return flat[..count].ToArray();
    }

    private static CoreNum[]? Choice(CheckedValType type, bool memory64)
    {
        Span<CoreNum> flat = stackalloc CoreNum[MaxParams];
        flat[0] = CoreNum.I32;
        int count = 1;
        foreach (var part in type.Parts)
        {
            if (part is null)
                continue;
            if (part.Flat(memory64) is not { } payload || payload.Length >= MaxParams)
                return null;
            for (int i = 0; i < payload.Length; i++)
                flat[i + 1] = i + 1 < count ? Join(flat[i + 1], payload[i]) : payload[i];
            count = Math.Max(count, payload.Length + 1);
        }
        return flat[..count].ToArray();
    }

    /// <summary>The tightest core type that holds both. Spec: <c>join</c>.</summary>
    private static CoreNum Join(CoreNum a, CoreNum b)
    {
        if (a == b)
            return a;
        return a is CoreNum.I32 or CoreNum.F32 && b is CoreNum.I32 or CoreNum.F32 ? CoreNum.I32 : CoreNum.I64;
    }
}
