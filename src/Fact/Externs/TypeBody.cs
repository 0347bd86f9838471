using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>Definitions of value types and function types in the binary format. Spec: <c>defvaltype</c>, <c>functype</c>.</summary>
internal static class TypeBody
{
    private const byte Func = 0x40, AsyncFunc = 0x43;
    private const byte Record = 0x72, Variant = 0x71, List = 0x70, FixedLengthList = 0x67, Map = 0x63;
    private const byte Tuple = 0x6f, Flags = 0x6e, Enum = 0x6d, Option = 0x6b, Result = 0x6a;
    private const byte Own = 0x69, Borrow = 0x68, Stream = 0x66, Future = 0x65;

    /// <summary>The types that a definition mentions by index, one for each mention.</summary>
    public static IEnumerable<TypeNode> Parts(TypeNode node) => node switch
    {
        TypeNode.Value(DefValType.Own(var resource), var scope) => [scope.Types[(int)resource.Value]],
        TypeNode.Value(DefValType.Borrow(var resource), var scope) => [scope.Types[(int)resource.Value]],
        TypeNode.Value(var definition, var scope) => Defined(Mentions(definition), scope),
        TypeNode.Func(var definition, var scope) => Defined(Mentions(definition), scope),
        TypeNode.Named or TypeNode.Resource or TypeNode.Instance or TypeNode.Component => [],
    };

    /// <summary>How much there is to write of a definition, in parts and labels.</summary>
    public static long Size(TypeNode node) => 1 + node switch
    {
        TypeNode.Value(DefValType.Record(var fields), _) => fields.Length,
        TypeNode.Value(DefValType.Variant(var cases), _) => cases.Length,
        TypeNode.Value(DefValType.Tuple(var types), _) => types.Length,
        TypeNode.Value(DefValType.Flags(var labels), _) => labels.Length,
        TypeNode.Value(DefValType.Enum(var labels), _) => labels.Length,
        TypeNode.Func(var func, _) => func.Params.Length,
        TypeNode.Value or TypeNode.Named or TypeNode.Resource or TypeNode.Instance or TypeNode.Component => 1,
    };

    /// <summary>Writes the definition of a value type or function type.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="node">The type.</param>
    /// <param name="index">The index of each type that it mentions.</param>
    public static void Write(Sink to, TypeNode node, System.Func<TypeNode, uint> index)
    {
        if (node is TypeNode.Value(var value, var scope))
            new Writer(to, scope, index).Write(value);
        else if (node is TypeNode.Func(var func, var around))
            new Writer(to, around, index).Write(func);
    }

    private static IEnumerable<TypeNode> Defined(IEnumerable<ValTypeMention?> mentions, TypeScope scope)
    {
        foreach (var mention in mentions)
        {
            if (scope.At(mention) is { } node)
                yield return node;
        }
    }

    private static IEnumerable<ValTypeMention?> Mentions(FuncType func)
    {
        foreach (var parameter in func.Params.Items)
            yield return parameter.Type;
        yield return func.Result;
    }

    private static IEnumerable<ValTypeMention?> Mentions(DefValType type) => type switch
    {
        DefValType.Record(var fields) => System.Linq.Enumerable.Select(fields.Items, field => field.Type),
        DefValType.Variant(var cases) => System.Linq.Enumerable.Select(cases.Items, item => item.Type),
        DefValType.List(var element) => [element],
        DefValType.FixedLengthList(var element, _) => [element],
        DefValType.Map(var key, var value) => [key, value],
        DefValType.Tuple(var types) => types.Items,
        DefValType.Option(var some) => [some],
        DefValType.Result(var ok, var error) => [ok, error],
        DefValType.Stream(var element) => [element],
        DefValType.Future(var element) => [element],
        DefValType.Primitive or DefValType.Flags or DefValType.Enum or DefValType.Own or DefValType.Borrow => [],
    };

    private sealed class Writer(Sink to, TypeScope scope, System.Func<TypeNode, uint> index)
    {
        public void Write(FuncType func)
        {
            to.Byte(func.IsAsync ? AsyncFunc : Func);
            to.Unsigned((uint)func.Params.Length);
            foreach (var parameter in func.Params)
            {
                to.Name(parameter.Label);
                Mention(parameter.Type);
            }
            to.Byte(func.Result is null ? (byte)1 : (byte)0);
            if (func.Result is { } result)
                Mention(result);
            else
                to.Byte(0);
        }

        public void Write(DefValType type)
        {
            switch (type)
            {
                case DefValType.Primitive(var primitive):
                    to.Byte((byte)primitive);
                    break;
                case DefValType.Record(var fields):
                    Count(Record, fields.Length);
                    foreach (var field in fields)
                    {
                        to.Name(field.Label);
                        Mention(field.Type);
                    }
                    break;
                case DefValType.Variant(var cases):
                    Count(Variant, cases.Length);
                    foreach (var item in cases)
                    {
                        to.Name(item.Label);
                        Optional(item.Type);
                        to.Byte(0);
                    }
                    break;
                case DefValType.List(var element):
                    to.Byte(List);
                    Mention(element);
                    break;
                case DefValType.FixedLengthList(var element, var length):
                    to.Byte(FixedLengthList);
                    Mention(element);
                    to.Unsigned(length);
                    break;
                case DefValType.Map(var key, var value):
                    to.Byte(Map);
                    Mention(key);
                    Mention(value);
                    break;
                case DefValType.Tuple(var types):
                    Count(Tuple, types.Length);
                    foreach (var part in types)
                        Mention(part);
                    break;
                case DefValType.Flags(var labels):
                    Labels(Flags, labels);
                    break;
                case DefValType.Enum(var labels):
                    Labels(Enum, labels);
                    break;
                case DefValType.Option(var some):
                    to.Byte(Option);
                    Mention(some);
                    break;
                case DefValType.Result(var ok, var error):
                    to.Byte(Result);
                    Optional(ok);
                    Optional(error);
                    break;
                case DefValType.Own(var resource):
                    Handle(Own, resource);
                    break;
                case DefValType.Borrow(var resource):
                    Handle(Borrow, resource);
                    break;
                case DefValType.Stream(var element):
                    to.Byte(Stream);
                    Optional(element);
                    break;
                case DefValType.Future(var element):
                    to.Byte(Future);
                    Optional(element);
                    break;
            }
        }

        private void Count(byte opcode, int count)
        {
            to.Byte(opcode);
            to.Unsigned((uint)count);
        }

        private void Labels(byte opcode, EquatableArray<string> labels)
        {
            Count(opcode, labels.Length);
            foreach (string label in labels)
                to.Name(label);
        }

        private void Handle(byte opcode, TypeIdx resource)
        {
            to.Byte(opcode);
            to.Unsigned(index(scope.Types[(int)resource.Value]));
        }

        private void Optional(ValTypeMention? mention)
        {
            to.Byte(mention is null ? (byte)0 : (byte)1);
            if (mention is not null)
                Mention(mention);
        }

        private void Mention(ValTypeMention mention)
        {
            if (mention is ValTypeMention.Primitive(var primitive))
                to.Byte((byte)primitive);
            else
                to.Signed(index(scope.At(mention)!));
        }
    }
}
