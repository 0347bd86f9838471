using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Resolves value types and function types. Spec: <c>defvaltype</c>, <c>functype</c>.</summary>
internal sealed class ValTypeChecker(CheckContext context, Lookup lookup)
{
    /// <summary>A mention of a value type.</summary>
    public ValType? Mention(ValTypeMention type) => type switch
    {
        ValTypeMention.Primitive(var primitive) => Primitive(primitive),
        ValTypeMention.Defined(var index) => lookup.ValType(index.Value),
    };

    /// <summary>A definition of a value type.</summary>
    public ValType? Define(DefValType type)
    {
        if (Make(type) is not { } made)
            return null;
        var defined = context.Types.Once(made);
        if (defined.Depth > ValType.MaxDepth)
            return Fail(DiagnosticCode.TooLarge, $"the type nests {defined.Depth} deep, more than the {ValType.MaxDepth} allowed");
        if (defined.Layout64.ElemSize >= CanonicalAbi.ElemSizeEnd)
            return Fail(DiagnosticCode.TooLarge, "a value of the type takes too much memory: it must be less than 2^28 bytes, with pointers of 64 bits");
        return defined;
    }

    /// <summary>A definition of a function type.</summary>
    public ComponentFuncType? Define(FuncType type)
    {
        var parameters = new Param[type.Params.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (Mention(type.Params[i].Type) is not { } param)
                return null;
            parameters[i] = new(type.Params[i].Label, param);
        }
        ValType? result = null;
        if (type.Result is not null)
        {
            result = Mention(type.Result);
            if (result is null)
                return null;
            if (result.Has(TypeContents.Borrows))
            {
                context.Fail(DiagnosticCode.InvalidType, "the result of a function type contains a borrow, which cannot outlive a call: use own");
                return null;
            }
        }
        return context.Types.Once(new ComponentFuncType(parameters.Seal(), result, type.IsAsync));
    }

    // The parts are defined before, and interned.
    private ValType? Make(DefValType type) => type switch
    {
        DefValType.Primitive(var primitive) => Primitive(primitive),
        DefValType.Record(var fields) => Record(fields),
        DefValType.Variant(var cases) => Variant(cases),
        DefValType.List(var element) => Mention(element) is { } of ? new ValType.List(of) : null,
        DefValType.FixedLengthList(var element, var length) => Mention(element) is { } of ? new ValType.FixedLengthList(of, length) : null,
        DefValType.Map(var key, var value) => Map(key, value),
        DefValType.Tuple(var types) => Tuple(types),
        DefValType.Flags(var labels) => new ValType.Flags(labels),
        DefValType.Enum(var labels) => new ValType.Enum(labels),
        DefValType.Option(var some) => Mention(some) is { } of ? new ValType.Option(of) : null,
        DefValType.Result(var ok, var error) => Optional(ok, out var success) && Optional(error, out var failure) ? new ValType.Result(success, failure) : null,
        DefValType.Own(var resource) => lookup.Resource(resource.Value) is { } id ? new ValType.Own(id.Table) : null,
        DefValType.Borrow(var resource) => lookup.Resource(resource.Value) is { } id ? new ValType.Borrow(id.Table) : null,
        DefValType.Stream(var element) => Stream(element),
        DefValType.Future(var element) => Element(element, "future", out var of) ? new ValType.Future(default, of) : null,
    };

    private static ValType Primitive(PrimValType type) => type switch
    {
        PrimValType.Bool => ValType.Of(PrimitiveType.Bool),
        PrimValType.S8 => ValType.Of(PrimitiveType.S8),
        PrimValType.U8 => ValType.Of(PrimitiveType.U8),
        PrimValType.S16 => ValType.Of(PrimitiveType.S16),
        PrimValType.U16 => ValType.Of(PrimitiveType.U16),
        PrimValType.S32 => ValType.Of(PrimitiveType.S32),
        PrimValType.U32 => ValType.Of(PrimitiveType.U32),
        PrimValType.S64 => ValType.Of(PrimitiveType.S64),
        PrimValType.U64 => ValType.Of(PrimitiveType.U64),
        PrimValType.F32 => ValType.Of(PrimitiveType.F32),
        PrimValType.F64 => ValType.Of(PrimitiveType.F64),
        PrimValType.Char => ValType.Of(PrimitiveType.Char),
        PrimValType.String => ValType.Of(PrimitiveType.String),
        PrimValType.ErrorContext => ErrorContext,
        _ => throw new UnreachableException(),
    };

    private static readonly ValType.ErrorContext ErrorContext = new(default(ErrorContextTableId));

    private ValType.Record? Record(EquatableArray<LabelValType> written)
    {
        var fields = new Field[written.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            if (Mention(written[i].Type) is not { } type)
                return null;
            fields[i] = new(written[i].Label, type);
        }
        return new(fields.Seal());
    }

    private ValType.Variant? Variant(EquatableArray<VariantCase> written)
    {
        var cases = new Case[written.Length];
        for (int i = 0; i < cases.Length; i++)
        {
            if (!Optional(written[i].Type, out var payload))
                return null;
            cases[i] = new(written[i].Label, payload);
        }
        return new(cases.Seal());
    }

    private ValType.Tuple? Tuple(EquatableArray<ValTypeMention> written)
    {
        var types = new ValType[written.Length];
        for (int i = 0; i < types.Length; i++)
        {
            if (Mention(written[i]) is not { } type)
                return null;
            types[i] = type;
        }
        return new(types.Seal());
    }

    private ValType? Map(ValTypeMention keys, ValTypeMention values)
    {
        if (Mention(keys) is not { } key || Mention(values) is not { } value)
            return null;
        return key is ValType.Primitive { Type: not PrimitiveType.F32 and not PrimitiveType.F64 }
            ? new ValType.Map(key, value)
            : Fail(DiagnosticCode.InvalidType, $"the keys of a map cannot be of {key.Keyword}: bool, an integer, char or string");
    }

    private ValType? Stream(ValTypeMention? written)
    {
        if (!Element(written, "stream", out var element))
            return null;
        return element is ValType.Primitive { Type: PrimitiveType.Char }
            ? Fail(DiagnosticCode.Unsupported, "a stream of char is not valid yet: use a stream of u8")
            : new ValType.Stream(default, element);
    }

    /// <summary>The element type of a stream or future.</summary>
    private bool Element(ValTypeMention? written, string what, out ValType? element)
    {
        if (!Optional(written, out element))
            return false;
        return element is null || !element.Has(TypeContents.Borrows)
            || context.Fail(DiagnosticCode.InvalidType, $"the element type of a {what} contains a borrow, which cannot outlive a call");
    }

    /// <summary>A type that need not be there; false, with an error, where it is wrong.</summary>
    private bool Optional(ValTypeMention? written, out ValType? type)
    {
        type = written is null ? null : Mention(written);
        return type is not null || written is null;
    }

    private ValType? Fail(DiagnosticCode code, string message)
    {
        context.Fail(code, message);
        return null;
    }
}
