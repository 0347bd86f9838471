using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fact.Analyzers;

/// <summary>
/// Suppresses the warning that a <c>switch</c> expression over one of our unions is not complete (CS8509) where it has an arm for every case. Compilers know that by
/// themselves when they know closed hierarchies; others take any class for one that may have more cases.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompleteSwitches : DiagnosticSuppressor
{
    private const string Closed = "IsClosedTypeAttribute";

    private static readonly SuppressionDescriptor Rule = new("FACTS001", "CS8509", "There is an arm for every case of the closed type.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (node.FirstAncestorOrSelf<SwitchExpressionSyntax>() is { } found && IsComplete(found, context.GetSemanticModel(tree)))
                context.ReportSuppression(Suppression.Create(Rule, diagnostic));
        }
    }

    private static bool IsComplete(SwitchExpressionSyntax found, SemanticModel model)
    {
        if (model.GetTypeInfo(found.GoverningExpression).Type is not INamedTypeSymbol union || !IsClosed(union))
            return false;
        var covered = new List<ITypeSymbol>();
        foreach (var arm in found.Arms)
        {
            if (arm.WhenClause is null)
                AddCovered(arm.Pattern, model, covered);
        }
        return Cases(union).All(one => covered.Any(type => IsOrDerives(one, type)));
    }

    /// <summary>The types all of whose values match a pattern.</summary>
    private static void AddCovered(PatternSyntax pattern, SemanticModel model, List<ITypeSymbol> covered)
    {
        switch (pattern)
        {
            case ParenthesizedPatternSyntax { Pattern: var inner }:
                AddCovered(inner, model, covered);
                break;
            case BinaryPatternSyntax binary when binary.IsKind(SyntaxKind.OrPattern):
                AddCovered(binary.Left, model, covered);
                AddCovered(binary.Right, model, covered);
                break;
            case DeclarationPatternSyntax { Type: var type }:
                Add(type);
                break;
            case TypePatternSyntax { Type: var type }:
                Add(type);
                break;
            case ConstantPatternSyntax { Expression: var type }:
                Add(type);
                break;
            case RecursivePatternSyntax { Type: { } type } recursive when IsAlwaysTrue(recursive):
                Add(type);
                break;
        }

        void Add(ExpressionSyntax type)
        {
            if (model.GetSymbolInfo(type).Symbol is ITypeSymbol symbol)
                covered.Add(symbol);
        }
    }

    /// <summary>Whether a pattern asks for nothing but the type: all that it looks at is only named, or thrown away.</summary>
    private static bool IsAlwaysTrue(RecursivePatternSyntax pattern)
    {
        var parts = (pattern.PositionalPatternClause?.Subpatterns ?? default).Concat(pattern.PropertyPatternClause?.Subpatterns ?? default);
        return parts.All(part => part.Pattern is VarPatternSyntax { Designation: SingleVariableDesignationSyntax or DiscardDesignationSyntax } or DiscardPatternSyntax);
    }

    /// <summary>The cases of a union: they are nested in it, and so are those of a case that has cases of its own.</summary>
    private static IEnumerable<INamedTypeSymbol> Cases(INamedTypeSymbol union) => union.GetTypeMembers()
        .Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, union))
        .SelectMany(type => type.IsAbstract ? Cases(type) : [type]);

    /// <summary>Whether the metadata says so: compilers that know the attribute do not show it among those of the type.</summary>
    private static bool IsClosed(INamedTypeSymbol type)
    {
        if (type.ContainingModule?.GetMetadata()?.GetMetadataReader() is not { } reader
            || MetadataTokens.EntityHandle(type.MetadataToken) is not { Kind: HandleKind.TypeDefinition } handle)
        {
            return false;
        }
        foreach (var attribute in reader.GetTypeDefinition((TypeDefinitionHandle)handle).GetCustomAttributes())
        {
            // It is in the same assembly.
            if (reader.GetCustomAttribute(attribute).Constructor is { Kind: HandleKind.MethodDefinition } constructor
                && reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()) is var declaring
                && reader.StringComparer.Equals(declaring.Name, Closed))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol from)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at, from))
                return true;
        }
        return false;
    }
}
