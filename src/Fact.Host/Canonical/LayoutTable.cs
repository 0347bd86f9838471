using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Fact.Host.Values;
using Fact.Ir;
using LanguageExt;

namespace Fact.Host.Canonical;

/// <summary>
/// Lays out component types for pointers of one size, each type object once: types may share parts, so their written size says nothing.
/// It serves one host and is not for several threads at once.
/// </summary>
internal sealed class LayoutTable(bool is64)
{
    private static readonly string[] OptionNames = ["none", "some"];
    private static readonly string[] ResultNames = ["ok", "error"];

    private readonly Dictionary<ValType, TypeLayout> known = new(ReferenceEqualityComparer.Instance);
    private readonly uint ptrSize = is64 ? 8u : 4u;
    private readonly CoreValType ptr = is64 ? CoreValType.I64 : CoreValType.I32;
    private string? empty;

    /// <summary>Lays out a function's parameters and result, or says why a value of one of them cannot be.</summary>
    public Either<ValueError, FunctionLayout> Of(ComponentFuncType type)
    {
        foreach (var param in type.Params)
        {
            if (Fault(param.Type) is { } fault)
                return new ValueError($"param \"{param.Name}\"", fault);
        }
        if (type.Result is not null && Fault(type.Result) is { } resultFault)
            return new ValueError("result", resultFault);
        var parameters = type.Params.Items.Select(p => Of(p.Type)).ToArray();
        var result = type.Result is null ? null : Of(type.Result);
        return new FunctionLayout(type, parameters, parameters.Length == 0 ? null : Record(null, parameters), result, ptr);
    }

    private string? Fault(ValType type) =>
        type.Depth > CanonicalLimits.MaxTypeDepth ? $"the type nests {type.Depth} levels deep; the limit is {CanonicalLimits.MaxTypeDepth}"
        : Of(type).Size >= CanonicalLimits.ElemSizeEnd ? "a value of the type has 2^28 bytes or more"
        : empty;

    /// <summary>The layout of a type that nests no deeper than the limit.</summary>
    public TypeLayout Of(ValType type)
    {
        if (known.TryGetValue(type, out var layout))
            return layout;
        // Such types have no size, so that a list of them could have any length; no valid component has one.
        if (type is ValType.Record { Fields.Length: 0 } or ValType.Tuple { Types.Length: 0 } or ValType.FixedLengthList { Length: 0 }
            or ValType.Variant { Cases.Length: 0 } or ValType.Enum { Labels.Length: 0 } or ValType.Flags { Labels.Length: 0 or > 32 })
        {
            empty ??= $"there is no value of the type {TypeText.Of(type)}";
        }
        known.Add(type, layout = Make(type));
        return layout;
    }

    private TypeLayout Make(ValType type) => type switch
    {
        ValType.Primitive { Type: PrimitiveType.String } => new TypeLayout.String(ptrSize, ptr),
        ValType.Primitive t => Scalar(t.Type),
        ValType.List t => new TypeLayout.List(Of(t.Element), false, ptrSize, ptr),
        ValType.Map t => new TypeLayout.List(Record(null, [Of(t.Key), Of(t.Value)]), true, ptrSize, ptr),
        ValType.FixedLengthList t => FixedList(Of(t.Element), t.Length),
        ValType.Record t => Record([.. t.Fields.Items.Select(f => f.Name)], [.. t.Fields.Items.Select(f => Of(f.Type))]),
        ValType.Tuple t => Record(null, [.. t.Types.Items.Select(Of)]),
        ValType.Variant t => Variant(VariantKind.Variant, [.. t.Cases.Items.Select(c => c.Name)], [.. t.Cases.Items.Select(c => c.Type is null ? null : Of(c.Type))]),
        ValType.Enum t => Variant(VariantKind.Enum, [.. t.Labels.Items], new TypeLayout?[t.Labels.Length]),
        ValType.Option t => Variant(VariantKind.Option, OptionNames, [null, Of(t.Some)]),
        ValType.Result t => Variant(VariantKind.Result, ResultNames, [t.Ok is null ? null : Of(t.Ok), t.Error is null ? null : Of(t.Error)]),
        ValType.Flags t => new TypeLayout.Flags(t.Labels, t.Labels.Length <= 8 ? 1u : t.Labels.Length <= 16 ? 2u : 4u),
        ValType.Own t => new TypeLayout.Handle(t.Table, own: true),
        ValType.Borrow t => new TypeLayout.Handle(t.Table, own: false),
        ValType.Stream or ValType.Future or ValType.ErrorContext => new TypeLayout.Async(),
    };

