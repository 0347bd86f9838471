using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>
/// Sizes, alignments and core types of component values, written once more from the specification so that the tests do
/// not lean on the code under test. Spec: <c>alignment</c>, <c>elem_size</c>, <c>flatten_type</c>.
/// </summary>
/// <param name="Is64">Whether pointers have 64 bits.</param>
public sealed record Abi(bool Is64)
{
    /// <summary>Parameters that do not fit into this many core values travel in memory.</summary>
    public const int MaxFlatParams = 16;

    /// <summary>The core type of a pointer.</summary>
    public CoreValType Pointer => Is64 ? CoreValType.I64 : CoreValType.I32;

    /// <summary>The size of a pointer in bytes.</summary>
    public int PointerSize => Is64 ? 8 : 4;

    /// <summary>What is known of types that were asked for: it is asked again for every value.</summary>
    private static readonly ConditionalWeakTable<ValType, Facts> Known = [];

    /// <summary>What the parts of a record, tuple or list of fixed length are; null for other types.</summary>
    public static IReadOnlyList<ValType>? Parts(ValType type) => Of(type).Parts;

    /// <summary>The payloads of the cases of a variant, enum, option or result; null for other types.</summary>
    public static IReadOnlyList<ValType?>? Cases(ValType type) => Of(type).Cases;

    /// <summary>The element of a list; for a map the pair of key and value; null for other types.</summary>
    public static ValType? Element(ValType type) => Of(type).Element;

    private static Facts Of(ValType type) => Known.GetValue(type, static t => new(FindParts(t), FindCases(t), FindElement(t)));

    private static IReadOnlyList<ValType>? FindParts(ValType type) => type switch
    {
        ValType.Record t => [.. t.Fields.Items.Select(f => f.Type)],
        ValType.Tuple t => t.Types.Items,
        ValType.FixedLengthList t => [.. Enumerable.Repeat(t.Element, (int)t.Length)],
        _ => null,
    };

    private static IReadOnlyList<ValType?>? FindCases(ValType type) => type switch
    {
        ValType.Variant t => [.. t.Cases.Items.Select(c => c.Type)],
        ValType.Enum t => new ValType?[t.Labels.Length],
        ValType.Option t => [null, t.Some],
        ValType.Result t => [t.Ok, t.Error],
        _ => null,
    };

    private static ValType? FindElement(ValType type) => type switch
    {
        ValType.List t => t.Element,
        ValType.Map t => new ValType.Tuple([t.Key, t.Value]),
        _ => null,
    };

    /// <summary>The size of a discriminant in bytes.</summary>
    public static int DiscriminantSize(int cases) => cases <= 0x100 ? 1 : cases <= 0x10000 ? 2 : 4;

    /// <summary>The size of flags in bytes.</summary>
    public static int FlagsSize(int labels) => labels <= 8 ? 1 : labels <= 16 ? 2 : 4;

    /// <summary>The alignment of a type in bytes.</summary>
    public int Alignment(ValType type) => (LayoutOf(type).Alignment ??= new(FindAlignment(type))).Value;

    private int FindAlignment(ValType type)
    {
        if (Parts(type) is { } parts)
            return parts.Max(Alignment);
        if (Cases(type) is { } cases)
            return Math.Max(DiscriminantSize(cases.Count), PayloadAlignment(cases));
        return type is ValType.Primitive { Type: PrimitiveType.String } || Element(type) is not null ? PointerSize : Size(type);
    }

    /// <summary>The size of a type in bytes.</summary>
    public int Size(ValType type) => (LayoutOf(type).Size ??= new(FindSize(type))).Value;

    private int FindSize(ValType type)
    {
        if (Parts(type) is { } parts)
            return AlignTo(parts.Aggregate(0, (at, part) => AlignTo(at, Alignment(part)) + Size(part)), Alignment(type));
        if (Cases(type) is { } cases)
            return AlignTo(PayloadOffset(cases) + cases.Max(c => c is null ? 0 : Size(c)), Alignment(type));
        return type switch
        {
            ValType.Primitive t => t.Type switch
            {
                PrimitiveType.Bool or PrimitiveType.S8 or PrimitiveType.U8 => 1,
                PrimitiveType.S16 or PrimitiveType.U16 => 2,
                PrimitiveType.S64 or PrimitiveType.U64 or PrimitiveType.F64 => 8,
                PrimitiveType.String => 2 * PointerSize,
                _ => 4,
            },
            ValType.Flags t => FlagsSize(t.Labels.Length),
            ValType.List or ValType.Map => 2 * PointerSize,
            _ => 4,
        };
    }

