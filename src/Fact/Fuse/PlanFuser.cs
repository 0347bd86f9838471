using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Emit;
using Fact.Ir;
using LanguageExt;
using static Fact.Ir.EquatableArray;

namespace Fact.Fuse;

/// <summary>
/// Makes one core module of a component: of its core modules and its adapters. Functions of its host are imported, as they are lowered; its own are exported, as they
/// are lifted.
/// </summary>
internal sealed class PlanFuser
{
    private const AdapterFacts ThrowsNothing = AdapterFacts.CallerThrowsNothing | AdapterFacts.CalleeThrowsNothing;

    private readonly LinkPlan plan;
    private readonly CoreNames names = new();
    private readonly BorderResources resources;
    private readonly List<FuseExport> exports = [];
    private readonly List<FusedFunction> exported = [];
    private readonly Dictionary<CoreMemoryId, string> memories = [];
    private readonly Dictionary<(CoreFuncId, InstanceId), string> allocators = [];
    private Border? border;
    private PlanParts parts = null!;
    private Diagnostic? error;
    private long seen, characters;

    private PlanFuser(LinkPlan plan)
    {
        this.plan = plan;
        resources = new BorderResources(plan, names);
    }

    /// <summary>Fuses a linked component.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="options">How it is fused.</param>
    /// <param name="cancellationToken">Stops compiling.</param>
    /// <returns>The module; or what keeps adapters from being compiled, what cannot be fused, or what is wrong with a core module.</returns>
    public static Either<EquatableArray<Diagnostic>, FusedComponent> Run(LinkPlan plan, FuseOptions options, CancellationToken cancellationToken = default)
    {
        var refused = Synchronous.Check(plan);
        return refused.IsEmpty ? new PlanFuser(plan).Run(options, cancellationToken) : refused;
    }

    private Either<EquatableArray<Diagnostic>, FusedComponent> Run(FuseOptions options, CancellationToken cancellationToken)
    {
        bool isOutside = HandleKeeping.IsOutside(plan, resources);
        bool isGood = options.OneMemory ? HostMemory.IsOne(plan) : !options.FoldMemories || HostMemory.IsOnlyOne(plan);
        bool all = (options.OneMemory || options.FoldMemories) && !(isGood && (isOutside || Border.Of(plan, all: false) is null));
        isOutside &= !all;
        var compile = options.Compile with
        {
            Transcoders = options.Compile.Transcoders == Transcoders.Imported ? Transcoders.Wasm : options.Compile.Transcoders,
            HandleTables = isOutside ? HandleTables.Imported : HandleTables.Wasm,
            // What a guest throws must not come to another.
            ExceptionBarrier = options.Compile.ExceptionBarrier || plan.Adapters.Items.Any(adapter => (adapter.Adapter.Facts & ThrowsNothing) != ThrowsNothing),
        };
        border = isOutside ? null : Border.Of(plan, all);
        if (border?.Error is { } refused)
            return (EquatableArray<Diagnostic>)[refused];
        var (separate, passing) = CallStorage.Separate(plan, border?.Modules ?? []);
        return ComponentCompiler.Compile(separate, compile, cancellationToken)
            .Bind(component => AdapterCompiler.CompileAll(passing, compile, cancellationToken)
                .Bind(modules => Run(component, modules, options).MapLeft(problem => (EquatableArray<Diagnostic>)[problem])));
    }

    private Either<Diagnostic, FusedComponent> Run(CompiledComponent component, EquatableArray<AdapterModule> passing, FuseOptions options)
    {
        parts = new PlanParts(component, border is null ? null : new CompiledBorder(border, passing), names, resources, options.Compile.Reentrance);
        parts.Instantiate();
        if (parts.Error is { } missing)
            return missing;
        Export([], plan.Exports);
        FusedFunction[] imported = [.. parts.Outside.Lowered.Items.Select(Imported)];
        Destructors();
        if ((error ?? parts.Error) is { } problem)
            return problem;

        // Before it calls what it imports, its host must have the memory that it passes.
        bool startsLate = !parts.Outside.All.IsEmpty && parts.Parts.Items.Any(part => part.Module.Start is not null);
        string? initialize = startsLate ? CoreNames.Initialize : null;
        var program = new FuseProgram(parts.Parts, parts.Outside.All, exports.ToEquatableArray(), initialize);
        var merge = new MergeOptions(options.Names, options.KeepAll, options.DirectCalls, options.InlineCalls) { FoldMemories = options.FoldMemories };
        return Merge.Run(program, merge).Map(module =>
        {
            var kept = program.Imports.Items.Where((_, i) => module.Imports[i]).Select(import => (import.Module, import.Name)).ToHashSet();
            bool IsKept(CoreImportName? import) => import is not null && kept.Contains((import.Module, import.Name));
            return new FusedComponent(
                plan,
                module.Bytes,
                imported.Where(import => IsKept(import.Import)).ToEquatableArray(),
                exported.ToEquatableArray(),
                resources.Used.Items.Select(resource => Kept(resource, IsKept)).ToEquatableArray(),
                initialize,
                module.Dropped)
            {
                Parts = module.Parts,
                FoldedMemories = module.FoldedMemories,
                Adapters = AdapterFates.Of(component.Plan, parts, module.Parts),
            };
        });
    }

