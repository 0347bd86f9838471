using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Host;

/// <summary>
/// Layout and flattening transcribed from the specification's executable definitions, one function each, without a thought for speed.
/// </summary>
internal sealed class SpecLayout(bool is64)
{
    private uint PtrSize => is64 ? 8u : 4u;

    private CoreValType Ptr => is64 ? CoreValType.I64 : CoreValType.I32;

    private abstract record Shape;

    private sealed record Plain(uint Size, CoreValType Core) : Shape;

    private sealed record Pair : Shape;

    private sealed record Fixed(ValType Element, uint Length) : Shape;

    private sealed record Fields(ValType[] Types) : Shape;

    private sealed record Cases(ValType?[] Types) : Shape;

    private static Shape Despecialize(ValType type) => type switch
    {
        ValType.Primitive t => t.Type switch
        {
            PrimitiveType.Bool or PrimitiveType.S8 or PrimitiveType.U8 => new Plain(1, CoreValType.I32),
            PrimitiveType.S16 or PrimitiveType.U16 => new Plain(2, CoreValType.I32),
            PrimitiveType.S32 or PrimitiveType.U32 or PrimitiveType.Char => new Plain(4, CoreValType.I32),
            PrimitiveType.S64 or PrimitiveType.U64 => new Plain(8, CoreValType.I64),
            PrimitiveType.F32 => new Plain(4, CoreValType.F32),
            PrimitiveType.F64 => new Plain(8, CoreValType.F64),
            _ => new Pair(),
        },
        ValType.List or ValType.Map => new Pair(),
        ValType.FixedLengthList t => new Fixed(t.Element, t.Length),
        ValType.Record t => new Fields([.. t.Fields.Items.Select(f => f.Type)]),
        ValType.Tuple t => new Fields([.. t.Types.Items]),
        ValType.Variant t => new Cases([.. t.Cases.Items.Select(c => c.Type)]),
        ValType.Enum t => new Cases(new ValType?[t.Labels.Length]),
        ValType.Option t => new Cases([null, t.Some]),
        ValType.Result t => new Cases([t.Ok, t.Error]),
        ValType.Flags t => new Plain(t.Labels.Length <= 8 ? 1u : t.Labels.Length <= 16 ? 2u : 4u, CoreValType.I32),
        ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => new Plain(4, CoreValType.I32),
    };

    private static uint DiscriminantSize(int cases) => (uint)Math.Ceiling(Math.Log2(cases) / 8) switch { 0 or 1 => 1, 2 => 2, _ => 4 };

    private static ulong AlignTo(ulong value, uint alignment) => (value + alignment - 1) / alignment * alignment;

    public uint Alignment(ValType type) => Despecialize(type) switch
    {
        Plain p => p.Size,
        Pair => PtrSize,
        Fixed f => Alignment(f.Element),
        Fields f => f.Types.Select(Alignment).Append(1u).Max(),
        Cases c => Math.Max(DiscriminantSize(c.Types.Length), MaxCaseAlignment(c)),
        _ => throw new NotSupportedException(),
    };

    private uint MaxCaseAlignment(Cases cases) => cases.Types.OfType<ValType>().Select(Alignment).Append(1u).Max();

    public ulong ElemSize(ValType type) => Despecialize(type) switch
    {
        Plain p => p.Size,
        Pair => 2 * PtrSize,
        Fixed f => f.Length * ElemSize(f.Element),
        Fields f => AlignTo(f.Types.Aggregate(0UL, (s, t) => AlignTo(s, Alignment(t)) + ElemSize(t)), Alignment(type)),
        Cases c => AlignTo(AlignTo(DiscriminantSize(c.Types.Length), MaxCaseAlignment(c)) + c.Types.OfType<ValType>().Select(ElemSize).Append(0UL).Max(), Alignment(type)),
        _ => throw new NotSupportedException(),
    };

    public List<CoreValType> Flatten(ValType type) => Despecialize(type) switch
    {
        Plain p => [p.Core],
        Pair => [Ptr, Ptr],
        Fixed f => [.. Enumerable.Repeat(Flatten(f.Element), (int)f.Length).SelectMany(x => x)],
        Fields f => [.. f.Types.SelectMany(Flatten)],
        Cases c => [CoreValType.I32, .. c.Types.OfType<ValType>().Select(Flatten).Aggregate(new List<CoreValType>(), Join)],
        _ => throw new NotSupportedException(),
    };

    private static List<CoreValType> Join(List<CoreValType> a, List<CoreValType> b) =>
        [.. Enumerable.Range(0, Math.Max(a.Count, b.Count)).Select(i => i >= a.Count ? b[i] : i >= b.Count ? a[i] : Join(a[i], b[i]))];

    private static CoreValType Join(CoreValType a, CoreValType b)
    {
        if (a == b)
            return a;
        var narrow = new[] { CoreValType.I32, CoreValType.F32 };
        return narrow.Contains(a) && narrow.Contains(b) ? CoreValType.I32 : CoreValType.I64;
    }
}
