using System;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>Trees that no binary has, as the decoder refuses them before: linking, which takes trees, refuses them as well.</summary>
public sealed class TreeLaws
{
    private static readonly CoreValType F32 = CoreValType.F32;
    private static readonly Definition FuncType = new Definition.Type(0, new DefType.Func(new FuncType(false, [], null)));
    private static readonly Definition Module = new Definition.CoreModule(0, new RawBytes((byte[])[.. "\0asm"u8, 1, 0, 0, 0]));
    private static readonly Definition Bundle = new Definition.CoreInstance(0, new CoreInstanceExpr.FromExports([]));

    [Fact]
    public void Names_that_come_twice_are_refused()
    {
        Refused("there is another import of the name", FuncType, Import("a"), Import("a"));
        Refused("there is another export of the name", FuncType, Import("a"), Export("b"), Export("b"));
        Refused("argument \"a\" comes twice", FuncType, Import("a"), new Definition.Component(0, Tree()),
            new Definition.Instance(0, new InstanceExpr.Instantiate(new ComponentIdx(0), [new("a", new(Sort.Func, 0)), new("a", new(Sort.Func, 0))])));
        Refused("export \"a\" comes twice", FuncType, Import("a"),
            new Definition.Instance(0, new InstanceExpr.FromExports([new(new("a"), new(Sort.Func, 0)), new(new("a"), new(Sort.Func, 0))])));
        Refused("argument \"a\" is given twice", Module, Bundle,
            new Definition.CoreInstance(0, new CoreInstanceExpr.Instantiate(new CoreModuleIdx(0), [new("a", new(0)), new("a", new(0))])));
    }

    [Fact]
    public void Names_that_are_none_are_refused()
    {
        Refused("\"[method\" is not a well-formed name", FuncType, Import("[method"));
        Refused("has a version suffix, which only instances can have", FuncType,
            new Definition.Import(0, new ExternName("a", VersionSuffix: ".1"), new ExternType.Func(new TypeIdx(0))));
        Refused("has a version suffix, which only instances can have", FuncType, Import("a"),
            new Definition.Export(0, new ExternName("b", VersionSuffix: ".1"), new SortIdx(Sort.Func, 0), null));
    }

    [Fact]
    public void Core_types_that_cannot_be_there_are_refused()
    {
        Refused("a resource type is represented by i32 or i64", new Definition.Type(0, new DefType.Resource(F32, null)));
        Refused("a context slot is of i32 or i64", new Definition.Canon(0, new Canon.ContextGet(F32, 0)));
        Refused("a resource type can only be defined by a component", new Definition.Type(0, new DefType.Instance(
            [new Declarator.Type(0, new DefType.Resource(CoreValType.I32, null))])));
    }

    [Fact]
    public void Trees_that_are_too_deep_are_refused()
    {
        var tree = Tree();
        var type = new DefType.Instance([]);
        for (int i = 0; i < 201; i++)
        {
            tree = Tree(new Definition.Component(0, tree));
            type = new DefType.Instance([new Declarator.Type(0, type)]);
        }
        Assert.Contains("nest deeper than", Error(tree), StringComparison.Ordinal);
        Refused("nest deeper than", new Definition.Type(0, type));
    }

    [Theory]
    [InlineData("types")]
    [InlineData("functions")]
    [InlineData("core functions")]
    [InlineData("core functions, lowered")]
    [InlineData("definitions of one kind")]
    public void Index_spaces_are_limited(string what)
    {
        Definition[] before = [FuncType, Import("a"), Module, new Definition.CoreInstance(0, new CoreInstanceExpr.FromExports([])),
            new Definition.Canon(0, new Canon.Lower(new FuncIdx(0), CanonOpts.None))];
        Definition again = what switch
        {
            "types" => FuncType,
            "functions" => new Definition.Canon(0, new Canon.Lift(new CoreFuncIdx(0), CanonOpts.None, new TypeIdx(0))),
            "core functions" => new Definition.Canon(0, new Canon.Plain(PlainBuiltin.BackpressureInc)),
            "core functions, lowered" => before[^1],
            _ => new Definition.Alias(0, new Alias.Outer(OuterSort.Type, 0, 0)),
        };
        string error = Error(Tree([.. before, .. Enumerable.Repeat(again, 1_000_000)]));
        Assert.Contains(what.Split(',')[0], error, StringComparison.Ordinal);
        Assert.Contains("1000000", error, StringComparison.Ordinal);
    }

    private static Definition.Import Import(string name) => new(0, new ExternName(name), new ExternType.Func(new TypeIdx(0)));

    private static Definition.Export Export(string name) => new(0, new ExternName(name), new SortIdx(Sort.Func, 0), null);

    private static ComponentAst Tree(params Definition[] definitions) => new(0, 0, [.. definitions], [], ComponentNames.Empty);

    private static void Refused(string message, params Definition[] definitions) => Assert.Contains(message, Error(Tree(definitions)), StringComparison.Ordinal);

    private static string Error(ComponentAst tree) => ComponentLinker.Link(tree).Match(Right: _ => "", Left: errors => errors[0].Message);
}
