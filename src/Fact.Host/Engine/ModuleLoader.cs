using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;
using LanguageExt;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>A core module that the engine takes, with what it shows.</summary>
/// <param name="Module">The module as the engine has compiled it; null where it is part of a merged one.</param>
/// <param name="Surface">What it imports and exports.</param>
/// <param name="Types">Its types.</param>
/// <param name="Bytes">The module in the binary format.</param>
internal sealed record LoadedModule(Module? Module, CoreModuleSurface Surface, EquatableArray<CoreSubType> Types, RawBytes Bytes)
{
    /// <summary>The types of the exports by name.</summary>
    public IReadOnlyDictionary<string, CoreExternType> Exports { get; } =
        Surface.Exports.Items.ToDictionary(export => export.Name, export => export.Type, StringComparer.Ordinal);

    /// <summary>The memories that an instance of it makes, in bytes.</summary>
    public IReadOnlyList<Growable> Memories { get; } = [.. Surface.Memories.Items.Select(StoreLimits.Of)];

    /// <summary>The tables that an instance of it makes, in elements.</summary>
    public IReadOnlyList<Growable> Tables { get; } = [.. Surface.Tables.Items.Select(StoreLimits.Of)];
}

/// <summary>Gives core modules to the engine.</summary>
internal static class ModuleLoader
{
    /// <summary>Validates and compiles a core module.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="bytes">The module.</param>
    /// <param name="where">What messages call it.</param>
    public static Either<Diagnostic, LoadedModule> Load(CoreEngine engine, RawBytes bytes, string where) =>
        Check(engine, bytes, where).Bind(module => Compile(engine, module, where));

    /// <summary>Compiles a core module that was checked.</summary>
    public static Either<Diagnostic, LoadedModule> Compile(CoreEngine engine, LoadedModule module, string where)
    {
        try
        {
            return module with { Module = engine.Compile(where, module.Bytes.Span) };
        }
        catch (WasmtimeException e)
        {
            return new Diagnostic(DiagnosticCode.EngineRefused, "the engine cannot load the core module: " + EngineText.Cause(e.Message), where);
        }
    }

    /// <summary>Validates a core module.</summary>
    public static Either<Diagnostic, LoadedModule> Check(CoreEngine engine, RawBytes bytes, string where) =>
        CoreModuleSurface.Read(bytes.Memory).MapLeft(e => e.Within(where)).Bind<LoadedModule>(surface =>
        {
            if (Module.Validate(engine.Engine, bytes.Span) is { } invalid)
                return new Diagnostic(DiagnosticCode.EngineRefused, "the core module is not valid: " + EngineText.Cause(invalid), where);
            var types = CoreRecType.IndexSpace(surface.Types.Items.Select(group => group.Group));
            if (Unsupported(surface, types) is { } unsupported)
                return new Diagnostic(DiagnosticCode.Unsupported, unsupported, where);
            return new LoadedModule(null, surface, types, bytes);
        });

    /// <summary>
    /// The engine's C interface ends the process when it is shown a reference type that it has no name for. So modules that import or
    /// export one are refused before.
    /// </summary>
    private static string? Unsupported(CoreModuleSurface surface, EquatableArray<CoreSubType> types)
    {
        foreach (var import in surface.Imports)
        {
            if (!IsKnown(types, import.Type))
                return $"the core module imports \"{import.Module}\" \"{import.Name}\" with a reference type other than funcref and externref, "
                    + "which this host does not support";
        }
        foreach (var export in surface.Exports)
        {
            if (!IsKnown(types, export.Type))
                return $"the core module exports \"{export.Name}\" with a reference type other than funcref and externref, "
                    + "which this host does not support";
        }
        return null;
    }

    private static bool IsKnown(EquatableArray<CoreSubType> types, CoreExternType type) => type switch
    {
        CoreExternType.Func(var func, _) => IsKnown(types[(int)func.Value].Func!),
        CoreExternType.Tag(var tag) => IsKnown(types[(int)tag.Value].Func!),
        CoreExternType.Global t => IsKnown(t.Type.Type),
        CoreExternType.Table t => IsKnown(t.Type.Element),
        CoreExternType.Memory => true,
    };

    private static bool IsKnown(CoreFuncType type) => type.Params.Items.All(IsKnown) && type.Results.Items.All(IsKnown);

    private static bool IsKnown(CoreValType type) => !type.IsRef || type is CoreValType.FuncRef or CoreValType.ExternRef;
}
