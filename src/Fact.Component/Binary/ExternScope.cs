using System;
using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>Names of imports, and names of exports, must be strongly unique in their component or type.</summary>
internal static class ExternScope
{
    /// <summary>Fails at the first declarator whose name is taken.</summary>
    public static void RequireDistinct(ref ByteReader r, Ir.EquatableArray<Declarator> declarators)
    {
        var scope = default(SeenNames);
        foreach (var declarator in declarators)
        {
            if (r.Failed)
                return;
            if (declarator is Declarator.Import import)
                scope.AddImport(ref r, import.Name, import.Offset);
            else if (declarator is Declarator.Export export)
                scope.AddExport(ref r, export.Name, export.Offset);
        }
    }

    /// <summary>Fails at the first definition whose name is taken.</summary>
    public static void RequireDistinct(ref ByteReader r, ReadOnlySpan<Definition> definitions)
    {
        var scope = default(SeenNames);
        foreach (var definition in definitions)
        {
            if (r.Failed)
                return;
            if (definition is Definition.Import import)
                scope.AddImport(ref r, import.Name, import.Offset);
            else if (definition is Definition.Export export)
                scope.AddExport(ref r, export.Name, export.Offset);
        }
    }

    private struct SeenNames
    {
        private Keys imports;
        private Keys exports;

        public void AddImport(ref ByteReader r, ExternName name, long offset)
        {
            if (!imports.Add(NameSyntax.UniquenessKey(name.Name)))
                r.Fail(
                    DiagnosticCode.DuplicateName,
                    $"import name {Show.Name(name.Name)} conflicts with an earlier import: a difference in hyphens or case alone does not count", offset);
        }

        public void AddExport(ref ByteReader r, ExternName name, long offset)
        {
            if (!exports.Add(NameSyntax.UniquenessKey(name.Name)))
                r.Fail(
                    DiagnosticCode.DuplicateName,
                    $"export name {Show.Name(name.Name)} conflicts with an earlier export: a difference in hyphens or case alone does not count", offset);
        }
    }

    // Most types have one name or none, which needs no set.
    private struct Keys
    {
        private string? first;
        private HashSet<string>? all;

        public bool Add(string key)
        {
            if (first is null)
            {
                first = key;
                return true;
            }
            return (all ??= [first]).Add(key);
        }
    }
}
