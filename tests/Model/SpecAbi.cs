using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Ir;

namespace Fact.Model;

/// <summary>
/// Sizes, alignments and core types, transcribed from the specification's <c>definitions.py</c> function by function and
/// without a look at the compiler: what the compiler is measured by. Naive on purpose, except that the results for a type
/// object are kept, so that types with shared parts end.
/// </summary>
public sealed class SpecAbi
{
    /// <summary>How many flat values parameters and results may have. Spec: <c>MAX_FLAT_PARAMS</c>, <c>MAX_FLAT_ASYNC_PARAMS</c>, <c>MAX_FLAT_RESULTS</c>.</summary>
    public const int MaxFlatParams = 16, MaxFlatAsyncParams = 4, MaxFlatResults = 1;

    /// <summary>How many flat types of a type are computed: more than can matter.</summary>
    public const int Enough = MaxFlatParams + 2;

    private static readonly ConditionalWeakTable<ValType, ValType> Despecialized = [];

    private readonly bool is64;
    private readonly ConditionalWeakTable<ValType, StrongBox<(ulong Alignment, ulong Size)>> known = [];
    private readonly ConditionalWeakTable<ValType, CoreValType[]> knownFlat = [];

    private SpecAbi(bool is64) => this.is64 = is64;

    /// <summary>With pointers of 32 bits.</summary>
    public static SpecAbi With32 { get; } = new(false);

    /// <summary>With pointers of 64 bits.</summary>
    public static SpecAbi With64 { get; } = new(true);

    /// <summary>With pointers of one width or the other.</summary>
    public static SpecAbi For(bool is64) => is64 ? With64 : With32;

    public ulong PtrSize => is64 ? 8u : 4u;

    public CoreValType Ptr => is64 ? CoreValType.I64 : CoreValType.I32;

    // def despecialize(t)
    public static ValType Despecialize(ValType t) => Despecialized.GetValue(t, static t => Plain(t));

    private static ValType Plain(ValType t) => t switch
    {
        ValType.Tuple tuple => new ValType.Record([.. tuple.Types.Items.Select((part, i) => new Field(i.ToString(CultureInfo.InvariantCulture), part))]),
        ValType.Enum e => new ValType.Variant([.. e.Labels.Items.Select(label => new Case(label, null))]),
        ValType.Option option => new ValType.Variant([new("none", null), new("some", option.Some)]),
        ValType.Result result => new ValType.Variant([new("ok", result.Ok), new("error", result.Error)]),
        ValType.Map map => new ValType.List(new ValType.Tuple([map.Key, map.Value])),
        _ => t,
    };

    // def contains(t, p)
    public static bool Contains(ValType? t, Func<ValType, bool> p)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        return t is not null && In(t);