    /// <summary>Where the payload of a variant starts.</summary>
    public int PayloadOffset(IReadOnlyList<ValType?> cases) => AlignTo(DiscriminantSize(cases.Count), PayloadAlignment(cases));

    /// <summary>The core types of the flat form.</summary>
    public IReadOnlyList<CoreValType> Flatten(ValType type) => LayoutOf(type).Flat ??= FindFlat(type);

    private IReadOnlyList<CoreValType> FindFlat(ValType type)
    {
        if (Parts(type) is { } parts)
            return [.. parts.SelectMany(Flatten)];
        if (Cases(type) is { } cases)
        {
            List<CoreValType> joined = [CoreValType.I32];
            foreach (var flat in cases.OfType<ValType>().Select(Flatten))
            {
                for (int i = 0; i < flat.Count; i++)
                {
                    if (i + 1 < joined.Count)
                        joined[i + 1] = Join(joined[i + 1], flat[i]);
                    else
                        joined.Add(flat[i]);
                }
            }
            return joined;
        }
        return type switch
        {
            ValType.Primitive t => t.Type switch
            {
                PrimitiveType.S64 or PrimitiveType.U64 => [CoreValType.I64],
                PrimitiveType.F32 => [CoreValType.F32],
                PrimitiveType.F64 => [CoreValType.F64],
                PrimitiveType.String => [Pointer, Pointer],
                _ => [CoreValType.I32],
            },
            ValType.List or ValType.Map => [Pointer, Pointer],
            _ => [CoreValType.I32],
        };
    }

    /// <summary>The core type of a function that was lifted, and whether parameters and result travel in memory.</summary>
    public FlatSignature Lifted(ComponentFuncType type)
    {
        var (all, paramsInMemory) = FlatParams(type);
        var results = type.Result is { } result ? Flatten(result) : [];
        return results.Count > 1
            ? new([.. all], [Pointer], paramsInMemory, true)
            : new([.. all], [.. results], paramsInMemory, false);
    }

    /// <summary>The core type that a function is lowered to, and whether parameters and result travel in memory.</summary>
    public FlatSignature Lowered(ComponentFuncType type)
    {
        var (all, paramsInMemory) = FlatParams(type);
        var results = type.Result is { } result ? Flatten(result) : [];
        return results.Count > 1
            ? new([.. all, Pointer], [], paramsInMemory, true)
            : new([.. all], [.. results], paramsInMemory, false);
    }

    /// <summary>Rounds up to a multiple of a power of two.</summary>
    public static int AlignTo(int value, int alignment) => (value + alignment - 1) & -alignment;

    /// <summary>The type that all parameters together have where they travel in memory.</summary>
    public static ValType ParamsTuple(ComponentFuncType type) => new ValType.Tuple([.. type.Params.Items.Select(p => p.Type)]);

    private (IReadOnlyList<CoreValType> Types, bool InMemory) FlatParams(ComponentFuncType type)
    {
        CoreValType[] flat = [.. type.Params.Items.SelectMany(p => Flatten(p.Type))];
        return flat.Length > MaxFlatParams ? ([Pointer], true) : (flat, false);
    }

    private int PayloadAlignment(IReadOnlyList<ValType?> cases) => cases.Max(c => c is null ? 1 : Alignment(c));

    private Layout LayoutOf(ValType type) => Is64 ? Of(type).With64 : Of(type).With32;

    private sealed record Facts(IReadOnlyList<ValType>? Parts, IReadOnlyList<ValType?>? Cases, ValType? Element)
    {
        public Layout With32 { get; } = new();

        public Layout With64 { get; } = new();
    }

    private sealed class Layout
    {
        public StrongBox<int>? Alignment { get; set; }

        public StrongBox<int>? Size { get; set; }

        public IReadOnlyList<CoreValType>? Flat { get; set; }
    }

    private static CoreValType Join(CoreValType a, CoreValType b) =>
        a == b ? a
        : a is CoreValType.I32 or CoreValType.F32 && b is CoreValType.I32 or CoreValType.F32 ? CoreValType.I32
        : CoreValType.I64;
}

/// <summary>The core type of a lifted or lowered function.</summary>
/// <param name="Params">Core parameters.</param>
/// <param name="Results">Core results.</param>
/// <param name="ParamsInMemory">Whether the first parameter points to all of them.</param>
/// <param name="ResultInMemory">Whether the result is behind a pointer: the last parameter of a lowered function, the result of a lifted one.</param>
public sealed record FlatSignature(EquatableArray<CoreValType> Params, EquatableArray<CoreValType> Results, bool ParamsInMemory, bool ResultInMemory);
