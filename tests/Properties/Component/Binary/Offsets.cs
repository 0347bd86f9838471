using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;

namespace Fact.Properties.Component.Binary;

/// <summary>Takes the offsets of a syntax tree apart from the rest of it.</summary>
internal static class Offsets
{
    /// <summary>Every offset, in the order in which things begin.</summary>
    public static IEnumerable<long> Of(ComponentAst ast) => ast.Definitions.Items.SelectMany(Of).Prepend(ast.Offset);

    /// <summary>The tree with every offset and length 0.</summary>
    public static ComponentAst Clear(ComponentAst ast) => ast with
    {
        Offset = 0,
        Length = 0,
        Definitions = [.. ast.Definitions.Items.Select(Clear)],
        CustomSections = [.. ast.CustomSections.Items.Select(section => section with { Offset = 0 })],
    };

    private static IEnumerable<long> Of(Definition definition) => definition switch
    {
        Definition.Component nested => Of(nested.Ast).Prepend(nested.Offset),
        Definition.Type type => Of(type.Defined).Prepend(type.Offset),
        _ => [definition.Offset],
    };

    private static IEnumerable<long> Of(DefType type) =>
        Declarators(type).SelectMany(declarator => declarator is Declarator.Type { Defined: var inner }
            ? Of(inner).Prepend(declarator.Offset)
            : [declarator.Offset]);

    private static IEnumerable<Declarator> Declarators(DefType type) => type switch
    {
        DefType.Component component => component.Declarators.Items,
        DefType.Instance instance => instance.Declarators.Items,
        _ => [],
    };

    private static Definition Clear(Definition definition) => definition switch
    {
        Definition.Component nested => new Definition.Component(0, Clear(nested.Ast)),
        Definition.Type type => new Definition.Type(0, Clear(type.Defined)),
        _ => definition with { Offset = 0 },
    };

    private static DefType Clear(DefType type) => type switch
    {
        DefType.Component component => new DefType.Component(Clear(component.Declarators)),
        DefType.Instance instance => new DefType.Instance(Clear(instance.Declarators)),
        _ => type,
    };

    private static Fact.Ir.EquatableArray<Declarator> Clear(Fact.Ir.EquatableArray<Declarator> declarators) =>
        [.. declarators.Items.Select(declarator => declarator is Declarator.Type type
            ? new Declarator.Type(0, Clear(type.Defined))
            : declarator with { Offset = 0 })];
}
