using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Fuse;

/// <summary>A border with its compiled adapters.</summary>
/// <param name="Border">The border.</param>
/// <param name="Modules">The modules, in the order of <see cref="Fuse.Border.Modules"/>.</param>
internal sealed record CompiledBorder(Border Border, EquatableArray<AdapterModule> Modules);

/// <summary>The parts of a program that stand between a component and its host where handles pass.</summary>
internal sealed class BorderParts
{
    private readonly Border border;
    private readonly EquatableArray<AdapterModule> compiled;
    private readonly PlanParts parts;
    private readonly BorderResources resources;
    private readonly int[] modules;
    private readonly int storage, handles;
    private readonly BorderHandles transfers;
    private readonly Dictionary<CoreFuncId, PartItem> callees = [];
    private readonly Dictionary<BorderFunction, (PartItem, PartItem?)> exported = new(ReferenceEqualityComparer.Instance);
    private PartItem? postReturn;

    /// <param name="border">The border.</param>
    /// <param name="parts">The parts to which these are added; the runtime module is there.</param>
    /// <param name="resources">The resource types that a host can name.</param>
    public BorderParts(CompiledBorder border, PlanParts parts, BorderResources resources)
    {
        (this.border, compiled, this.parts, this.resources) = (border.Border, border.Modules, parts, resources);
        modules = new int[compiled.Length];
        storage = parts.Add("border-memory", BorderMemory.Storage(), []);
        var (first, tables) = this.border.Tables;
        transfers = new BorderHandles(first, tables.Items.Select(table => Table(table.Resource, table.IsLent)).ToEquatableArray());
        if (!tables.IsEmpty)
            handles = parts.Add("border-handles", transfers.Write(), Intrinsics(tables));
    }

    /// <summary>Its memory.</summary>
    public PartItem Memory => new(storage, CoreExternKind.Memory, BorderMemory.Memory);

    /// <summary>A function that adapters of the border call; null where it is none of the border's.</summary>
    public PartItem? Func(CoreFuncId id)
    {
        if (id == Border.Allocator)
            return new(storage, CoreExternKind.Func, BorderMemory.Allocator);
        if (border.Callee(id) is not var (import, function))
            return null;
        if (!callees.TryGetValue(id, out var place))
        {
            var name = parts.Outside.Lower(import, function.HostType, function.Host);
            callees.Add(id, place = parts.Around("import", BorderMemory.Returning(function.HostType, function.Area), [parts.FromOutside(name), Allocate]));
        }
        return place;
    }

    /// <summary>An imported function as the component calls it; null where it does not pass the border.</summary>
    public PartItem? Imported(TrampolineId id) => border.Imports.TryGetValue(id, out var function)
        ? parts.Around("leave", BorderMemory.Leave(function.Adapter.Lower.CoreType), [PlanParts.Inside(Adapter(function)), Global(storage, BorderMemory.Top)])
        : null;

    /// <summary>An exported function as the host calls it, and what is called when its result was read; null where it does not pass the border.</summary>
    public (PartItem Func, PartItem? PostReturn)? Exported(ExportItem.Func func)
    {
        if (!border.Exports.TryGetValue(func, out var function))
            return null;
        if (!exported.TryGetValue(function, out var places))
        {
            EquatableArray<FuseBinding> lent = function.IsLent
                ? [Global(handles, BorderHandles.Lent), new FuseBinding.Inside(handles, transfers.GiveBack)]
                : [];
            var entry = BorderMemory.Entry(function.Adapter.Lower.CoreType, function.Area, function.IsLent);
            var place = parts.Around(
                "enter", entry, [PlanParts.Inside(Adapter(function)), Global(storage, BorderMemory.Top), Global(storage, BorderMemory.Calls), Allocate, .. lent]);
            exported.Add(function, places = (place, function.Area is null ? null : PostReturn()));
        }
        return places;
    }

    /// <summary>A destructor as the host calls it.</summary>
    public PartItem Destructor(PartItem destructor, CoreValType rep) => border.Tables.Tables.IsEmpty
        ? destructor
        : parts.Around("destructor", BorderHandles.Destructor(rep), [PlanParts.Inside(destructor), Global(handles, BorderHandles.IsTaken)]);

    private FuseBinding Allocate => new FuseBinding.Inside(storage, BorderMemory.Allocator);

    private static FuseBinding Global(int part, uint global) => new FuseBinding.Inside(part, global);

    private PartItem PostReturn() =>
        postReturn ??= parts.Around("read", BorderMemory.PostReturn(), [Global(storage, BorderMemory.Top), Global(storage, BorderMemory.Calls)]);

    // A module comes when the first of its adapters is needed: then what all of them need is there.
    private PartItem Adapter(BorderFunction function)
    {
        ref int module = ref modules[function.Module];
        if (module == 0)
            module = parts.Add("border", compiled[function.Module], (import, _) => Transferred(import));
        return parts.Export(module, function.Adapter.Name);
    }

    private FuseBinding? Transferred(ModuleImport import) => import.Denotes switch
    {
        Import.Transfer { Kind: TransferKind.Own } => new FuseBinding.Inside(handles, transfers.TransferOwn),
        Import.Transfer { Kind: TransferKind.Borrow } => new FuseBinding.Inside(handles, transfers.TransferBorrow),
        _ => null,
    };

    private BorderTable Table(RuntimeResourceId id, bool isLent) => parts.Resource(id) is PlanResource.Defined defined
        ? new(defined.Rep, defined.Dtor is not null, false)
        : new(null, false, isLent);

    // In the order in which the part imports them.
    private EquatableArray<FuseBinding> Intrinsics(EquatableArray<(RuntimeResourceId Resource, bool IsLent)> tables)
    {
        var bindings = new List<FuseBinding> { parts.Handles("lift-own"), parts.Handles("lift-borrow"), parts.Handles("lower-own"), parts.Handles("lower-borrow") };
        foreach (var (resource, isLent) in tables)
        {
            bool isOwn = parts.Resource(resource) is PlanResource.Defined;
            if (isOwn)
            {
                Outside(resources.New(resource));
                Outside(resources.Rep(resource));
            }
            if (isOwn || isLent)
                Outside(resources.Drop(resource));
        }
        return bindings.ToEquatableArray();

        void Outside(CoreImportName name) => bindings.Add(parts.FromOutside(name, bindings.Count));
    }
}
