using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Fuse;

/// <summary>
/// The instances of a plan as parts of a program: those of its core modules and adapter modules, in the order of the plan, behind the flags of the component
/// instances. What a part imports is bound to what the plan says. The first thing that cannot be had sticks: see <see cref="Error"/>.
/// </summary>
internal sealed class PlanParts
{
    private const int FlagsPart = 0;

    private readonly CompiledComponent component;
    private readonly List<FusePart> parts = [];
    private readonly List<FuseImport> imports = [];
    private readonly List<int> instances = [];
    private readonly int[] adapters;
    private readonly Dictionary<CoreModuleParts, Dictionary<string, CoreModuleExport>> exports = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CoreModuleId, CoreModuleParts> modules = [];
    private readonly Dictionary<TrampolineId, Place> trampolines = [];
    private readonly Dictionary<ImportedItemId, OptionsId> lowered = [];

    public PlanParts(CompiledComponent component)
    {
        this.component = component;
        adapters = new int[component.AdapterModules.Length];
        parts.Add(new FusePart("flags", GuardParts.Flags(component.Plan.Instances.Length), []));
    }

    /// <summary>Something in a part.</summary>
    public readonly record struct Place(int Part, CoreExternKind Kind, uint Index);

    /// <summary>What cannot be had; null where everything can.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>The parts so far.</summary>
    public EquatableArray<FusePart> Parts => parts.ToEquatableArray();

    /// <summary>What comes from outside so far.</summary>
    public EquatableArray<FuseImport> Imports => imports.ToEquatableArray();

    /// <summary>The functions among the imports of the component that something calls, and how.</summary>
    public IEnumerable<Trampoline.LowerImport> Lowered => trampolines.Keys.Select(id => Plan.Trampolines[(int)id.Value]).OfType<Trampoline.LowerImport>();

    private LinkPlan Plan => component.Plan;

