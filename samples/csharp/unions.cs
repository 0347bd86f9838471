using System;
using Fact.Ir;

Console.WriteLine(Words(new ValType.List(ValType.Of(PrimitiveType.String))));
Console.WriteLine(Words(new ValType.Result(ValType.Of(PrimitiveType.U8), Error: null)));

// An arm for each case, and no other: the compiler says where one is missing.
static string Words(ValType type) => type switch
{
    ValType.Primitive(var primitive) => primitive.ToString().ToLowerInvariant(),
    ValType.List(var element) => "a list of " + Words(element),
    ValType.Option(var some) => Words(some) + ", or nothing",
    ValType.Result(var ok, _) => ok is null ? "success or not" : Words(ok) + ", or an error",
    ValType.FixedLengthList or ValType.Map or ValType.Record or ValType.Tuple or ValType.Variant or ValType.Enum or ValType.Flags => "something larger",
    ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => "a handle",
};
