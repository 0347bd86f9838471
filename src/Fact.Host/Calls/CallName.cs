using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Calls;

/// <summary>
/// Which exported function a person means. Full names are long, <c>sample:shop/checkout@0.1.0#[method]basket.owner</c>, so less of one will do where it can be no other:
/// the version, the package or the instance may be left out, and what kind of function it is.
/// </summary>
internal static class CallName
{
    /// <summary>Finds the function.</summary>
    /// <param name="given">What somebody wrote.</param>
    /// <param name="exports">The full names of all exported functions.</param>
    /// <returns>The full name; or that there is none, or more than one.</returns>
    public static Either<Diagnostic, string> Find(string given, IReadOnlyCollection<string> exports)
    {
        if (exports.Contains(given))
            return given;
        var (instance, function) = Split(given);
        return exports.Where(export => Means(instance, function, export)).Take(MostShown + 1).ToList() switch
        {
            [] => Unknown(given, exports),
            [var only] => only,
            var several => new Diagnostic(
                DiagnosticCode.NotDefined, $"there is more than one exported function of this name: {ValueNames.List(several)}; say which", Quoted(given)),
        };
    }

    /// <summary>That no exported function has this name, with the name that is nearest, or all.</summary>
    public static Diagnostic Unknown(string given, IReadOnlyCollection<string> exports)
    {
        const string None = "there is no exported function of this name; ";
        var names = exports.SelectMany(export => Forms(export).Select(form => (Form: form, Export: export))).ToLookup(name => name.Form, name => name.Export);
        string message = exports.Count == 0 ? "the component exports no functions"
            : Spelling.Nearest(given, names.Select(name => name.Key)) is { } near ? $"{None}did you mean {ValueNames.List([.. names[near].Take(MostShown)])}?"
            : None + "there are " + ValueNames.List(exports);
        return new Diagnostic(DiagnosticCode.NotDefined, message, Quoted(given));
    }

    private const int MostShown = 5;

    private static string Quoted(string name) => $"\"{name}\"";

    private static bool Means(string? instance, string function, string export)
    {
        var (exportInstance, exportFunction) = Split(export);
        return (function == exportFunction || function == WithoutKind(exportFunction))
            && (instance is null || (exportInstance is not null && (instance == exportInstance || instance == WithoutVersions(exportInstance)
                || instance == WithoutPackage(exportInstance))));
    }

    /// <summary>The ways to write a name.</summary>
    private static IEnumerable<string> Forms(string export)
    {
        var (instance, function) = Split(export);
        IEnumerable<string> functions = [function, WithoutKind(function)];
        return (instance is null ? functions
            : [.. functions, .. new[] { instance, WithoutVersions(instance), WithoutPackage(instance) }.SelectMany(of => functions.Select(name => $"{of}#{name}"))])
            .Distinct();
    }

    private static (string? Instance, string Function) Split(string name)
    {
        int at = name.LastIndexOf('#');
        return at < 0 ? (null, name) : (name[..at], name[(at + 1)..]);
    }

    /// <summary><c>[method]basket.owner</c> as <c>basket.owner</c>.</summary>
    private static string WithoutKind(string function) => function is ['[', ..] ? function[(function.IndexOf(']', StringComparison.Ordinal) + 1)..] : function;

    /// <summary><c>a:b/c@1.0.0#d</c> as <c>a:b/c#d</c>.</summary>
    private static string WithoutVersions(string instance) => string.Join('#', instance.Split('#').Select(part => part.Split('@')[0]));

    /// <summary><c>a:b/c@1.0.0#d</c> as <c>c#d</c>.</summary>
    private static string WithoutPackage(string instance)
    {
        string bare = WithoutVersions(instance);
        return bare[(bare.LastIndexOf('/') + 1)..];
    }
}
