using System.Linq;
using System.Text.Json;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit;
using Xunit.Sdk;

namespace Fact.Properties.Component.Link;

/// <summary>Core types in plans.</summary>
public sealed class PlanCoreTypeLaws
{
    [Fact]
    public void The_core_types_that_an_imported_module_mentions_are_in_the_plan_and_no_others()
    {
        // The text parser of the engine does not survive module types with such references.
        var module = new CoreDefType.Module([
            Type(Plain(new CoreShape.Array(new(new CoreStorageType.Packed(8), false)))),
            Type(
                new CoreSubType(IsFinal: false, [], Comp(Func([Ref(2)]))),
                Plain(new CoreShape.Struct(
                    [new(new CoreStorageType.Packed(8), true), new(new CoreStorageType.Packed(16), false), new(new CoreStorageType.Value(F32), false)]))),
            Type(new CoreSubType(IsFinal: true, [new(1)], Comp(Func([Ref(2)])))),
            Type(new CoreSubType(IsFinal: false, [new(1)], Comp(Func([Ref(2)])))),
            Type(Plain(new CoreShape.Array(new(new CoreStorageType.Value(CoreValType.Ref(new CoreHeapType(CoreAbsHeapType.Extern))), true)))),
            Type(Plain(Func([Ref(5)]))),
            new CoreModuleDeclarator.Export("g", new CoreExternType.Func(new(3), IsExact: false)),
            new CoreModuleDeclarator.Export("t", new CoreExternType.Tag(new(6))),
            new CoreModuleDeclarator.Export("r", new CoreExternType.Global(new(Ref(4), IsMutable: false, IsShared: false))),
            new CoreModuleDeclarator.Import("", "f", new CoreExternType.Func(new(1), IsExact: false)),
        ]);
        var ast = new ComponentAst(0, 0, [
            new Definition.CoreType(0, new CoreDefType.Rec(new([Plain(new CoreShape.Struct([]))], IsExplicit: false))),
            new Definition.CoreType(0, module),
            new Definition.Import(0, new ExternName("m"), new ExternType.CoreModule(new(1))),
            new Definition.Import(0, new ExternName("n"), new ExternType.CoreModule(new(1))),
        ], [], ComponentNames.Empty);
        var plan = ComponentLinker.Link(ast).Match(Right: plan => plan, Left: errors => throw new XunitException(errors[0].ToString()));
        using var json = JsonDocument.Parse(PlanJson.ToUtf8(plan).Match(Right: utf8 => utf8, Left: error => throw new XunitException(error.ToString())));
        Assert.Equal(
            [
                "(rec (type $type0 (sub (func (param (ref null $type1))))) (type $type1 (struct (field (mut i8)) (field i16) (field f32))))",
                "(type $type2 (sub final $type0 (func (param (ref null $type1)))))",
                "(type $type3 (array (mut externref)))",
                "(type $type4 (func (param (ref null $type3))))",
                "(type $type5 (sub $type0 (func (param (ref null $type1)))))",
            ],
            json.RootElement.GetProperty("recTypes").EnumerateArray().Select(type => type.GetString()!).Order());
        var types = json.RootElement.GetProperty("coreModuleTypes");
        foreach (var import in json.RootElement.GetProperty("imports").EnumerateArray())
        {
            var type = types[import.GetProperty("type").GetInt32()];
            Assert.Equal(
                ["function (func (param (ref null $type1))) 2", "tag (func (param (ref null $type3))) 4", "global (global (ref null $type5)) -",
                    "function (func (param (ref null $type1))) 0"],
                type.GetProperty("exports").EnumerateArray().Concat(type.GetProperty("imports").EnumerateArray()).Select(entity =>
                    $"{entity.GetProperty("kind")} {entity.GetProperty("type")} {(entity.TryGetProperty("typeIndex", out var number) ? number : "-")}"));
        }
    }

    [Fact]
    public void A_group_comes_after_those_that_it_refers_to()
    {
        // Type n has a field of type n − 1; the module mentions the last one alone.
        const uint Last = 5;
        var chain = Enumerable.Range(0, (int)Last + 1)
            .Select(n => Type(Plain(new CoreShape.Struct(n == 0 ? [] : [new(new CoreStorageType.Value(Ref((uint)n - 1)), true)]))));
        var module = new CoreDefType.Module(
            [.. chain, new CoreModuleDeclarator.Export("g", new CoreExternType.Global(new(Ref(Last), IsMutable: false, IsShared: false)))]);
        var ast = new ComponentAst(
            0, 0, [new Definition.CoreType(0, module), new Definition.Import(0, new ExternName("m"), new ExternType.CoreModule(new(0)))], [], ComponentNames.Empty);
        var plan = ComponentLinker.Link(ast).Match(Right: plan => plan, Left: errors => throw new XunitException(errors[0].ToString()));
        Assert.Equal(chain.Select(type => type.Group), plan.Tables.CoreTypes.Items);
    }

    [Fact]
    public void A_plan_whose_root_imports_no_core_module_has_no_core_types() =>
        Assert.Empty(Linked.Plan("(component (core type (func)) (core module $m (func (export \"f\"))) (core instance (instantiate $m)))").Tables.CoreTypes);

    private static readonly CoreValType F32 = CoreValType.F32;

    private static CoreModuleDeclarator.Type Type(params CoreSubType[] types) => new(new CoreRecType([.. types], IsExplicit: types.Length > 1));

    private static CoreSubType Plain(CoreShape shape) => new(IsFinal: true, [], Comp(shape));

    private static CoreCompType Comp(CoreShape shape) => new(IsShared: false, null, null, shape);

    private static CoreShape.Func Func(CoreValType[] parameters) => new(new CoreFuncType([.. parameters], []));

    private static CoreValType Ref(uint index) => CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(index)));
}
