using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Looks indices up in a scope; an index that is out of range, or of the wrong kind of type, is an error.</summary>
internal sealed class Lookup(CheckContext context, DefinitionScope scope)
{
    public CoreModuleType? CoreModule(uint index) => At(scope.CoreModules, index, "core module");

    public IReadOnlyDictionary<string, CoreExternType>? CoreInstance(uint index) => At(scope.CoreInstances, index, "core instance");

    public CheckedCoreType? CoreType(uint index) => At(scope.CoreTypes, index, "core type");

    public CoreExternType.Func? CoreFunc(uint index) => At(scope.CoreFuncs, index, "core function");

    public CoreTableType? CoreTable(uint index) => At(scope.CoreTables, index, "core table");

    public CoreMemoryType? CoreMemory(uint index) => At(scope.CoreMemories, index, "core memory");

    public CheckedType? Type(uint index) => At(scope.Types, index, "type");

    public CheckedExtern.Func? Func(uint index) => At(scope.Funcs, index, "function");

    public CheckedInstanceType? Instance(uint index) => At(scope.Instances, index, "instance");

    public CheckedComponentType? Component(uint index) => At(scope.Components, index, "component");

    /// <summary>A definition that a core instance can export.</summary>
    public CoreExternType? CoreItem(CoreSortIdx item) => item.Sort switch
    {
        CoreExternKind.Func => CoreFunc(item.Index),
        CoreExternKind.Table => CoreTable(item.Index) is { } table ? new CoreExternType.Table(table) : null,
        CoreExternKind.Memory => CoreMemory(item.Index) is { } memory ? new CoreExternType.Memory(memory) : null,
        CoreExternKind.Global => At(scope.CoreGlobals, item.Index, "core global") is { } global ? new CoreExternType.Global(global) : null,
        _ => At(scope.CoreTags, item.Index, "core tag"),
    };

    /// <summary>A definition that a component can pass on.</summary>
    public CheckedExtern? Item(SortIdx item) => item.Sort switch
    {
        Sort.CoreModule => CoreModule(item.Index) is { } module ? new CheckedExtern.CoreModule(module) : null,
        Sort.Func => Func(item.Index),
        Sort.Type => Type(item.Index) is { } type ? new CheckedExtern.Type(type) : null,
        Sort.Component => Component(item.Index) is { } component ? new CheckedExtern.Component(component) : null,
        _ => Instance(item.Index) is { } instance ? new CheckedExtern.Instance(instance) : null,
    };

    /// <summary>A type that must be a value type.</summary>
    public ValType? ValType(uint index) => Type(index) switch
    {
        null => null,
        CheckedType.Value(var type) => type,
        var other => Wrong<ValType>(index, other, "value type"),
    };

    /// <summary>A function of a type that must be a function type.</summary>
    public CheckedExtern.Func? FuncType(uint index) => Type(index) switch
    {
        null => null,
        CheckedType.Func func => new CheckedExtern.Func(func.Type) { Mentions = func.Mentions },
        var other => Wrong<CheckedExtern.Func>(index, other, "function type"),
    };

    /// <summary>A type that must be a resource type.</summary>
    public ResourceId? Resource(uint index)
    {
        switch (Type(index))
        {
            case null:
                return null;
            case CheckedType.Resource(var id):
                return id;
            case var other:
                context.Fail(DiagnosticCode.WrongKind, $"type {index} is a {other.Kind}, not a resource type");
                return null;
        }
    }

    private T? Wrong<T>(uint index, CheckedType type, string expected)
        where T : class
    {
        context.Fail(DiagnosticCode.WrongKind, $"type {index} is a {type.Kind}, not a {expected}");
        return null;
    }

    private T? At<T>(List<T> items, uint index, string what)
        where T : class
    {
        if (index < (uint)items.Count)
        {
            // A faulty definition has left a gap.
            if (items[(int)index] is null)
                context.Depend();
            return items[(int)index];
        }
        context.Fail(DiagnosticCode.NotDefined, $"there is no {what} {index} here: {items.Count} defined before this point");
        return null;
    }
}
