using System;
using System.Collections.Generic;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Ir;

/// <summary>Parts that are missing are refused where they are passed, by their names.</summary>
public sealed class ArgumentFacts
{
    private static readonly ValType U8 = ValType.Of(PrimitiveType.U8);
    private static readonly ComponentFuncType Func = new([], null);
    private static readonly AdapterSide Side = new(Func, new InstanceNode(new(1)), new(StringEncoding.Utf8), CoreFuncType.Empty);

    private static readonly Dictionary<string, (Func<object> Make, string Name)> Calls = new()
    {
        ["list"] = (() => new ValType.List(null!), "Element"),
        ["fixed-length list"] = (() => new ValType.FixedLengthList(null!, 1), "Element"),
        ["map key"] = (() => new ValType.Map(null!, U8), "Key"),
        ["map value"] = (() => new ValType.Map(U8, null!), "Value"),
        ["record"] = (() => new ValType.Record([new("a", U8), default]), "Fields"),
        ["tuple"] = (() => new ValType.Tuple([U8, null!]), "Types"),
        ["variant"] = (() => new ValType.Variant([default]), "Cases"),
        ["enum"] = (() => new ValType.Enum(["a", null!]), "Labels"),
        ["flags"] = (() => new ValType.Flags([null!]), "Labels"),
        ["option"] = (() => new ValType.Option(null!), "Some"),
        ["primitive"] = (() => new ValType.Primitive((PrimitiveType)13), "Type"),
        ["shared primitive"] = (() => ValType.Of((PrimitiveType)(-1)), "type"),
        ["name of a field"] = (() => new Field(null!, U8), "Name"),
        ["type of a field"] = (() => new Field("a", null!), "Type"),
        ["other type of a field"] = (() => new Field("a", U8) with { Type = null! }, "Type"),
        ["name of a case"] = (() => new Case(null!, null), "Name"),
        ["name of a parameter"] = (() => new Param(null!, U8), "Name"),
        ["type of a parameter"] = (() => new Param("a", null!), "Type"),
        ["other type of a parameter"] = (() => new Param("a", U8) with { Type = null! }, "Type"),
        ["parameter"] = (() => new ComponentFuncType([default], null), "Params"),
        ["other parameter"] = (() => Func with { Params = [default] }, "Params"),
        ["memory type"] = (() => new CanonicalMemory(new(1), null!), "Type"),
        ["other memory type"] = (() => new CanonicalMemory(new(1), new()) with { Type = null! }, "Type"),
        ["function type of a side"] = (() => Side with { Type = null! }, "Type"),
        ["instance of a side"] = (() => Side with { Instance = null! }, "Instance"),
        ["options of a side"] = (() => Side with { Options = null! }, "Options"),
        ["core type of a side"] = (() => new AdapterSide(Func, Side.Instance, Side.Options, null!), "CoreType"),
        ["name of an adapter"] = (() => new Adapter(null!, new(1), Side, Side), "Name"),
        ["lift side"] = (() => new Adapter("a", new(1), null!, Side), "Lift"),
        ["lower side"] = (() => new Adapter("a", new(1), Side, Side) with { Lower = null! }, "Lower"),
        ["core type of what is lifted"] = (() => CanonicalCoreType.OfLift(null!, Side.Options), "type"),
        ["options of what is lowered"] = (() => CanonicalCoreType.OfLower(Func, null!), "options"),
        ["text"] = (() => TypeText.Of((ValType)null!), "type"),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_part_is_refused_by_its_name(string call) =>
        Assert.Equal(Calls[call].Name, Assert.ThrowsAny<ArgumentException>(() => Calls[call].Make()).ParamName);
}
