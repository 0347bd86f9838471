using System;
using Fact.Ir;

foreach (ModuleImportType type in (ModuleImportType[])[new ModuleImportType.Memory(new CoreMemoryType()), new ModuleImportType.MutableI32()])
    Console.WriteLine(Name(type));
Console.WriteLine(Element(new ValType.List(ValType.Of(PrimitiveType.U8))));

static string Name(ModuleImportType type) => type switch
{
    ModuleImportType.Func(var signature) => $"a function of {signature.Params.Length} parameters",
    ModuleImportType.Memory { Type: _ } => "a memory",
    ModuleImportType.MutableI32 => "a global",
};

static ValType? Element(ValType type) => type switch
{
    ValType.List list => list.Element,
    ValType.FixedLengthList(var element, _) => element,
    ValType.Primitive or ValType.Record or (ValType.Tuple or ValType.Variant) or ValType.Enum or ValType.Flags or ValType.Option or ValType.Result or ValType.Map
        or ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext => null,
};
