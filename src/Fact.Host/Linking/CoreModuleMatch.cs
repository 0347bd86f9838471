using System.Linq;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Host.Engine;
using LanguageExt;

namespace Fact.Host.Linking;

/// <summary>Whether a core module that a host gives is what an import says it is. Spec: subtyping of module types.</summary>
internal static class CoreModuleMatch
{
    /// <summary>The module itself, or why it does not fit.</summary>
    public static Either<HostError, LoadedModule> Check(PlanExtern.CoreModule expected, LoadedModule module, string where)
    {
        var declaredImports = expected.Imports.Items.ToDictionary(import => (import.Module, import.Name), import => import.Type);
        foreach (var import in module.Surface.Imports)
        {
            string what = $"the core module imports \"{import.Module}\" \"{import.Name}\"";
            if (!declaredImports.TryGetValue((import.Module, import.Name), out var declared))
                return new HostError($"{what}, which the type of the import does not allow", where);
            if (CoreSubtyping.Mismatch(declared, import.Type) is { } why)
                return new HostError($"{what} with another type than the import says: {why}", where);
        }
        foreach (var declared in expected.Exports)
        {
            if (!module.Exports.TryGetValue(declared.Name, out var type))
                return new HostError($"the core module does not export \"{declared.Name}\"", where);
            if (CoreSubtyping.Mismatch(type, declared.Type) is { } why)
                return new HostError($"the core module exports \"{declared.Name}\" with another type than the import says: {why}", where);
        }
        return module;
    }
}
