using System;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Says which types a definition mentions that must have names. That the definition is right has been checked.</summary>
internal sealed class NameableTypes(CheckContext context, DefinitionScope scope)
{
    /// <summary>What a function type mentions; null where that is nothing.</summary>
    public Nameable? Of(FuncType type)
    {
        var parts = new Nameable?[type.Params.Length + 1];
        for (int i = 0; i < type.Params.Length; i++)
            parts[i] = Of(type.Params[i].Type);
        parts[^1] = Of(type.Result);
        return Nameable.Function(context, parts.Seal());
    }

    /// <summary>What a value type is or mentions; null where that is nothing.</summary>
    public Nameable? Of(DefValType type) => type switch
    {
        DefValType.Record(var fields) => Nameable.Of(context, "record", Each(fields, f => f.Type).Seal()),
        DefValType.Variant(var cases) => Nameable.Of(context, "variant", Each(cases, c => c.Type).Seal()),
        DefValType.Flags => Nameable.Of(context, "flags", []),
        DefValType.Enum => Nameable.Of(context, "enum", []),
        DefValType.Tuple(var types) => Nameable.Anonymous(context, Each(types, t => t)),
        DefValType.List(var element) => Of(element),
        DefValType.FixedLengthList(var element, _) => Of(element),
        DefValType.Map(var key, var value) => Nameable.Anonymous(context, [Of(key), Of(value)]),
        DefValType.Option(var some) => Of(some),
        DefValType.Result(var ok, var error) => Nameable.Anonymous(context, [Of(ok), Of(error)]),
        DefValType.Own(var resource) => At(resource),
        DefValType.Borrow(var resource) => At(resource),
        DefValType.Stream(var element) => Of(element),
        DefValType.Future(var element) => Of(element),
        DefValType.Primitive => null,
    };

    private Nameable? Of(ValTypeMention? type) => type is ValTypeMention.Defined(var index) ? At(index) : null;

    private Nameable? At(Ast.TypeIdx index) => scope.Types[(int)index.Value].Mentions;

    private Nameable?[] Each<T>(EquatableArray<T> members, Func<T, ValTypeMention?> type)
    {
        var parts = new Nameable?[members.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Of(type(members[i]));
        return parts;
    }
}