    private static FusedResource Kept(FusedResource resource, Func<CoreImportName?, bool> isKept) => resource with
    {
        Drop = isKept(resource.Drop) ? resource.Drop : null,
        New = isKept(resource.New) ? resource.New : null,
        Rep = isKept(resource.Rep) ? resource.Rep : null,
    };

    // An instance that is in many others has a name for each, so that there can be more names than bytes in the component.
    private void Export(EquatableArray<string> around, EquatableArray<PlanExport> items)
    {
        foreach (var export in items)
        {
            seen++;
            characters += around.Items.Sum(name => (long)name.Length) + export.Name.Length;
            if (seen > ComponentLimits.FullNames || characters > ComponentLimits.FullNameLength)
            {
                error ??= new Diagnostic(
                    DiagnosticCode.TooLarge,
                    $"the component exports more than {ComponentLimits.FullNames} things by their paths, or more than "
                        + $"{ComponentLimits.FullNameLength} characters of these; export fewer instances in instances");
            }
            if (error is not null)
                return;
            switch (export.Item)
            {
                case ExportItem.Func func:
                    Export([.. around, export.Name], func);
                    break;
                case ExportItem.Instance(var id):
                    Export([.. around, export.Name], plan.ExportedInstances[(int)id.Value]);
                    break;
                case ExportItem.CoreModule or ExportItem.Type:
                    break;
            }
        }
    }

    private void Export(EquatableArray<string> path, ExportItem.Func func)
    {
        string name = names.Export(path);
        var planned = plan.Options[(int)func.Options.Value];
        var passing = border?.Exports.GetValueOrDefault(func);
        var options = passing?.Host ?? HostMemory.OfExport(func.FuncType, planned.Options);
        var (place, postReturn) = parts.Exported(func);
        Add(name, place);
        string? post = null;
        if (postReturn is { } after)
            Add(post = CoreNames.PostReturn(name), after);
        resources.Use(func.FuncType);
        exported.Add(new FusedFunction
        {
            Export = name,
            Path = path,
            Type = func.FuncType,
            CoreType = passing?.HostType ?? planned.CoreType,
            StringEncoding = options.StringEncoding,
            Memory = Memory(options),
            Realloc = Realloc(options, planned.Instance),
            PostReturn = post,
        });
    }

    private FusedFunction Imported(OutsideFunction function)
    {
        resources.Use(function.Type);
        return new FusedFunction
        {
            Import = function.Name,
            Path = function.Path,
            Type = function.Type,
            CoreType = function.CoreType,
            StringEncoding = function.Options.StringEncoding,
            Memory = Memory(function.Options),
            Realloc = Realloc(function.Options, function.Instance),
        };
    }

    // What a host calls when a handle that it has is dropped.
    private void Destructors()
    {
        foreach (var resource in resources.Used)
        {
            if (parts.ExportedDestructor(resource.Resource) is { } destructor)
                Add(resources.Destructor(resource.Resource), destructor);
        }
    }

    private string? Memory(CanonicalOptions options)
    {
        if (options.Memory is not { Id: var memory })
            return null;
        if (!memories.TryGetValue(memory, out string? name))
        {
            memories.Add(memory, name = CoreNames.Memory(memories.Count));
            Add(name, parts.Memory(memory));
        }
        return name;
    }

    // An allocator runs while values are passed: its instance may not be left. That of the border has none.
    private string? Realloc(CanonicalOptions options, InstanceId instance)
    {
        if (options.Realloc is not { } realloc)
            return null;
        var key = (realloc, realloc == Border.Allocator ? default : instance);
        if (!allocators.TryGetValue(key, out string? name))
        {
            allocators.Add(key, name = CoreNames.Realloc(allocators.Count));
            Add(name, parts.Allocator(realloc, options, instance));
        }
        return name;
    }

    private void Add(string name, PartItem place) => exports.Add(new FuseExport(name, place.Part, place.Kind, place.Index));
}
