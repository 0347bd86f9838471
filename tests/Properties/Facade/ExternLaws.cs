using System;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Emit;
using Fact.Externs;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Component;
using Fact.Properties.Component.Types;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>What is written of the type of a component is its type: read again, each can be given where the other is asked for.</summary>
public sealed class ExternLaws
{
    [Law(2_000)]
    public void The_type_that_is_written_is_the_type_of_the_component(int a, int b)
    {
        string text = new TypeScopes(new Random((a * 1_000) + b)).Component(type => $"(type (eq {type}))");
        byte[] bytes = Module.ConvertText("(component" + text["(component (component".Length..^1]);
        var ast = Ast(bytes);
        var context = new CheckContext();
        if (ComponentChecker.Check(context, ast) is not { Type: var type })
            return;
        byte[] written = Written(Elaboration.Of(ast), bytes.Length);
        var again = ComponentChecker.Check(context, Ast(written));

        Assert.True(again is not null, $"{text}: {context.Error}");
        var expected = new CheckedExtern.Component(type);
        if (again.Type.Imports["x"] is var found && IsComparable(bytes))
        {
            Assert.True(new Subtyping(context).Mismatch(found, expected) is null, text);
            Assert.True(new Subtyping(context).Mismatch(expected, found) is null, text);
        }
        byte[] inside = Inside(written);
        Assert.True(EngineOracle.Says(bytes).Length > 0 || EngineOracle.Says(inside).Length == 0, $"{text}: {EngineOracle.Says(inside)}");
    }

    [Law(300)]
    public void A_wrapped_component_has_the_type_of_the_original(int a, int b)
    {
        string text = new TypeScopes(new Random((a * 1_000) + b)).Component(type => $"(type (eq {type}))");
        byte[] bytes = Module.ConvertText("(component" + text["(component (component".Length..^1]);
        if (!Fuser.TryFuse(bytes, FuseOptions.Default, out var fused, out _))
            return;

        Assert.True(Wrapper.TryWrap(fused, out var wrapped, out var errors), $"{text}: {errors}");
        string? difference = IsComparable(bytes) ? SameType.Difference(bytes, [.. wrapped]) : null;
        Assert.True(difference is null, $"{text}: {difference}");
        Assert.True(EngineOracle.Says(bytes).Length > 0 || EngineOracle.Says([.. wrapped]).Length == 0, $"{text}: {EngineOracle.Says([.. wrapped])}");
    }

    /// <summary>Types that are made of two of the type before write out to more than anything can hold.</summary>
    [Law(30)]
    public void What_is_written_is_linear_in_the_component(int a, int b)
    {
        byte[] bytes = Module.ConvertText(new Doubling(new Random((a * 1_000) + b)).Component());
        if (!Fuser.TryFuse(bytes, FuseOptions.Default, out var fused, out _))
            return;
        if (Wrapper.TryWrap(fused, out var wrapped, out var errors))
            Assert.True(wrapped.Length < 1_000_000 + (20L * bytes.Length), $"{bytes.Length} bytes became {wrapped.Length}");
        else
            Assert.Equal(DiagnosticCode.TooLarge, errors[0].Code);
    }

    [Fact]
    public void Deep_types_do_not_overflow_the_stack()
    {
        var text = new System.Text.StringBuilder("(component (type $t0 (list u8)) (type $i0 (instance (export \"f\" (func))))");
        for (int i = 1; i <= 90; i++)
        {
            text.Append($"(type $t{i} (list $t{i - 1})) (import \"t{i}\" (type $n{i} (eq $t{i})))");
            text.Append($"(type $i{i} (instance (alias outer 1 $i{i - 1} (type $i)) (export \"i\" (instance (type $i)))))");
        }
        byte[] bytes = Module.ConvertText(text.Append("(import \"deep\" (instance (type $i90))))").ToString());
        Assert.True(Fuser.TryFuse(bytes, FuseOptions.Default, out var fused, out var errors), errors.ToString());
        Assert.True(Wrapper.TryWrap(fused, out var wrapped, out errors), errors.ToString());
        Assert.Null(SameType.Difference(bytes, [.. wrapped]));
    }

    private static byte[] Written(ExternLists lists, long length)
    {
        var sections = new SectionSink();
        var scope = new Scope(new EncodeBudget(length), sections);
        scope.Write(lists);
        return sections.Finish().Written.ToArray();
    }

    // Types that declare resource types and are exported as types are not compared: each time they are written, the resource types are others.
    private static bool IsComparable(byte[] component) => SameType.Difference(component, component) is null;

    // An engine takes no component that imports one, but it takes one with such a one inside.
    private static byte[] Inside(byte[] component)
    {
        var sections = new SectionSink();
        sections.Whole(ComponentSection.Component, component);
        return sections.Finish().Written.ToArray();
    }

    private static ComponentAst Ast(byte[] bytes) =>
        ComponentDecoder.Decode(bytes).Match(Right: ast => ast, Left: error => throw new Xunit.Sdk.XunitException(error.ToString()));

    private sealed class Scope(EncodeBudget budget, DefinitionSink sink) : EncodeScope(budget, sink, null)
    {
        public void Write(ExternLists lists)
        {
            uint type = DefineComponent(lists);
            var import = Definitions.Begin(ComponentSection.Import);
            EncodedNames.Write(import, new ExternName("x"));
            import.Byte(0x04);
            import.Unsigned(type);
        }
    }
}
