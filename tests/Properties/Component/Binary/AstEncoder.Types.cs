using Fact.Component.Ast;

namespace Fact.Properties.Component.Binary;

internal static partial class AstEncoder
{
    private static void DefType(Out o, DefType type)
    {
        switch (type)
        {
            case DefType.Value value:
                DefValType(o, value.Type);
                break;
            case DefType.Func func:
                o.Byte(func.Type.IsAsync ? 0x43 : 0x40).Vec(func.Type.Params, LabelValType);
                ResultList(o, func.Type.Result);
                break;
            case DefType.Component component:
                o.Byte(0x41).Vec(component.Declarators, Declarator);
                break;
            case DefType.Instance instance:
                o.Byte(0x42).Vec(instance.Declarators, Declarator);
                break;
            case DefType.Resource resource:
                CoreValType(o.Byte(0x3f), resource.Rep);
                o.Flag(resource.Dtor is not null);
                if (resource.Dtor is { } dtor)
                    o.U32(dtor.Value);
                break;
        }
    }

    private static void Declarator(Out o, Declarator declarator)
    {
        o.Mark();
        switch (declarator)
        {
            case Declarator.CoreType type:
                CoreDefType(o.Byte(0x00), type.Defined);
                break;
            case Declarator.Type type:
                DefType(o.Byte(0x01), type.Defined);
                break;
            case Declarator.Alias alias:
                Alias(o.Byte(0x02), alias.Target);
                break;
            case Declarator.Import import:
                ExternType(ExternName(o.Byte(0x03), import.Name), import.Extern);
                break;
            case Declarator.Export export:
                ExternType(ExternName(o.Byte(0x04), export.Name), export.Extern);
                break;
        }
    }

    private static void DefValType(Out o, DefValType type)
    {
        switch (type)
        {
            case DefValType.Primitive primitive:
                o.Byte((int)primitive.Type);
                break;
            case DefValType.Record record:
                o.Byte(0x72).Vec(record.Fields, LabelValType);
                break;
            case DefValType.Variant variant:
                o.Byte(0x71).Vec(variant.Cases, static (o, @case) => o.Name(@case.Label).Optional(@case.Type, ValType).Byte(0));
                break;
            case DefValType.List list:
                ValType(o.Byte(0x70), list.Element);
                break;
            case DefValType.FixedLengthList list:
                ValType(o.Byte(0x67), list.Element);
                o.U32(list.Length);
                break;
            case DefValType.Map map:
                ValType(o.Byte(0x63), map.Key);
                ValType(o, map.Value);
                break;
            case DefValType.Tuple tuple:
                o.Byte(0x6f).Vec(tuple.Types, ValType);
                break;
            case DefValType.Flags flags:
                o.Byte(0x6e).Vec(flags.Labels, static (o, label) => o.Name(label));
                break;
            case DefValType.Enum @enum:
                o.Byte(0x6d).Vec(@enum.Labels, static (o, label) => o.Name(label));
                break;
            case DefValType.Option option:
                ValType(o.Byte(0x6b), option.Type);
                break;
            case DefValType.Result result:
                o.Byte(0x6a).Optional(result.Ok, ValType).Optional(result.Error, ValType);
                break;
            case DefValType.Own own:
                o.Byte(0x69).U32(own.Resource.Value);
                break;
            case DefValType.Borrow borrow:
                o.Byte(0x68).U32(borrow.Resource.Value);
                break;
            case DefValType.Stream stream:
                o.Byte(0x66).Optional(stream.Element, ValType);
                break;
            case DefValType.Future future:
                o.Byte(0x65).Optional(future.Element, ValType);
                break;
        }
    }

    private static void LabelValType(Out o, LabelValType item) => ValType(o.Name(item.Label), item.Type);

    private static void ValType(Out o, ValTypeMention type)
    {
        if (type is ValTypeMention.Primitive primitive)
            o.Byte((int)primitive.Type);
        else if (type is ValTypeMention.Defined defined)
            o.S33(defined.Type.Value);
    }

    private static void ResultList(Out o, ValTypeMention? result)
    {
        if (result is null)
            o.Byte(0x01).Byte(0x00);
        else
            ValType(o.Byte(0x00), result);
    }
}
