using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Fuse;
using Fact.Host.Traps;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Host.Linking;

/// <summary>Makes one core module of a plan. It imports what only its host can make, or has to see.</summary>
internal sealed class PlanMerger : PlanInstances
{
    private readonly MergeInput input;
    private readonly List<FuseImport> outside = [];
    private readonly List<OutsideImport> imports = [];
    private readonly Dictionary<OutsideImport, int> known = [];
    private readonly Dictionary<CoreDef, string> needed = [];
    private readonly List<FuseExport> shown = [];

    private PlanMerger(LinkPlan plan, MergeInput input)
        : base(plan, input.Adapters.Select(adapter => adapter.Module).ToEquatableArray())
    {
        this.input = input;
        if (input.Runtime is var (runtime, _))
            Add(runtime);
    }

    /// <summary>The merged module; null where one cannot be made, or is of no use.</summary>
    /// <param name="plan">The plan of a component whose guests cannot see tasks.</param>
    /// <param name="input">What is merged, and what is needed of it.</param>
    public static MergedCore? Run(LinkPlan plan, MergeInput input)
    {
        if (!IsPossible(plan, input))
            return null;
        var merger = new PlanMerger(plan, input);
        merger.Instantiate();
        return merger.Error is null && merger.Count > 1 ? merger.Merged() : null;
    }

    // What is instantiated several times would be compiled as often, and a transcoder needs the memories when it is made.
    private static bool IsPossible(LinkPlan plan, MergeInput input)
    {
        var used = new HashSet<CoreModuleId>();
        return plan.Initializers.Items.All(initializer =>
                initializer is not Initializer.InstantiateCoreModule core || (core.Module is ModuleSource.Embedded(var id) && used.Add(id)))
            && !input.Adapters.Any(adapter => adapter.Module.Imports.Items.Any(import => import.Denotes is Import.Transcode));
    }

    private MergedCore? Merged()
    {
        foreach (var function in input.Functions)
            Show(Plan.CoreFuncs[(int)function.Value]);
        foreach (var memory in input.Memories)
            Show(Plan.CoreMemories[(int)memory.Value]);
        if (HandlesPart is { } handles)
            shown.AddRange(Parts[handles].Module.Exports.Items.Where(export => input.OfRuntime.Contains(export.Name)).Select(export =>
                new FuseExport(export.Name, handles, export.Kind, export.Index)));
        bool starts = Parts.Items.Any(part => part.Module.Start is not null);
        var program = new FuseProgram(Parts, outside.ToEquatableArray(), shown.ToEquatableArray(), starts ? MergedCore.Start : null);
        // The engine must see all that guests have, to refuse what is invalid; and traps are told by the places of instructions, which must all be there.
        return Merge.Run(program, new MergeOptions(KeepAll: true, DirectCalls: false, InlineCalls: false) { Trimmed = HandlesPart }).MatchUnsafe<MergedCore?>(
            Right: merged => new(merged.Bytes.AsMemory(), [.. imports], needed, starts, Sources(merged.Parts)),
            Left: _ => null);
    }

    private MergedSource[] Sources(EquatableArray<MergedPart> merged)
    {
        MergedSource[] sources = [.. Parts.Items.Zip(merged.Items, (part, made) => new MergedSource(part.Module, made.Functions, null))];
        if (HandlesPart is { } handles)
            Tell(handles, input.Runtime!.Value.Traps);
        foreach (var adapters in Plan.Initializers.Items.OfType<Initializer.InstantiateAdapterModule>())
            Tell(PartOf(adapters.Module), input.Adapters[(int)adapters.Module.Value].Traps);
        return sources;

        void Tell(int part, AdapterTraps traps) => sources[part] = sources[part] with { Traps = traps };
    }

    /// <inheritdoc/>
    protected override FuseBinding FromOutside(TrampolineId id, int import) => FromOutside(new OutsideImport.Trampoline(id), import);

    /// <inheritdoc/>
    protected override FuseBinding FromOutside(ModuleImport import, int number) =>
        FromOutside(import.Denotes is Import.InstanceFlags(var instance) ? new OutsideImport.Flags(instance) : new OutsideImport.ForAdapter(import), number);

    /// <inheritdoc/>
    protected override FuseBinding Called(CoreFuncId id, CoreFuncType type, CallRole role, int import) => Bind(Plan.CoreFuncs[(int)id.Value], import);

    private FuseBinding FromOutside(OutsideImport import, int index)
    {
        if (!known.TryGetValue(import, out int number))
        {
            known.Add(import, number = imports.Count);
            imports.Add(import);
            outside.Add(new FuseImport("", number.ToString(CultureInfo.InvariantCulture), Count, index));
        }
        return new FuseBinding.Outside(number);
    }

    private void Show(CoreDef def)
    {
        if (needed.ContainsKey(def) || Defined(def) is not { } place)
            return;
        string name = needed.Count.ToString(CultureInfo.InvariantCulture);
        needed.Add(def, name);
        shown.Add(new FuseExport(name, place.Part, place.Kind, place.Index));
    }
}

/// <summary>What is merged, and what is needed of it.</summary>
/// <param name="Adapters">The adapter modules of the plan, with what they say of their traps.</param>
/// <param name="Runtime">The module that keeps handles; null where there is none.</param>
/// <param name="Functions">The functions that the host calls.</param>
/// <param name="Memories">The memories that it reads and writes.</param>
/// <param name="OfRuntime">What it needs of the module that keeps handles, if that exports it.</param>
internal sealed record MergeInput(
    IReadOnlyList<(AdapterModule Module, AdapterTraps Traps)> Adapters,
    (RuntimeModule Module, AdapterTraps Traps)? Runtime,
    IEnumerable<CoreFuncId> Functions,
    IEnumerable<CoreMemoryId> Memories,
    IReadOnlyCollection<string> OfRuntime);