        bool In(ValType t) => seen.Add(t) && (p(t) || Parts(t).Any(In));
    }

    public static bool ContainsBorrow(ValType? t) => Contains(t, part => part is ValType.Borrow);

    /// <summary>Whether a value of the type has a pointer to something in memory.</summary>
    public static bool ContainsPointer(ValType? t) =>
        Contains(t, part => part is ValType.List or ValType.Map or ValType.Primitive { Type: PrimitiveType.String });

    public static IEnumerable<ValType> Parts(ValType t) => Despecialize(t) switch
    {
        ValType.List list => [list.Element],
        ValType.FixedLengthList list => [list.Element],
        ValType.Record record => record.Fields.Items.Select(field => field.Type),
        ValType.Variant variant => variant.Cases.Items.Where(one => one.Type is not null).Select(one => one.Type!),
        _ => [],
    };

    // def alignment(t, ptr_type)
    public ulong Alignment(ValType t) => Of(t).Alignment;

    // def elem_size(t, ptr_type)
    public ulong ElemSize(ValType t) => Of(t).Size;

    private (ulong Alignment, ulong Size) Of(ValType t) =>
        known.GetValue(t, t => new((AlignmentOf(Despecialize(t)), ElemSizeOf(Despecialize(t))))).Value;

    private ulong AlignmentOf(ValType t) => t switch
    {
        ValType.Primitive { Type: PrimitiveType.Bool or PrimitiveType.S8 or PrimitiveType.U8 } => 1,
        ValType.Primitive { Type: PrimitiveType.S16 or PrimitiveType.U16 } => 2,
        ValType.Primitive { Type: PrimitiveType.S32 or PrimitiveType.U32 or PrimitiveType.F32 or PrimitiveType.Char } => 4,
        ValType.Primitive { Type: PrimitiveType.S64 or PrimitiveType.U64 or PrimitiveType.F64 } => 8,
        ValType.Primitive or ValType.List => PtrSize,
        ValType.FixedLengthList list => Alignment(list.Element),
        ValType.Record record => record.Fields.Items.Max(field => Alignment(field.Type)),
        ValType.Variant variant => Math.Max(DiscriminantSize(variant.Cases.Length), MaxCaseAlignment(variant)),
        ValType.Flags flags => FlagsSize(flags.Labels.Length),
        _ => 4,
    };

    private ulong ElemSizeOf(ValType t) => t switch
    {
        ValType.Primitive { Type: not PrimitiveType.String } => AlignmentOf(t),
        ValType.Primitive or ValType.List => 2 * PtrSize,
        ValType.FixedLengthList list => list.Length * ElemSize(list.Element),
        ValType.Record record => RecordSize(record),
        ValType.Variant variant => VariantSize(variant),
        ValType.Flags flags => FlagsSize(flags.Labels.Length),
        _ => 4,
    };

    private ulong RecordSize(ValType.Record record)
    {
        ulong s = 0;
        foreach (var field in record.Fields)
        {
            s = AlignTo(s, Alignment(field.Type));
            s += ElemSize(field.Type);
        }
        return AlignTo(s, AlignmentOf(record));
    }

    private ulong VariantSize(ValType.Variant variant)
    {
        ulong s = PayloadOffset(variant);
        s += variant.Cases.Items.Max(one => one.Type is { } t ? ElemSize(t) : 0);
        return AlignTo(s, AlignmentOf(variant));
    }

    // def discriminant_type(cases): its size
    public static ulong DiscriminantSize(int cases) => Math.Ceiling(Math.Log2(cases) / 8) switch
    {
        0 or 1 => 1,
        2 => 2,
        3 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(cases)),
    };

    // def max_case_alignment(cases, ptr_type)
    public ulong MaxCaseAlignment(ValType.Variant variant) =>
        variant.Cases.Items.Max(one => one.Type is { } t ? Alignment(t) : 1);

    /// <summary>Where the payload of a variant, enum, option or result starts.</summary>
    public ulong PayloadOffset(ValType t)
    {
        var variant = (ValType.Variant)Despecialize(t);
        return AlignTo(DiscriminantSize(variant.Cases.Length), MaxCaseAlignment(variant));
    }

    // def alignment_flags(labels), elem_size_flags(labels)
    public static ulong FlagsSize(int labels) => labels <= 8 ? 1u : labels <= 16 ? 2u : 4u;

    // def align_to(ptr, alignment)
    public static ulong AlignTo(ulong ptr, ulong alignment) => (ptr + alignment - 1) / alignment * alignment;

    /// <summary>The flat types, or the first of them where there are more than can matter.</summary>
    // def flatten_type(t, opts)
    public CoreValType[] FlattenType(ValType t) => knownFlat.GetValue(t, t => [.. Flatten(Despecialize(t)).Take(Enough)]);

    private IEnumerable<CoreValType> Flatten(ValType t) => t switch
    {
        ValType.Primitive { Type: PrimitiveType.S64 or PrimitiveType.U64 } => [CoreValType.I64],
        ValType.Primitive { Type: PrimitiveType.F32 } => [CoreValType.F32],
        ValType.Primitive { Type: PrimitiveType.F64 } => [CoreValType.F64],
        ValType.Primitive { Type: PrimitiveType.String } or ValType.List => [Ptr, Ptr],
        ValType.FixedLengthList list => Enumerable.Range(0, (int)Math.Min(list.Length, Enough)).SelectMany(_ => FlattenType(list.Element)),
        ValType.Record record => record.Fields.Items.SelectMany(field => FlattenType(field.Type)),
        ValType.Variant variant => FlattenVariant(variant),
        _ => [CoreValType.I32],
    };

    private List<CoreValType> FlattenVariant(ValType.Variant variant)
    {
        List<CoreValType> flat = [CoreValType.I32];
        foreach (var one in variant.Cases)
        {
            int i = 1;
            foreach (var ft in one.Type is { } t ? FlattenType(t) : [])
            {
                if (i < flat.Count)
                    flat[i] = Join(flat[i], ft);
                else
                    flat.Add(ft);
                i++;
            }
        }
        return flat;
    }

    // def join(a, b)
    public static CoreValType Join(CoreValType a, CoreValType b) =>
        a == b ? a
        : (a, b) is (CoreValType.I32, CoreValType.F32) or (CoreValType.F32, CoreValType.I32) ? CoreValType.I32
        : CoreValType.I64;

    /// <summary>The flat types, or null where there are more than <paramref name="max"/>.</summary>
    public CoreValType[]? FlattenTypes(IEnumerable<ValType> ts, int max)
    {
        CoreValType[] flat = [.. ts.SelectMany(FlattenType).Take(max + 1)];
        return flat.Length > max ? null : flat;
    }

    // def flatten_functype(opts, ft, context)
    public CoreFuncType FlattenFuncType(CanonicalOptions opts, ComponentFuncType ft, bool lift)
    {
        IEnumerable<ValType> results = ft.Result is { } result ? [result] : [];
        int maxParams = opts.Async && !lift ? MaxFlatAsyncParams : MaxFlatParams;
        List<CoreValType> flatParams = [.. FlattenTypes(ft.Params.Items.Select(p => p.Type), maxParams) ?? [Ptr]];
        if (lift && opts.Async)
            return new([.. flatParams], opts.Callback is null ? [] : [CoreValType.I32]);
        if (lift)
            return new([.. flatParams], [.. FlattenTypes(results, MaxFlatResults) ?? [Ptr]]);
        if (FlattenTypes(results, opts.Async ? 0 : MaxFlatResults) is { } flatResults)
            return new([.. flatParams], opts.Async ? [CoreValType.I32] : [.. flatResults]);
        return new([.. flatParams, Ptr], opts.Async ? [CoreValType.I32] : []);
    }
}
