using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using LanguageExt;
using static Fact.Ir.EquatableArray;
using Trampoline = Fact.Component.Plan.Trampoline;

namespace Fact.Fuse;

/// <summary>
/// Makes one core module of a component: of its core modules and its adapters. Functions of its host are imported, as they are lowered; its own are exported, as they
/// are lifted.
/// </summary>
internal sealed class PlanFuser
{
    private const int MostExports = 100_000;

    private readonly LinkPlan plan;
    private readonly CoreNames names = new();
    private readonly BorderResources resources;
    private readonly List<FuseExport> exports = [];
    private readonly List<FusedFunction> exported = [];
    private readonly Dictionary<CoreMemoryId, string> memories = [];
    private readonly Dictionary<(CoreFuncId, InstanceId), string> allocators = [];
    private PlanParts parts = null!;
    private Diagnostic? error;
    private int seen;

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
        var compile = options.Compile with
        {
            Transcoders = options.Compile.Transcoders == Transcoders.Imported ? Transcoders.Wasm : options.Compile.Transcoders,
            HandleTables = isOutside ? HandleTables.Imported : HandleTables.Wasm,
        };
        return ComponentCompiler.Compile(CallStorage.Separate(plan), compile, cancellationToken)
            .Bind(component => Run(component, options).MapLeft(problem => (EquatableArray<Diagnostic>)[problem]));
    }

    private Either<Diagnostic, FusedComponent> Run(CompiledComponent component, FuseOptions options)
    {
        parts = new PlanParts(component, names, resources);
        parts.Instantiate();
        if (parts.Error is { } missing)
            return missing;
        Export([], plan.Exports);
        FusedFunction[] imported = [.. parts.Outside.Lowered.Items.Select(lowered => Imported(lowered.Import, lowered.Name))];
        Destructors();
        if (component.Runtime is not null && !resources.Used.IsEmpty)
            return new Diagnostic(DiagnosticCode.Unsupported, "handles pass the border and are in several component instances, which cannot be fused yet; compile the component instead (fact compile)");
        if ((error ?? parts.Error) is { } problem)
            return problem;

        // Before it calls what it imports, its host must have the memory that it passes.
        bool startsLate = !parts.Outside.All.IsEmpty && parts.Parts.Items.Any(part => part.Module.Start is not null);
        string? initialize = startsLate ? CoreNames.Initialize : null;
        var program = new FuseProgram(parts.Parts, parts.Outside.All, exports.ToEquatableArray(), initialize);
        return Merge.Run(program, options.Names).Map(module =>
            new FusedComponent(plan, module.Bytes, imported.ToEquatableArray(), exported.ToEquatableArray(), resources.Used, initialize, module.Dropped));
    }

    // An instance that is in many others has a name for each, so that there can be more names than bytes in the component.
    private void Export(EquatableArray<string> around, EquatableArray<PlanExport> items)
    {
        foreach (var export in items)
        {
            if (++seen > MostExports)
                error ??= new Diagnostic(DiagnosticCode.TooLarge, $"the component exports more than {MostExports} things, each by its path; export fewer instances in instances");
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
        var options = plan.Options[(int)func.Options.Value];
        Add(name, parts.Call(func.Callee, options.CoreType, CallRole.Callee));
        string? post = null;
        if (options.Options.PostReturn is { } postReturn)
        {
            post = CoreNames.PostReturn(name);
            Add(post, parts.Staying(postReturn, new CoreFuncType(options.CoreType.Results, []), CallRole.PostReturn, options.Instance));
        }
        resources.Use(func.FuncType);
        exported.Add(new FusedFunction
        {
            Export = name,
            Path = path,
            Type = func.FuncType,
            CoreType = options.CoreType,
            StringEncoding = options.Options.StringEncoding,
            Memory = Memory(options.Options.Memory),
            Realloc = Realloc(options),
            PostReturn = post,
        });
    }

    private FusedFunction Imported(Trampoline.LowerImport import, CoreImportName name)
    {
        var options = plan.Options[(int)import.Options.Value];
        var item = plan.ImportedItems[(int)import.Import.Value];
        resources.Use(import.FuncType);
        return new FusedFunction
        {
            Import = name,
            Path = [plan.Imports[(int)item.Import.Value].Name, .. item.Path],
            Type = import.FuncType,
            CoreType = import.CoreType,
            StringEncoding = options.Options.StringEncoding,
            Memory = Memory(options.Options.Memory),
            Realloc = Realloc(options),
        };
    }

    // What a host calls when a handle that it has is dropped.
    private void Destructors()
    {
        foreach (var resource in resources.Used)
        {
            if (parts.Destructor(resource.Resource) is { } destructor)
                Add(resources.Destructor(resource.Resource), destructor);
        }
    }

    private string? Memory(CanonicalMemory? memory)
    {
        if (memory is null)
            return null;
        if (!memories.TryGetValue(memory.Id, out string? name))
        {
            memories.Add(memory.Id, name = CoreNames.Memory(memories.Count));
            Add(name, parts.Memory(memory.Id));
        }
        return name;
    }

    // An allocator runs while values are passed: its instance may not be left.
    private string? Realloc(PlanOptions options)
    {
        if (options.Options.Realloc is not { } realloc)
            return null;
        if (!allocators.TryGetValue((realloc, options.Instance), out string? name))
        {
            allocators.Add((realloc, options.Instance), name = CoreNames.Realloc(allocators.Count));
            var pointer = options.Options.PointerType;
            Add(name, parts.Staying(realloc, new CoreFuncType([pointer, pointer, pointer, pointer], [pointer]), CallRole.Alone, options.Instance));
        }
        return name;
    }

    private void Add(string name, PlanParts.Place place) => exports.Add(new FuseExport(name, place.Part, place.Kind, place.Index));
}
