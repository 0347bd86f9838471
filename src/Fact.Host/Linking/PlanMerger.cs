using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Host.Traps;
using Fact.Ir;
using LanguageExt;

namespace Fact.Host.Linking;

/// <summary>Makes one core module of a plan.</summary>
/// <param name="plan">The plan of a component whose guests cannot see tasks.</param>
/// <param name="adapters">Its adapter modules, with what they say of their traps.</param>
internal sealed class PlanMerger(LinkPlan plan, IReadOnlyList<(AdapterModule Module, AdapterTraps Traps)> adapters)
{
    private readonly List<FusePart> parts = [];
    private readonly List<AdapterTraps?> traps = [];
    private readonly List<FuseImport> outside = [];
    private readonly List<OutsideImport> imports = [];
    private readonly Dictionary<OutsideImport, int> known = [];
    private readonly List<Dictionary<string, CoreModuleExport>> exports = [];
    private readonly List<int> instances = [];
    private readonly Dictionary<AdapterModuleId, int> adapterParts = [];
    private readonly System.Collections.Generic.HashSet<CoreModuleId> used = [];
    private readonly Dictionary<CoreDef, string> needed = [];
    private readonly List<FuseExport> shown = [];

    /// <summary>The merged module; null where one cannot be made, or is of no use.</summary>
    /// <param name="functions">The functions that the host calls.</param>
    /// <param name="memories">The memories that it reads and writes.</param>
    public MergedCore? Run(IEnumerable<CoreFuncId> functions, IEnumerable<CoreMemoryId> memories)
    {
        foreach (var initializer in plan.Initializers)
        {
            bool done = initializer switch
            {
                Initializer.InstantiateCoreModule core => Add(core),
                Initializer.InstantiateAdapterModule adapter => Add(adapter.Module),
                Initializer.DefineResource => true,
            };
            if (!done)
                return null;
        }
        if (parts.Count < 2)
            return null;
        foreach (var function in functions)
            Show(plan.CoreFuncs[(int)function.Value]);
        foreach (var memory in memories)
            Show(plan.CoreMemories[(int)memory.Value]);
        bool starts = parts.Exists(part => part.Module.Start is not null);
        var program = new FuseProgram(parts.ToEquatableArray(), outside.ToEquatableArray(), shown.ToEquatableArray(), starts ? MergedCore.Start : null);
        // Traps are told by the places of instructions, which must all be there.
        return Merge.Run(program, new MergeOptions(KeepAll: true, DirectCalls: false, InlineCalls: false)).MatchUnsafe<MergedCore?>(
            Right: merged => new(
                merged.Bytes.AsMemory(), [.. imports], needed, starts, [.. parts.Zip(traps, (part, trap) => new MergedSource(part.Module, trap))]),
            Left: _ => null);
    }

    // What is instantiated several times would be compiled as often.
    private bool Add(Initializer.InstantiateCoreModule core)
    {
        if (core.Module is not ModuleSource.Embedded(var id) || !used.Add(id))
            return false;
        instances.Add(parts.Count);
        return Add(plan.CoreModules[(int)id.Value].Bytes.Memory, null, (_, i) => Binding(core.Args[i].Def, i));
    }

    private bool Add(AdapterModuleId id)
    {
        var (module, trap) = adapters[(int)id.Value];
        adapterParts.Add(id, parts.Count);
        return Add(module.Bytes.AsMemory(), trap, (_, i) => Binding(module.Imports[i], i));
    }

    private bool Add(ReadOnlyMemory<byte> bytes, AdapterTraps? trap, Func<CoreModuleParts, int, FuseBinding?> bind) =>
        CoreModuleDecoder.Decode(bytes).Match(
            Right: module =>
            {
                var bindings = new FuseBinding[module.Imports.Length];
                for (int i = 0; i < bindings.Length; i++)
                {
                    if (bind(module, i) is not { } binding)
                        return false;
                    bindings[i] = binding;
                }
                parts.Add(new FusePart("", module, bindings.ToEquatableArray()));
                traps.Add(trap);
                exports.Add(module.Exports.Items.ToDictionary(export => export.Name));
                return true;
            },
            Left: _ => false);

    private FuseBinding? Binding(CoreDef def, int import) => def is CoreDef.Trampoline(var id) ? Outside(new OutsideImport.Trampoline(id), import) : Inside(Find(def));

    private FuseBinding? Binding(ModuleImport import, int index) => import.Denotes switch
    {
        Import.InstanceFlags(var instance) => Outside(new OutsideImport.Flags(instance), index),
        Import.Memory i => Inside(Find(plan.CoreMemories[(int)i.Id.Value])),
        Import.Realloc i => Binding(plan.CoreFuncs[(int)i.Func.Value], index),
        Import.Callback i => Binding(plan.CoreFuncs[(int)i.Func.Value], index),
        Import.Callee i => Binding(plan.CoreFuncs[(int)i.Func.Value], index),
        Import.PostReturn i => Binding(plan.CoreFuncs[(int)i.Func.Value], index),
        // It needs the memories when it is made.
        Import.Transcode => null,
        Import.Transfer or Import.ResourceEnterCall or Import.ResourceExitCall or Import.ResourceDrop
            or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall => Outside(new OutsideImport.ForAdapter(import), index),
    };

    private FuseBinding.Outside Outside(OutsideImport import, int index)
    {
        if (!known.TryGetValue(import, out int number))
        {
            known.Add(import, number = imports.Count);
            imports.Add(import);
            outside.Add(new FuseImport("", number.ToString(CultureInfo.InvariantCulture), parts.Count, index));
        }
        return new FuseBinding.Outside(number);
    }

    private static FuseBinding? Inside((int Part, CoreModuleExport Export)? found) => found is var (part, export) ? new FuseBinding.Inside(part, export.Index) : null;

    private void Show(CoreDef def)
    {
        if (def is CoreDef.Trampoline || needed.ContainsKey(def) || Find(def) is not var (part, export))
            return;
        string name = needed.Count.ToString(CultureInfo.InvariantCulture);
        needed.Add(def, name);
        shown.Add(new FuseExport(name, part, export.Kind, export.Index));
    }

    private (int Part, CoreModuleExport Export)? Find(CoreDef def)
    {
        var (part, name) = def switch
        {
            CoreDef.Export(var instance, var export) => (instances[(int)instance.Value], export),
            CoreDef.Adapter(var id) when plan.Adapters[(int)id.Value] is var planned => (adapterParts[planned.Module!.Value], planned.Adapter.Name),
            CoreDef.Adapter or CoreDef.Trampoline => throw new System.Diagnostics.UnreachableException(),
        };
        return exports[part].TryGetValue(name, out var found) ? (part, found) : null;
    }
}
