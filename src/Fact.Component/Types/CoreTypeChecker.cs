using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Component.Binary;

namespace Fact.Component.Types;

/// <summary>Resolves core types, and the types of core modules. Spec: <c>core:deftype</c>.</summary>
internal static class CoreTypeChecker
{
    /// <summary>Adds a core type to a scope; false, with an error, where it is wrong.</summary>
    public static bool Define(CheckContext context, Scope scope, CoreDefType type) => type switch
    {
        CoreDefType.Rec(var group) => Add(context, scope.CoreTypes, group),
        CoreDefType.Module(var declarators) => Module(context, scope, declarators.AsSpan()) is { } module
            && Add(scope.CoreTypes, new CheckedCoreType.Module(module)),
    };

    /// <summary>The type of a module that imports and exports what its binary says.</summary>
    public static CoreModuleType? ModuleOf(CheckContext context, CoreModuleSurface surface)
    {
        var imports = new OrderedDictionary<(string, string), CoreEntityType>(surface.Imports.Length);
        foreach (var import in surface.Imports)
        {
            if (!imports.TryAdd((import.Module, import.Name), import.Type))
            {
                context.Fail($"the core module imports \"{import.Module}\" \"{import.Name}\" twice, which a component cannot provide for");
                return null;
            }
        }
        var exports = new OrderedDictionary<string, CoreEntityType>(surface.Exports.Length);
        foreach (var export in surface.Exports)
            exports.TryAdd(export.Name, export.Type);
        return new CoreModuleType(imports, exports);
    }

    private static CoreModuleType? Module(CheckContext context, Scope scope, System.ReadOnlySpan<CoreModuleDeclarator> declarators)
    {
        var types = new List<CheckedCoreType>();
        var imports = new OrderedDictionary<(string, string), CoreEntityType>();
        var exports = new OrderedDictionary<string, CoreEntityType>();
        foreach (var declarator in declarators)
        {
            bool ok = declarator switch
            {
                CoreModuleDeclarator.Import(var module, var name, var type) =>
                    Entity(context, types, type) is { } entity
                    && (imports.TryAdd((module, name), entity) || context.Fail($"the module type imports \"{module}\" \"{name}\" twice")),
                CoreModuleDeclarator.Export(var name, var type) =>
                    Entity(context, types, type) is { } entity
                    && (exports.TryAdd(name, entity) || context.Fail($"the module type exports \"{name}\" twice")),
                CoreModuleDeclarator.Type(var group) => Add(context, types, group),
                CoreModuleDeclarator.OuterAlias(var count, var index) => Alias(context, scope, types, count, index.Value),
            };
            if (!ok)
                return null;
        }
        return new CoreModuleType(imports, exports);
    }

    private static bool Alias(CheckContext context, Scope scope, List<CheckedCoreType> types, uint count, uint index)
    {
        var from = count == 0 ? types : scope.Outward(count - 1)?.CoreTypes;
        if (from is null)
            return context.Fail($"an outer alias reaches {count} scopes outward, which is beyond the outermost component");
        if (index >= (uint)from.Count)
            return context.Fail($"there is no core type {index} in the scope that the alias reaches");
        return from[(int)index] is CheckedCoreType.Module
            ? context.Fail("a module type cannot be aliased into a module type")
            : Add(types, from[(int)index]);
    }

    private static CoreEntityType? Entity(CheckContext context, List<CheckedCoreType> types, CoreExternType type) => type switch
    {
        CoreExternType.Func(var index, _) => Func(context, types, index.Value) is { } func ? new CoreEntityType.Func(func) : null,
        CoreExternType.Table(var table) => new CoreEntityType.Table(table),
        CoreExternType.Memory(var memory) => Bounded(context, memory) ? new CoreEntityType.Memory(memory) : null,
        CoreExternType.Global(var global) => new CoreEntityType.Global(global),
        CoreExternType.Tag(var index) => Func(context, types, index.Value) is { } tag ? new CoreEntityType.Tag(tag) : null,
    };

    /// <summary>The core function type at an index of a list of core types.</summary>
    public static CoreFuncType? Func(CheckContext context, List<CheckedCoreType> types, uint index)
    {
        if (index < (uint)types.Count && types[(int)index] is CheckedCoreType.Func(var type))
            return type;
        context.Fail(index < (uint)types.Count
            ? $"core type {index} is not a function type"
            : $"there is no core type {index} here: {types.Count} defined before this point");
        return null;
    }

    private static bool Bounded(CheckContext context, CoreMemoryType memory)
    {
        // 2^32 bytes for 32-bit addresses, 2^64 for 64-bit ones, in pages of the memory's size.
        int bits = (memory.Limits.Is64 ? 64 : 32) - (int)memory.PageSizeLog2;
        ulong most = bits >= 64 ? ulong.MaxValue : 1UL << bits;
        return (memory.Limits.Min <= most && (memory.Limits.Max ?? 0) <= most)
            || context.Fail($"a memory type has more than the {most} pages that can be addressed");
    }

    private static bool Add(CheckContext context, List<CheckedCoreType> types, CoreRecType group)
    {
        int known = types.Count;
        foreach (var type in group.Types)
        {
            if (types.Count >= Limits.Items)
                return context.Fail($"more than {Limits.Items} core types");
            foreach (uint mentioned in Mentioned.By(type))
            {
                if (mentioned >= known + group.Types.Length)
                    return context.Fail($"there is no core type {mentioned} here: {known} defined before this point");
                if (mentioned < known && types[(int)mentioned] is CheckedCoreType.Module)
                    return context.Fail($"core type {mentioned} is a module type, which no other core type can refer to");
            }
            types.Add(type.Type.Shape is CoreShape.Func(var func) ? new CheckedCoreType.Func(func) : CheckedCoreType.Other.Instance);
        }
        return true;
    }

    private static bool Add(List<CheckedCoreType> types, CheckedCoreType type)
    {
        types.Add(type);
        return true;
    }
}