    /// <summary>Does what the plan says to do.</summary>
    public void Instantiate()
    {
        foreach (var initializer in Plan.Initializers)
        {
            if (Error is not null)
                return;
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule(_, ModuleSource.Embedded(var id), var args):
                    Add($"core{instances.Count}", Module(id), module => [.. args.Items.Select(arg => Inside(Find(arg.Def)))]);
                    instances.Add(parts.Count - 1);
                    break;
                case Initializer.InstantiateCoreModule:
                    Fail("the component imports a core module, which is not there to be fused");
                    break;
                case Initializer.InstantiateAdapterModule(var id):
                    var adapterModule = component.AdapterModules[(int)id.Value];
                    Add($"adapters{id.Value}", Decode(adapterModule.Bytes.AsMemory(), 0), _ => [.. adapterModule.Imports.Items.Select(import => Denoted(import))]);
                    adapters[(int)id.Value] = parts.Count - 1;
                    break;
                case Initializer.DefineResource:
                    Fail("the component defines a resource type, which cannot be fused yet");
                    break;
            }
        }
    }

    /// <summary>A core function of the plan.</summary>
    public Place Func(CoreFuncId id) => Find(Plan.CoreFuncs[(int)id.Value]);

    /// <summary>A memory of the plan.</summary>
    public Place Memory(CoreMemoryId id) => Find(Plan.CoreMemories[(int)id.Value]);

    /// <summary>A function that calls another, during which the instance may not be left.</summary>
    public Place Staying(Place func, CoreFuncType type, InstanceId instance)
    {
        parts.Add(new FusePart("guard", GuardParts.Staying(type), [Inside(func), Flag(instance)]));
        return new Place(parts.Count - 1, CoreExternKind.Func, 1);
    }

    private void Add(string name, CoreModuleParts? module, System.Func<CoreModuleParts, EquatableArray<FuseBinding>> bind)
    {
        // Binding makes parts that must come before.
        if (module is not null && bind(module) is var bindings && Error is null)
            parts.Add(new FusePart(name, module, bindings));
    }

    private CoreModuleParts? Module(CoreModuleId id)
    {
        if (modules.TryGetValue(id, out var module))
            return module;
        var source = Plan.CoreModules[(int)id.Value];
        if (Decode(source.Bytes.Memory, source.Offset) is not { } decoded)
            return null;
        modules.Add(id, decoded);
        return decoded;
    }

    private CoreModuleParts? Decode(System.ReadOnlyMemory<byte> bytes, long offset) => CoreModuleDecoder.Decode(bytes, offset).MatchUnsafe<CoreModuleParts?>(
        Right: parts => parts,
        Left: error =>
        {
            Error ??= error;
            return null;
        });

    private Place Find(CoreDef def)
    {
        switch (def)
        {
            case CoreDef.Export(var instance, var name):
                return Export(instances[(int)instance.Value], name);
            case CoreDef.Adapter(var id):
                var adapter = Plan.Adapters[(int)id.Value];
                return Export(adapters[(int)adapter.Module!.Value.Value], adapter.Adapter.Name);
            case CoreDef.Trampoline(var id):
                return Trampolined(id);
            default:
                throw new UnreachableException();
        }
    }

    private Place Export(int part, string name)
    {
        var module = parts[part].Module;
        if (!exports.TryGetValue(module, out var names))
            exports.Add(module, names = module.Exports.Items.ToDictionary(export => export.Name));
        var export = names[name];
        return new Place(part, export.Kind, export.Index);
    }

    private Place Trampolined(TrampolineId id)
    {
        if (trampolines.TryGetValue(id, out var place))
            return place;
        if (Plan.Trampolines[(int)id.Value] is not Trampoline.LowerImport import || Options(import.Options).Async)
            return Fail($"the component needs {TrampolineName(id)} of its host, which cannot be fused yet");

        // A host knows an import by its name alone.
        if (!lowered.TryAdd(import.Import, import.Options) && lowered[import.Import] != import.Options)
            return Fail($"the imported function \"{Plan.ImportName(import.Import)}\" is lowered with different options, which cannot be told apart");
        var name = CoreNames.Import(Plan, import.Import);
        imports.Add(new FuseImport(name.Module, name.Name, parts.Count, 0));
        var instance = Plan.Options[(int)import.Options.Value].Instance;
        parts.Add(new FusePart("import", GuardParts.Leaving(import.CoreType), [new FuseBinding.Outside(imports.Count - 1), Flag(instance)]));
        place = new Place(parts.Count - 1, CoreExternKind.Func, 1);
        trampolines.Add(id, place);
        return place;
    }

    private string TrampolineName(TrampolineId id) => Plan.Trampolines[(int)id.Value].GetType().Name;

    private CanonicalOptions Options(OptionsId id) => Plan.Options[(int)id.Value].Options;

    private FuseBinding Denoted(ModuleImport import) => import.Denotes switch
    {
        Import.InstanceFlags(var instance) => Flag(instance),
        Import.Memory(var id, _) => Inside(Memory(id)),
        Import.Realloc(var func, _) => Inside(Func(func)),
        Import.Callback(var func) => Inside(Func(func)),
        Import.Callee(_, var func, _) => Inside(Func(func)),
        Import.PostReturn(_, var func, _) => Inside(Func(func)),
        Import.Transcode or Import.Transfer or Import.ResourceEnterCall or Import.ResourceExitCall
            or Import.ResourceDrop or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall =>
            Inside(Fail($"adapters need \"{import.Name}\" of their host, which cannot be fused yet")),
    };

    private static FuseBinding Flag(InstanceId instance) => new FuseBinding.Inside(FlagsPart, instance.Value);

    private static FuseBinding Inside(Place place) => new FuseBinding.Inside(place.Part, place.Index);

    private Place Fail(string message)
    {
        Error ??= new Diagnostic(DiagnosticCode.Unsupported, message + "; compile the component instead");
        return default;
    }
}
