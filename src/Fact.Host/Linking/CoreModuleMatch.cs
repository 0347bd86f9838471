using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Host.Engine;
using Fact.Ir;
using LanguageExt;

namespace Fact.Host.Linking;

/// <summary>Whether a core module that a host gives is what an import says it is. Spec: subtyping of module types.</summary>
internal static class CoreModuleMatch
{
    /// <summary>The module itself, or why it does not fit.</summary>
    /// <param name="expected">The type of the import.</param>
    /// <param name="types">The core types that it uses.</param>
    /// <param name="module">The module.</param>
    /// <param name="where">The import, for messages.</param>
    public static Either<Diagnostic, LoadedModule> Check(
        PlanCoreModuleType expected, EquatableArray<CoreRecType> types, LoadedModule module, string where)
    {
        var context = new CheckContext();
        if (CoreTypeChecker.ModuleOf(context, module.Surface) is not { } found || CoreTypeChecker.ModuleOf(context, expected, types) is not { } asked)
            return new Diagnostic(DiagnosticCode.WrongImport, context.Error!.Message, where);
        var subtyping = new CoreSubtyping(context.CoreTypes);
        foreach (var (key, import) in found.Imports)
        {
            string what = $"the core module imports \"{key.Module}\" \"{key.Name}\"";
            if (!asked.Imports.TryGetValue(key, out var declared))
                return new Diagnostic(DiagnosticCode.WrongImport, $"{what}, which the type of the import does not allow", where);
            if (subtyping.Mismatch(declared, import) is { } why)
                return new Diagnostic(DiagnosticCode.WrongImport, $"{what} with another type than the import says: {why}", where);
        }
        foreach (var (name, declared) in asked.Exports)
        {
            if (!found.Exports.TryGetValue(name, out var export))
                return new Diagnostic(DiagnosticCode.WrongImport, $"the core module does not export \"{name}\"", where);
            if (subtyping.Mismatch(export, declared) is { } why)
                return new Diagnostic(DiagnosticCode.WrongImport, $"the core module exports \"{name}\" with another type than the import says: {why}", where);
        }
        return module;
    }
}
