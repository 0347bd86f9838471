using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>A function that passes handles, or other values by memory, between a component and its host.</summary>
/// <param name="Adapter">The adapter between the component instance and the border.</param>
/// <param name="Module">Which of <see cref="Border.Modules"/> has the adapter.</param>
/// <param name="Host">The options with which the host has it.</param>
/// <param name="HostType">Its core type for the host.</param>
/// <param name="Area">Where its result lies in the memory of the border, if it does: how large it is, and how it is aligned.</param>
/// <param name="IsLent">Whether the host lends it handles of types of its own.</param>
internal sealed record BorderFunction(
    Adapter Adapter, int Module, CanonicalOptions Host, CoreFuncType HostType, (uint Size, uint Alignment)? Area, bool IsLent);

/// <summary>
/// What stands between a component and its host where handles pass and the component keeps their tables itself, or where all values are to pass in one memory: an
/// instance with a memory and tables of its own, and an adapter for each function, as between any two instances. Unless all strings are to be UTF-8, they are encoded
/// on both sides of it as the component's instance has them, so that they are only copied.
/// </summary>
internal sealed class Border
{
    // Numbers of core functions that no plan has.
    private const uint FirstId = 1u << 31;

    private static readonly CanonicalMemory OwnMemory = new(new CoreMemoryId(FirstId), new CoreMemoryType());

    private readonly LinkPlan plan;
    private readonly InstanceNode[] nodes;
    private readonly Dictionary<RuntimeResourceId, int> tables = [];
    private readonly List<(RuntimeResourceId Resource, bool IsLent)> tableList = [];
    private readonly Dictionary<ValType, ValType> converted = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ValType>[] marked = [new(ReferenceEqualityComparer.Instance), new(ReferenceEqualityComparer.Instance)];
    private readonly Dictionary<TrampolineId, BorderFunction> imports = [];
    private readonly Dictionary<ExportItem.Func, BorderFunction> exports = [];
    private readonly List<List<Adapter>> modules = [[]];
    private readonly List<(Trampoline.LowerImport Import, BorderFunction Function)> callees = [];

    private readonly bool all;

    private Border(LinkPlan plan, bool all)
    {
        (this.plan, this.all) = (plan, all);
        nodes = new InstanceNode[plan.Instances.Length];
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = new(new((uint)i), plan.Instances[i].Parent is { } parent ? nodes[(int)parent.Value] : null);
        foreach (var export in plan.Exports.Items.Concat(plan.ExportedInstances.Items.SelectMany(instance => instance.Items)))
        {
            if (export.Item is ExportItem.Func func && Passes(func.FuncType, CanonicalNeeds.OfLift) && !exports.ContainsKey(func))
                exports.Add(func, Exported(func));
        }
        var groups = new Dictionary<(InstanceId, CoreMemoryId?, CoreFuncId?), int>();
        for (int i = 0; i < plan.Trampolines.Length; i++)
        {
            if (plan.Trampolines[i] is Trampoline.LowerImport import && Passes(import.FuncType, CanonicalNeeds.OfLower))
                imports.Add(new TrampolineId((uint)i), Imported(import, groups));
        }
    }

    /// <summary>The allocator of its memory, as adapters name it.</summary>
    public static CoreFuncId Allocator { get; } = new(FirstId);

    /// <summary>Its memory, as adapters name it.</summary>
    public static CoreMemoryId Memory => OwnMemory.Id;

    /// <summary>The adapters of each module: first those of exported functions, then those of imported ones that need the same of an instance.</summary>
    public EquatableArray<EquatableArray<Adapter>> Modules => modules.Select(module => module.ToEquatableArray()).ToEquatableArray();

    /// <summary>The exported functions that pass it.</summary>
    public IReadOnlyDictionary<ExportItem.Func, BorderFunction> Exports => exports;

    /// <summary>The imported functions that pass it.</summary>
    public IReadOnlyDictionary<TrampolineId, BorderFunction> Imports => imports;

    /// <summary>The number of the first of its tables, and what each is of.</summary>
    public (uint First, EquatableArray<(RuntimeResourceId Resource, bool IsLent)> Tables) Tables =>
        ((uint)plan.Tables.ResourceTables.Length, tableList.ToEquatableArray());

    /// <summary>What cannot be done; null where everything can.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>The border of a component; null where nothing passes it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="all">Whether all functions pass it whose values are in memory, with strings in UTF-8; otherwise those with handles.</param>
    public static Border? Of(LinkPlan plan, bool all)
    {
        var border = new Border(plan, all);
        return border.exports.Count + border.imports.Count == 0 ? null : border;
    }

    private bool Passes(ComponentFuncType type, System.Func<ComponentFuncType, CanonicalOptions, CanonicalNeeds> needs) =>
        type.Has(TypeContents.Resources) || (all && needs(type, new CanonicalOptions(StringEncoding.Utf8)) != default);

    private StringEncoding Encoding(CanonicalOptions inside) => all ? StringEncoding.Utf8 : inside.StringEncoding;

    /// <summary>The function of the host that an adapter calls by a number; null where the number is the plan's.</summary>
    public (Trampoline.LowerImport Import, BorderFunction Function)? Callee(CoreFuncId id) => id.Value > FirstId ? callees[(int)(id.Value - FirstId - 1)] : null;

