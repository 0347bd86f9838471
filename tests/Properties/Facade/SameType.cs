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
            : new Subtyping(context).Mismatch(new CheckedExtern.Component(first), new CheckedExtern.Component(second))
                ?? new Subtyping(context).Mismatch(new CheckedExtern.Component(second), new CheckedExtern.Component(first));
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
