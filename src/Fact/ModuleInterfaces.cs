using System.Collections.Generic;
using System.Diagnostics;
using Fact.Ir;

namespace Fact;

/// <summary>What compiled modules need and give, in terms of types.</summary>
internal static class ModuleInterfaces
{
    private static readonly ModuleImportType Flags = new ModuleImportType.MutableI32();

    /// <summary>The imports of a module and the functions that it exports.</summary>
    public static ModuleInterface Of(ResolvedModule module)
    {
        var imports = new ModuleImport[module.Imports.Length];
        var functions = new List<CoreFuncType>(module.Imports.Length + module.Funcs.Length);
        for (int i = 0; i < imports.Length; i++)
        {
            var import = module.Imports[i];
            imports[i] = new(import.Module, import.Name, TypeOf(module, import.Type), import.Denotes);
            if (imports[i].Type is ModuleImportType.Func func)
                functions.Add(func.Type);
        }
        foreach (var func in module.Funcs)
            functions.Add(module.Types[(int)func.Type.Value]);
        var exports = new ModuleExport[module.Exports.Length];
        for (int i = 0; i < exports.Length; i++)
            exports[i] = new(module.Exports[i].Name, functions[(int)module.Exports[i].Func.Value]);
        return new(imports.ToEquatableArray(), exports.ToEquatableArray());
    }

    private static ModuleImportType TypeOf(ResolvedModule module, CoreExternType type) => type switch
    {
        CoreExternType.Func func => new ModuleImportType.Func(module.Types[(int)func.Type.Value]),
        CoreExternType.Memory memory => new ModuleImportType.Memory(memory.Type),
        CoreExternType.Global => Flags,
        CoreExternType.Table or CoreExternType.Tag => throw new UnreachableException("modules import no tables and tags"),
    };
}
