using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Binary;

internal sealed partial class AstMaker
{
    private static readonly PrimValType[] Primitives = System.Enum.GetValues<PrimValType>();

    private DefType DefType(int depth, bool isDeclared) => random.Next(depth < 3 ? 12 : 10) switch
    {
        < 8 => new DefType.Value(DefValType()),
        8 when !isDeclared => new DefType.Resource(IntegerType(), Coin() ? null : new CoreFuncIdx(Index())),
        8 or 9 => new DefType.Func(new FuncType(
            Coin(), Some(18, () => new LabelValType(Label(), ValType())), Maybe(ValType))),
        10 => new DefType.Component(Some(size / 2, () => Declarator(depth + 1, isComponent: true))),
        _ => new DefType.Instance(Some(size / 2, () => Declarator(depth + 1, isComponent: false))),
    };

    private Declarator Declarator(int depth, bool isComponent) => random.Next(isComponent ? 6 : 5) switch
    {
        0 => new Declarator.CoreType(0, CoreDefType()),
        1 => new Declarator.Type(0, DefType(depth, isDeclared: true)),
        2 => new Declarator.Alias(0, Coin()
            ? new Alias.Export(Coin() ? Sort.Type : Sort.Instance, new(Index()), Name())
            : new Alias.Outer(Coin() ? OuterSort.Type : OuterSort.CoreType, Index(), Index())),
        3 or 4 => Named(name => new Declarator.Export(0, name, ExternType(name))),
        _ => Named(name => new Declarator.Import(0, name, ExternType(name))),
    };

    private DefValType DefValType() => random.Next(15) switch
    {
        0 => new DefValType.Primitive(Primitive()),
        1 => new DefValType.Record(OneOrMore(12, () => new LabelValType(Label(), ValType()))),
        2 => new DefValType.Variant(OneOrMore(12, () => new VariantCase(Label(), Maybe(ValType)))),
        3 => new DefValType.List(ValType()),
        4 => new DefValType.FixedLengthList(ValType(), (uint)random.Next(1, (1 << 30) + 1)),
        5 => new DefValType.Map(Key(), ValType()),
        6 => new DefValType.Tuple(OneOrMore(5, ValType)),
        7 => new DefValType.Flags(OneOrMore(32, Label)),
        8 => new DefValType.Enum(OneOrMore(70, Label)),
        9 => new DefValType.Option(ValType()),
        10 => new DefValType.Result(Maybe(ValType), Maybe(ValType)),
        11 => new DefValType.Own(new(Index())),
        12 => new DefValType.Borrow(new(Index())),
        13 => new DefValType.Stream(Maybe(ValType)),
        _ => new DefValType.Future(Maybe(ValType)),
    };

    private ValTypeMention ValType() =>
        Coin() ? new ValTypeMention.Primitive(Primitive()) : new ValTypeMention.Defined(new(Index()));

    private ValTypeMention Key() => Coin() ? new ValTypeMention.Primitive(PrimValType.String) : new ValTypeMention.Defined(new(Index()));

    private PrimValType Primitive() => Primitives[random.Next(Primitives.Length)];

    private CoreDefType CoreDefType() => Coin()
        ? new CoreDefType.Rec(RecType())
        : new CoreDefType.Module(Some(8, ModuleDeclarator));

    private CoreModuleDeclarator ModuleDeclarator() => random.Next(4) switch
    {
        0 => new CoreModuleDeclarator.Import(Name(), Name(), CoreExternType()),
        1 => new CoreModuleDeclarator.Type(RecType()),
        2 => new CoreModuleDeclarator.OuterAlias(Index(), new(Index())),
        _ => new CoreModuleDeclarator.Export(Name(), CoreExternType()),
    };

    private CoreExternType CoreExternType() => random.Next(5) switch
    {
        0 => new CoreExternType.Func(new(Index()), IsExact: random.Next(5) == 0),
        1 => new CoreExternType.Table(new(RefType(), Limits())),
        2 => new CoreExternType.Memory(new(Limits(), Coin() ? 16 : 0)),
        3 => new CoreExternType.Global(new(CoreValType(), Coin(), Coin())),
        _ => new CoreExternType.Tag(new(Index())),
    };

    private CoreLimits Limits() => Coin()
        ? new CoreLimits((ulong)random.NextInt64() * 2, Coin() ? null : ulong.MaxValue, Is64: true, Coin())
        : new CoreLimits(Index(), Coin() ? null : Index(), Is64: false, Coin());

    private CoreRecType RecType() => Coin()
        ? new CoreRecType([SubType()], IsExplicit: false)
        : new CoreRecType(Some(4, SubType), IsExplicit: true);

    private CoreSubType SubType() => new(
        Coin(),
        Coin() ? [] : [new CoreTypeIdx(Index())],
        new CoreCompType(
            random.Next(5) == 0,
            random.Next(5) == 0 ? new CoreTypeIdx(Index()) : null,
            random.Next(5) == 0 ? new CoreTypeIdx(Index()) : null,
            Shape()));

    private CoreShape Shape() => random.Next(6) switch
    {
        0 => new CoreShape.Struct(Some(5, FieldType)),
        1 => new CoreShape.Array(FieldType()),
        2 => new CoreShape.Cont(new(Index())),
        _ => new CoreShape.Func(new CoreFuncType(Some(70, CoreValType), Some(3, CoreValType))),
    };

    private CoreFieldType FieldType() => new(
        Coin() ? new CoreStorageType.Packed(Coin() ? 8 : 16) : new CoreStorageType.Value(CoreValType()), Coin());

    private CoreValType IntegerType() =>
        Coin() ? Fact.Ir.CoreValType.I32 : Fact.Ir.CoreValType.I64;

    private CoreValType CoreValType() =>
        Coin() ? RefType() : (CoreValType)random.Next(0x7b, 0x80);

    private CoreValType RefType() => Fact.Ir.CoreValType.Ref(
        Coin() ? new CoreHeapType((CoreAbsHeapType)random.Next(0x68, 0x76), random.Next(4) == 0) : new CoreHeapType(new CoreTypeIdx(Index()), random.Next(4) == 0),
            Coin());
}