    private BorderFunction Exported(ExportItem.Func func)
    {
        var options = plan.Options[(int)func.Options.Value];
        var type = Convert(func.FuncType, isLent: true);
        var lower = Options(Encoding(options.Options), needs => CanonicalNeeds.OfLower(type, needs));
        var host = Options(Encoding(options.Options), needs => CanonicalNeeds.OfLift(type, needs));
        var lift = new AdapterSide(func.FuncType, nodes[(int)options.Instance.Value], options.Options, options.CoreType);
        var adapter = new Adapter(
            Name(exports.Count), func.Callee, lift, new AdapterSide(type, Node, lower, CanonicalCoreType.OfLower(type, lower)));
        modules[0].Add(adapter);
        return new(adapter, 0, host, CanonicalCoreType.OfLift(type, host), Area(type), Lends(type));
    }

    private BorderFunction Imported(Trampoline.LowerImport import, Dictionary<(InstanceId, CoreMemoryId?, CoreFuncId?), int> groups)
    {
        var options = plan.Options[(int)import.Options.Value];
        var type = Convert(import.FuncType, isLent: false);
        var lift = Options(Encoding(options.Options), needs => CanonicalNeeds.OfLift(type, needs));
        var host = Options(Encoding(options.Options), needs => CanonicalNeeds.OfLower(type, needs));
        var lower = new AdapterSide(import.FuncType, nodes[(int)options.Instance.Value], options.Options, import.CoreType);
        var adapter = new Adapter(
            Name(callees.Count), new CoreFuncId(FirstId + 1 + (uint)callees.Count), new AdapterSide(type, Node, lift, CanonicalCoreType.OfLift(type, lift)), lower);
        var needed = (options.Instance, options.Options.Memory?.Id, options.Options.Realloc);
        if (!groups.TryGetValue(needed, out int module))
        {
            groups.Add(needed, module = modules.Count);
            modules.Add([]);
        }
        modules[module].Add(adapter);
        var function = new BorderFunction(adapter, module, host, CanonicalCoreType.OfLower(type, host), Area(type), IsLent: false);
        callees.Add((import, function));
        return function;
    }

    private InstanceNode Node => field ??= new(new InstanceId((uint)nodes.Length));

    private static string Name(int number) => "border" + number.ToString(CultureInfo.InvariantCulture);

    private static CanonicalOptions Options(StringEncoding encoding, System.Func<CanonicalOptions, CanonicalNeeds> needs)
    {
        var options = new CanonicalOptions(encoding);
        var (forParams, forResult) = needs(options);
        return (MemoryNeed)System.Math.Max((int)forParams, (int)forResult) switch
        {
            MemoryNeed.None => options,
            MemoryNeed.Memory => options with { Memory = OwnMemory },
            _ => options with { Memory = OwnMemory, Realloc = Allocator },
        };
    }

    private static (uint Size, uint Alignment)? Area(ComponentFuncType type) => type.Result?.Layout32 is { } layout && !layout.FitsIn(CanonicalAbi.MaxFlatResults)
        ? ((uint)System.Math.Min(layout.ElemSize, uint.MaxValue), layout.Alignment)
        : null;

    private bool Lends(ComponentFuncType type) =>
        type.Has(TypeContents.Borrows) && tableList.Any(table => table.IsLent);

    // The type with the tables of the border. What an exported function borrows, its host lends.
    private ComponentFuncType Convert(ComponentFuncType type, bool isLent)
    {
        type.Map(part => Mark(part, isLent));
        return type.Map(Convert);
    }

    private ValType Mark(ValType type, bool isLent)
    {
        if (!type.Has(TypeContents.Borrows) || !marked[isLent ? 1 : 0].Add(type))
            return type;
        if (type is ValType.Borrow(var table))
            Borrow(table, isLent);
        return TypeParts.Map(type, part => Mark(part, isLent));
    }

    private ValType Convert(ValType type)
    {
        if (!type.Has(TypeContents.Resources))
            return type;
        if (!converted.TryGetValue(type, out var known))
        {
            known = type switch
            {
                ValType.Own(var table) => new ValType.Own(TableOf(table)),
                ValType.Borrow(var table) => new ValType.Borrow(TableOf(table)),
                _ => TypeParts.Map(type, Convert),
            };
            converted.Add(type, known);
        }
        return known;
    }

    private ResourceTableId TableOf(ResourceTableId inner)
    {
        var resource = plan.Tables.ResourceTables[(int)inner.Value].Resource;
        if (!tables.TryGetValue(resource, out int number))
        {
            tables.Add(resource, number = tableList.Count);
            tableList.Add((resource, false));
        }
        return new ResourceTableId((uint)(plan.Tables.ResourceTables.Length + number));
    }

    private void Borrow(ResourceTableId inner, bool isLent)
    {
        var table = plan.Tables.ResourceTables[(int)inner.Value];
        int number = (int)TableOf(inner).Value - plan.Tables.ResourceTables.Length;
        switch (plan.Tables.Resources[(int)table.Resource.Value])
        {
            case PlanResource.Imported:
                tableList[number] = tableList[number] with { IsLent = tableList[number].IsLent || isLent };
                break;
            case PlanResource.Defined when !isLent:
                // An import exists before anything that the component defines, and the checker holds it to that: each resource type that it mentions is imported.
                throw new UnreachableException("an imported function mentions a resource type that the component defines");
            case PlanResource.Defined(var definer, CoreValType.I64, _) when definer != table.Instance:
                Error ??= Unsupported("an exported function borrows a resource that 64 bits represent, of which its host passes 32");
                break;
            case PlanResource.Defined:
                break;
        }
    }

    private static Diagnostic Unsupported(string what) =>
        new(DiagnosticCode.Unsupported, what + ", which cannot be fused; compile the component instead (fact compile)");
}
