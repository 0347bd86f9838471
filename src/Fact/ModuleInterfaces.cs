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
        var types = new ModuleImportType.Func?[module.Types.Length];
        var imports = new ModuleImport[module.Imports.Length];
        var functions = new CoreFuncType[imports.Length];
        int imported = 0;
        for (int i = 0; i < imports.Length; i++)
        {
            var import = module.Imports[i];
            var type = TypeOf(module, import.Type, types);
            imports[i] = new(import.Module, import.Name, type, import.Denotes);
            if (type is ModuleImportType.Func func)
                functions[imported++] = func.Type;
        }
        var exports = new ModuleExport[module.Exports.Length];
        for (int i = 0; i < exports.Length; i++)
        {
            int func = (int)module.Exports[i].Func.Value;
            exports[i] = new(module.Exports[i].Name, func < imported ? functions[func] : module.Types[(int)module.Funcs[func - imported].Type.Value]);
        }
        return new(EquatableArray.Seal(imports), EquatableArray.Seal(exports));
    }

    /// <summary>The type of an import; those of functions are one object for each type.</summary>
    private static ModuleImportType TypeOf(ResolvedModule module, CoreExternType type, ModuleImportType.Func?[] known) => type switch
    {
        CoreExternType.Func func => known[func.Type.Value] ??= new(module.Types[(int)func.Type.Value]),
        CoreExternType.Memory memory => new ModuleImportType.Memory(memory.Type),
        CoreExternType.Global => Flags,
        CoreExternType.Table or CoreExternType.Tag => throw new UnreachableException("modules import no tables and tags"),
    };
}
