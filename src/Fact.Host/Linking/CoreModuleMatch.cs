using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Host.Engine;
using LanguageExt;

namespace Fact.Host.Linking;

/// <summary>Whether a core module that a host gives is what an import says it is. Spec: subtyping of module types.</summary>
internal static class CoreModuleMatch
{
    /// <summary>The module itself, or why it does not fit.</summary>
    public static Either<HostError, LoadedModule> Check(PlanExtern.CoreModule expected, LoadedModule module, string where)
    {
        foreach (var import in module.Surface.Imports)
        {
            if (expected.Imports.Items.FirstOrDefault(i => i.Module == import.Module && i.Name == import.Name) is not { } declared)
                return new HostError($"the core module imports \"{import.Module}\" \"{import.Name}\", which the type of the import does not allow", where);
            if (!IsSubtype(declared.Type, import.Type))
                return new HostError($"the core module imports \"{import.Module}\" \"{import.Name}\" {Difference(import.Type, declared.Type)}", where);
        }
        foreach (var declared in expected.Exports)
        {
            if (module.Surface.Exports.Items.FirstOrDefault(e => e.Name == declared.Name) is not { } export)
                return new HostError($"the core module does not export \"{declared.Name}\"", where);
            if (!IsSubtype(export.Type, declared.Type))
                return new HostError($"the core module exports \"{declared.Name}\" {Difference(export.Type, declared.Type)}", where);
        }
        return module;
    }

    private static string Difference(CoreEntityType actual, CoreEntityType declared) =>
        Kind(actual) == Kind(declared)
            ? "with another type than the import says"
            : $"as a {Kind(actual)}, where the import says that it is a {Kind(declared)}";

    private static string Kind(CoreEntityType type) => type switch
    {
        CoreEntityType.Func => "func",
        CoreEntityType.Table => "table",
        CoreEntityType.Memory => "memory",
        CoreEntityType.Global => "global",
        CoreEntityType.Tag => "tag",
    };

    /// <summary>
    /// Whether a definition of the first type can be used where the second is expected. Heap types of the host's modules are only those without parts,
    /// so that types are equal or different.
    /// </summary>
    private static bool IsSubtype(CoreEntityType actual, CoreEntityType expected) => (actual, expected) switch
    {
        (CoreEntityType.Table a, CoreEntityType.Table e) => a.Type.Element == e.Type.Element && IsSubtype(a.Type.Limits, e.Type.Limits),
        (CoreEntityType.Memory a, CoreEntityType.Memory e) => a.Type.PageSizeLog2 == e.Type.PageSizeLog2 && IsSubtype(a.Type.Limits, e.Type.Limits),
        var (a, e) => a.Equals(e),
    };

    private static bool IsSubtype(CoreLimits actual, CoreLimits expected) =>
        actual.Is64 == expected.Is64 && actual.IsShared == expected.IsShared && actual.Min >= expected.Min
        && (expected.Max is not { } max || actual.Max <= max);
}
