using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Properties.Facade;

/// <summary>Whether two components have one type: each can be given where the other is asked for, and both have the same names in the same order.</summary>
internal static class SameType
{
    /// <summary>What differs; null where nothing does.</summary>
    public static string? Difference(byte[] a, byte[] b)
    {
        var context = new CheckContext();
        if (Checked(context, a) is not { } first || Checked(context, b) is not { } second)
            return $"one is invalid: {context.Error}";
        string names = Names(a), others = Names(b);
        return names != others ? $"{names} is not {others}"
            : Mutual(context, first, second);
    }

    /// <summary>What differs but for imports, and exports of imported instances, that the second does not have; null where nothing does.</summary>
    /// <param name="whole">A component.</param>
    /// <param name="lessImporting">One that may import less.</param>
    public static string? DifferenceButImports(byte[] whole, byte[] lessImporting)
    {
        var context = new CheckContext();
        if (Checked(context, whole) is not { } first || Checked(context, lessImporting) is not { } second)
            return $"one is invalid: {context.Error}";
        if (Set(first.Exports) != Set(second.Exports))
            return $"{Set(first.Exports)} is not {Set(second.Exports)}";
        first = new CheckedComponentType(Common(first.Imports, second.Imports), first.Exports, first.ImportedResources, first.DefinedResources);
        return Mutual(context, first, second);
    }

    private static string? Mutual(CheckContext context, CheckedComponentType a, CheckedComponentType b) =>
        new Subtyping(context).Mismatch(new CheckedExtern.Component(a), new CheckedExtern.Component(b))
            ?? new Subtyping(context).Mismatch(new CheckedExtern.Component(b), new CheckedExtern.Component(a));

    private static string Set(OrderedDictionary<string, CheckedExtern> externs) => string.Join(' ', externs.Keys.Order(System.StringComparer.Ordinal));

    private static OrderedDictionary<string, CheckedExtern> Common(OrderedDictionary<string, CheckedExtern> whole, OrderedDictionary<string, CheckedExtern> part)
    {
        var common = new OrderedDictionary<string, CheckedExtern>();
        foreach (var (name, item) in whole)
        {
            if (part.TryGetValue(name, out var other))
            {
                common.Add(name, (item, other) is (CheckedExtern.Instance(var a), CheckedExtern.Instance(var b))
                    ? new CheckedExtern.Instance(new CheckedInstanceType(Common(a.Exports, b.Exports), a.Bound))
                    : item);
            }
        }
        return common;
    }

    private static CheckedComponentType? Checked(CheckContext context, byte[] bytes) => ComponentChecker.Check(context, Ast(bytes))?.Type;

    private static string Names(byte[] bytes)
    {
        var definitions = Ast(bytes).Definitions.Items;
        return string.Join(' ', definitions.OfType<Definition.Import>().Select(import => Text("import", import.Name)))
            + string.Join(' ', definitions.OfType<Definition.Export>().Select(export => Text("export", export.Name)));
    }

    private static string Text(string what, ExternName name) => $"{what} {name.Name} {name.Implements} {name.VersionSuffix} {name.ExternalId}";

    private static ComponentAst Ast(byte[] bytes) =>
        ComponentDecoder.Decode(bytes).Match(Right: ast => ast, Left: error => throw new Xunit.Sdk.XunitException(error.ToString()));
}
