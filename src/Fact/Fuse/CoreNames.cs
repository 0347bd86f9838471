using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Fuse;

/// <summary>The names that functions of components have in core modules: those of the build target <c>cm32p2</c> of the component model.</summary>
internal static class CoreNames
{
    /// <summary>The export that calls the start functions.</summary>
    public const string Initialize = Target + "_initialize";

    private const string Target = "cm32p2";

    /// <summary>A memory; there is one for most components.</summary>
    public static string Memory(int number) => Numbered(Target + "_memory", number);

    /// <summary>An allocator; there is one for most components.</summary>
    public static string Realloc(int number) => Numbered(Target + "_realloc", number);

    /// <summary>An exported function.</summary>
    /// <param name="path">The exported instance that it is in, where it is in one, and its name.</param>
    public static string Export(EquatableArray<string> path) => path.Length == 1 ? $"{Target}||{path[0]}" : $"{Target}|{path[0]}|{path[1]}";

    /// <summary>What to call when the results of an exported function were read.</summary>
    public static string PostReturn(string export) => export + "_post";

    /// <summary>An imported function: module name and name.</summary>
    public static CoreImportName Import(LinkPlan plan, ImportedItemId id)
    {
        var item = plan.ImportedItems[(int)id.Value];
        string name = plan.Imports[(int)item.Import.Value].Name;
        return item.Path.IsEmpty ? new(Target, name) : new($"{Target}|{name}", string.Join('#', item.Path.Items));
    }

    private static string Numbered(string name, int number) => number == 0 ? name : $"{name}_{number}";
}
