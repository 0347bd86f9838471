using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Fuse;

/// <summary>
/// The names that functions of a component have in core modules: those of the build target <c>cm32p2</c> of the component model. It names interfaces without what
/// does not matter of their versions; where two would have one name, the second keeps its own.
/// </summary>
internal sealed class CoreNames
{
    /// <summary>The export that calls the start functions.</summary>
    public const string Initialize = Target + "_initialize";

    private const string Target = "cm32p2", OfExports = "_ex_";

    private readonly Dictionary<string, string> imported = [], exported = [];
    private readonly HashSet<string> taken = [];

    /// <summary>A memory; there is one for most components.</summary>
    public static string Memory(int number) => Numbered(Target + "_memory", number);

    /// <summary>An allocator; there is one for most components.</summary>
    public static string Realloc(int number) => Numbered(Target + "_realloc", number);

    /// <summary>What to call when the results of an exported function were read.</summary>
    public static string PostReturn(string export) => export + "_post";

    /// <summary>An exported function.</summary>
    /// <param name="path">The exported instances that it is in, from the outside, and its name.</param>
    public string Export(EquatableArray<string> path) => $"{Target}|{Interface(path, exported)}|{path[^1]}";

    /// <summary>The destructor of an exported resource type.</summary>
    public string Destructor(EquatableArray<string> path) => Export(path) + "_dtor";

    /// <summary>An imported function: module name and name.</summary>
    /// <param name="path">The imported instances that it is in, from the outside, and its name.</param>
    /// <param name="number">0 for how it is first lowered, from 1 on for further ways.</param>
    public CoreImportName Import(EquatableArray<string> path, int number) =>
        new(path.Length == 1 ? Target : $"{Target}|{Interface(path, imported)}", Numbered(path[^1], number));

    /// <summary>What a component can do with resources of an imported type: <c>drop</c>.</summary>
    public CoreImportName OfImported(EquatableArray<string> path, string what) => Import([.. path.Items[..^1], path[^1] + "_" + what], 0);

    /// <summary>What a component can do with resources of an exported type: <c>new</c>, <c>rep</c>, <c>drop</c>.</summary>
    public CoreImportName OfExported(EquatableArray<string> path, string what) => new($"{Target}|{OfExports}{Interface(path, exported)}", path[^1] + "_" + what);

    /// <summary>Spec: interface name canonicalization.</summary>
    public static string Canonical(string name)
    {
        int at = name.LastIndexOf('@');
        if (at < 0)
            return name;
        string version = name[(at + 1)..];
        int build = version.IndexOf('+', System.StringComparison.Ordinal);
        if (build >= 0)
            version = version[..build];
        int dash = version.IndexOf('-', System.StringComparison.Ordinal);
        string[] numbers = (dash < 0 ? version : version[..dash]).Split('.');
        if (numbers.Length != 3 || !numbers.All(number => number.Length > 0 && number.All(char.IsAsciiDigit)))
            return name;
        string kept = dash >= 0 ? version
            : numbers[0] != "0" ? numbers[0]
            : numbers[1] != "0" ? "0." + numbers[1]
            : "0.0." + numbers[2];
        return $"{name[..at]}@{kept}";
    }

    private string Interface(EquatableArray<string> path, Dictionary<string, string> known)
    {
        if (path.Length == 1)
            return "";
        var instances = path.Items[..^1];
        string whole = string.Join('#', instances);
        if (known.TryGetValue(whole, out string? name))
            return name;
        name = string.Join('#', instances.Select(Canonical));
        if (!taken.Add(Key(name)))
        {
            name = whole;
            for (int number = 1; !taken.Add(Key(name)); number++)
                name = $"{whole}#{number}";
        }
        known.Add(whole, name);
        return name;

        string Key(string text) => (ReferenceEquals(known, imported) ? "import " : "export ") + text;
    }

    private static string Numbered(string name, int number) => number == 0 ? name : $"{name}_{number}";
}
