using System;
using Fact.Component.Ast;
using Fact.Ir;
using AbiLimits = Fact.Lower.Abi.Limits;

namespace Fact.Component.Types;

/// <summary>Resolves value types and function types. Spec: <c>defvaltype</c>, <c>functype</c>.</summary>
internal sealed class ValTypeChecker(CheckContext context, Lookup lookup)
{
    /// <summary>A mention of a value type.</summary>
    public CheckedValType? Mention(Ast.ValType type) => type switch
    {
        Ast.ValType.Primitive(var primitive) => Primitive(primitive),
        Ast.ValType.Defined(var index) => lookup.ValType(index.Value),
    };

    /// <summary>A definition of a value type.</summary>
    public CheckedValType? Define(DefValType type)
    {
        var defined = type switch
        {
            DefValType.Primitive(var primitive) => Primitive(primitive),
            DefValType.Record(var fields) => Labelled(ValKind.Record, fields.AsSpan(), f => f.Label, f => f.Type),
            DefValType.Variant(var cases) => Labelled(ValKind.Variant, cases.AsSpan(), c => c.Label, c => c.Type),
            DefValType.List(var element) => Of(ValKind.List, [element]),
            DefValType.FixedLengthList(var element, var length) => Of(ValKind.FixedLengthList, [element], length),
            DefValType.Map(var key, var value) => Map(key, value),
            DefValType.Tuple(var types) => Of(ValKind.Tuple, types.AsSpan()!),
            DefValType.Flags(var labels) => context.Types.Intern(ValKind.Flags, labels, []),
            DefValType.Enum(var labels) => context.Types.Intern(ValKind.Enum, labels, []),
            DefValType.Option(var some) => Of(ValKind.Option, [some]),
            DefValType.Result(var ok, var error) => Of(ValKind.Result, [ok, error]),
            DefValType.Own(var resource) => Handle(ValKind.Own, resource),
            DefValType.Borrow(var resource) => Handle(ValKind.Borrow, resource),
            DefValType.Stream(var element) => Channel(ValKind.Stream, element),
            DefValType.Future(var element) => Channel(ValKind.Future, element),
        };
        if (defined is null)
            return null;
        if (defined.Depth > Limits.TypeDepth)
            return Fail($"the type nests {defined.Depth} deep, more than the {Limits.TypeDepth} allowed");
        if (defined.Layout64.ElemSize >= AbiLimits.ElemSizeEnd)
            return Fail("a value of the type takes too much memory: it must be less than 2^28 bytes, with pointers of 64 bits");
        return defined;
    }

    /// <summary>A definition of a function type.</summary>
    public CheckedFuncType? Define(FuncType type)
    {
        var names = new string[type.Params.Length];
        var types = new CheckedValType[type.Params.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (Mention(type.Params[i].Type) is not { } param)
                return null;
            (names[i], types[i]) = (type.Params[i].Label, param);
        }
        CheckedValType? result = null;
        if (type.Result is not null)
        {
            result = Mention(type.Result);
            if (result is null)
                return null;
            if (result.Has(TypeTraits.Borrow))
            {
                context.Fail("the result of a function type contains a borrow, which cannot outlive a call: use own");
                return null;
            }
        }
        return context.Types.Intern(new CheckedFuncType(type.IsAsync, names.Seal(), types.Seal(), result));
    }

    private static CheckedValType Primitive(PrimValType type) => TypeInterner.Primitive(type switch
    {
        PrimValType.Bool => ValKind.Bool,
        PrimValType.S8 => ValKind.S8,
        PrimValType.U8 => ValKind.U8,
        PrimValType.S16 => ValKind.S16,
        PrimValType.U16 => ValKind.U16,
        PrimValType.S32 => ValKind.S32,
        PrimValType.U32 => ValKind.U32,
        PrimValType.S64 => ValKind.S64,
        PrimValType.U64 => ValKind.U64,
        PrimValType.F32 => ValKind.F32,
        PrimValType.F64 => ValKind.F64,
        PrimValType.Char => ValKind.Char,
        PrimValType.String => ValKind.String,
        _ => ValKind.ErrorContext,
    });

    private CheckedValType? Labelled<T>(ValKind kind, ReadOnlySpan<T> members, Func<T, string> label, Func<T, Ast.ValType?> type)
    {
        var labels = new string[members.Length];
        var types = new Ast.ValType?[members.Length];
        for (int i = 0; i < members.Length; i++)
            (labels[i], types[i]) = (label(members[i]), type(members[i]));
        return Of(kind, types, 0, labels.Seal());
    }

    private CheckedValType? Of(
        ValKind kind, ReadOnlySpan<Ast.ValType?> mentions, uint number = 0, EquatableArray<string> labels = default)
    {
        var parts = new CheckedValType?[mentions.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (mentions[i] is not { } mention)
                continue;
            parts[i] = Mention(mention);
            if (parts[i] is null)
                return null;
        }
        return context.Types.Intern(kind, labels, parts.Seal(), number);
    }

    private CheckedValType? Map(Ast.ValType key, Ast.ValType value)
    {
        if (Of(ValKind.Map, [key, value]) is not { } map)
            return null;
        var kind = map.Parts[0]!.Kind;
        return kind.IsPrimitive() && kind is not (ValKind.F32 or ValKind.F64 or ValKind.ErrorContext)
            ? map
            : Fail($"the keys of a map cannot be of {kind.Text()}: bool, an integer, char or string");
    }

    private CheckedValType? Handle(ValKind kind, Ast.TypeIdx resource) =>
        lookup.Resource(resource.Value) is { } id ? context.Types.Intern(kind, [], [], id.Value) : null;

    private CheckedValType? Channel(ValKind kind, Ast.ValType? element)
    {
        if (Of(kind, element is null ? [] : [element]) is not { } channel)
            return null;
        if (channel.Has(TypeTraits.Borrow))
            return Fail($"the element type of a {kind.Text()} contains a borrow, which cannot outlive a call");
        return kind == ValKind.Stream && channel.Parts is [{ Kind: ValKind.Char }]
            ? Fail("a stream of char is not valid yet: use a stream of u8")
            : channel;
    }

    private CheckedValType? Fail(string message)
    {
        context.Fail(message);
        return null;
    }
}