    private static TypeLayout.Scalar Scalar(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool or PrimitiveType.S8 or PrimitiveType.U8 => new(type, 1, CoreValType.I32),
        PrimitiveType.S16 or PrimitiveType.U16 => new(type, 2, CoreValType.I32),
        PrimitiveType.S32 or PrimitiveType.U32 or PrimitiveType.Char => new(type, 4, CoreValType.I32),
        PrimitiveType.S64 or PrimitiveType.U64 => new(type, 8, CoreValType.I64),
        PrimitiveType.F32 => new(type, 4, CoreValType.F32),
        PrimitiveType.F64 => new(type, 8, CoreValType.F64),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static TypeLayout.FixedList FixedList(TypeLayout element, uint length)
    {
        bool flat = !element.Flat.IsDefault && element.Flat.Length * (long)length <= CanonicalLimits.MaxFlatParams;
        return new(element, length, Bounded(element.Size * length), flat ? [.. Enumerable.Repeat(element.Flat, (int)length).SelectMany(f => f)] : default);
    }

    private static TypeLayout.Record Record(string[]? names, TypeLayout[] fields)
    {
        ulong[] offsets = new ulong[fields.Length];
        ulong size = 0;
        uint alignment = 1;
        for (int i = 0; i < fields.Length; i++)
        {
            offsets[i] = AlignTo(size, fields[i].Alignment);
            size = Bounded(offsets[i] + fields[i].Size);
            alignment = Math.Max(alignment, fields[i].Alignment);
        }
        return new(names, fields, offsets, alignment, AlignTo(size, alignment), Concat(fields), fields.Any(f => f.HasPointers));
    }

    private static ImmutableArray<CoreValType> Concat(TypeLayout[] fields)
    {
        var flat = ImmutableArray.CreateBuilder<CoreValType>();
        foreach (var field in fields)
        {
            if (field.Flat.IsDefault || flat.Count + field.Flat.Length > CanonicalLimits.MaxFlatParams)
                return default;
            flat.AddRange(field.Flat);
        }
        return flat.ToImmutable();
    }

    private static TypeLayout.Variant Variant(VariantKind kind, string[] names, TypeLayout?[] cases)
    {
        uint discriminant = cases.Length <= 1 << 8 ? 1u : cases.Length <= 1 << 16 ? 2u : 4u;
        uint payloadAlignment = 1;
        ulong payloadSize = 0;
        foreach (var payload in cases)
        {
            payloadAlignment = Math.Max(payloadAlignment, payload?.Alignment ?? 1);
            payloadSize = Math.Max(payloadSize, payload?.Size ?? 0);
        }
        uint alignment = Math.Max(discriminant, payloadAlignment);
        uint offset = (uint)AlignTo(discriminant, payloadAlignment);
        return new(kind, names, cases, discriminant, offset, alignment, AlignTo(offset + payloadSize, alignment), Join(cases), cases.Any(c => c is { HasPointers: true }));
    }

    /// <summary>Spec: <c>flatten_variant</c>.</summary>
    private static ImmutableArray<CoreValType> Join(TypeLayout?[] cases)
    {
        var flat = new List<CoreValType> { CoreValType.I32 };
        foreach (var payload in cases)
        {
            if (payload is null)
                continue;
            if (payload.Flat.IsDefault || payload.Flat.Length >= CanonicalLimits.MaxFlatParams)
                return default;
            for (int i = 0; i < payload.Flat.Length; i++)
            {
                if (i + 1 < flat.Count)
                    flat[i + 1] = Join(flat[i + 1], payload.Flat[i]);
                else
                    flat.Add(payload.Flat[i]);
            }
        }
        return [.. flat];
    }

    private static CoreValType Join(CoreValType a, CoreValType b) =>
        a == b ? a
        : (a, b) is (CoreValType.I32, CoreValType.F32) or (CoreValType.F32, CoreValType.I32) ? CoreValType.I32
        : CoreValType.I64;

    private static ulong AlignTo(ulong value, uint alignment) => (value + alignment - 1) & ~(ulong)(alignment - 1);

    /// <summary>Sizes that are too great anyway are kept small enough to be added and multiplied.</summary>
    private static ulong Bounded(ulong size) => Math.Min(size, CanonicalLimits.ElemSizeEnd);
}
