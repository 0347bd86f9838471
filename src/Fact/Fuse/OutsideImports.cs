using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>What comes from outside, each by a name of its own.</summary>
internal sealed class OutsideImports(LinkPlan plan, CoreNames names)
{
    private readonly List<FuseImport> imports = [];
    private readonly Dictionary<CoreImportName, int> numbers = [];
    private readonly Dictionary<LoweredImport, CoreImportName> lowerings = [];
    private readonly Dictionary<ImportedItemId, int> ways = [];
    private readonly List<OutsideFunction> lowered = [];

    /// <summary>All of it, in the order in which it was needed.</summary>
    public EquatableArray<FuseImport> All => imports.ToEquatableArray();

    /// <summary>The functions of the component's imports among them.</summary>
    public EquatableArray<OutsideFunction> Lowered => lowered.ToEquatableArray();

    /// <summary>The name of an imported function. A host knows it by its name alone, so that one that is lowered in several ways has several.</summary>
    /// <param name="import">The function as the component lowers it.</param>
    /// <param name="type">Its core type for the host.</param>
    /// <param name="options">The options with which the host has it.</param>
    public CoreImportName Lower(Trampoline.LowerImport import, CoreFuncType type, CanonicalOptions options)
    {
        var instance = plan.Options[(int)import.Options.Value].Instance;
        options = HostMemory.OfImport(import.FuncType, options);
        bool isOfInstance = options.Realloc is not null && options.Realloc != Border.Allocator;
        var way = new LoweredImport(import.Import, type, options.StringEncoding, options.Memory?.Id, options.Realloc, isOfInstance ? instance : null);
        if (lowerings.TryGetValue(way, out var name))
            return name;
        var item = plan.ImportedItems[(int)import.Import.Value];
        EquatableArray<string> path = [plan.Imports[(int)item.Import.Value].Name, .. item.Path];
        int number = ways.GetValueOrDefault(import.Import);
        ways[import.Import] = number + 1;
        name = names.Import(path, number);
        lowerings.Add(way, name);
        lowered.Add(new OutsideFunction(path, import.FuncType, type, options, instance, name));
        return name;
    }

    /// <summary>The number of something from outside.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="part">A part that imports it, and says of which type it is.</param>
    /// <param name="import">By which of its imports.</param>
    public int Add(CoreImportName name, int part, int import = 0)
    {
        if (!numbers.TryGetValue(name, out int number))
        {
            numbers.Add(name, number = imports.Count);
            imports.Add(new FuseImport(name.Module, name.Name, part, import));
        }
        return number;
    }

    // What a host must know of a lowering.
    private sealed record LoweredImport(
        ImportedItemId Item, CoreFuncType CoreType, StringEncoding Encoding, CoreMemoryId? Memory, CoreFuncId? Realloc, InstanceId? ReallocInstance);
}

/// <summary>A function of a component's imports, as its host has it.</summary>
/// <param name="Path">Where it is among the imports.</param>
/// <param name="Type">Its type, as a component instance that calls it sees it.</param>
/// <param name="CoreType">Its core type.</param>
/// <param name="Options">The options.</param>
/// <param name="Instance">The component instance that calls it.</param>
/// <param name="Name">Its name.</param>
internal sealed record OutsideFunction(
    EquatableArray<string> Path, ComponentFuncType Type, CoreFuncType CoreType, CanonicalOptions Options, InstanceId Instance, CoreImportName Name);
