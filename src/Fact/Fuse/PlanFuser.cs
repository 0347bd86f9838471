using System.Collections.Generic;
using System.Linq;
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
    private readonly CompiledComponent component;
    private readonly PlanParts parts;
    private readonly List<FuseExport> exports = [];
    private readonly List<FusedFunction> exported = [];
    private readonly Dictionary<CoreMemoryId, string> memories = [];
    private readonly Dictionary<(CoreFuncId, InstanceId), string> allocators = [];

    private PlanFuser(CompiledComponent component)
    {
        this.component = component;
        parts = new PlanParts(component);
    }

    private LinkPlan Plan => component.Plan;

    /// <summary>Fuses a component.</summary>
    /// <param name="component">The component, with adapters that need nothing of a host.</param>
    /// <param name="options">How it is fused.</param>
    /// <returns>The module; or what cannot be fused, or is wrong with a core module.</returns>
    public static Either<Diagnostic, FusedComponent> Run(CompiledComponent component, FuseOptions options) => new PlanFuser(component).Run(options);

    private Either<Diagnostic, FusedComponent> Run(FuseOptions options)
    {
        if (Plan.Tables is not { Resources.IsEmpty: true, StreamTables.IsEmpty: true, FutureTables.IsEmpty: true, ErrorContextTables.IsEmpty: true })
            return Unsupported("the component has resources, streams, futures or error contexts");
        parts.Instantiate();
        if (parts.Error is { } missing)
            return missing;
        foreach (var export in Plan.Exports)
        {
            if (Export([], export) is { } problem)
                return problem;
        }
        FusedFunction[] imported = [.. parts.Lowered.Select(Imported)];
        if (parts.Error is { } error)
            return error;

        // Before it calls what it imports, its host must have the memory that it passes.
        bool startsLate = imported.Length > 0 && parts.Parts.Items.Any(part => part.Module.Start is not null);
        string? initialize = startsLate ? CoreNames.Initialize : null;
        var program = new FuseProgram(parts.Parts, parts.Imports, exports.ToEquatableArray(), initialize);
        return Merge.Run(program, options.Names)
            .Map(module => new FusedComponent(Plan, module.Bytes, imported.ToEquatableArray(), exported.ToEquatableArray(), [], initialize, module.Dropped));
    }

    private Diagnostic? Export(EquatableArray<string> instance, PlanExport export)
    {
        switch (export.Item)
        {
            case ExportItem.Func func:
                return Exported([.. instance, export.Name], func);
            case ExportItem.Instance when !instance.IsEmpty:
                return Unsupported($"the exported instance \"{instance[0]}\" has an instance in it, \"{export.Name}\"");
            case ExportItem.Instance(var id):
                return Plan.ExportedInstances[(int)id.Value].Items.Select(inner => Export([export.Name], inner)).FirstOrDefault(problem => problem is not null);
            case ExportItem.CoreModule:
                return Unsupported($"the export \"{export.Name}\" is a core module");
            case ExportItem.Type:
                return null;
        }
        return null;
    }

    private Diagnostic? Exported(EquatableArray<string> path, ExportItem.Func func)
    {
        string name = CoreNames.Export(path);
        var options = Plan.Options[(int)func.Options.Value];
        if (options.Options.Async)
            return Unsupported($"the exported function \"{name}\" is lifted with the option async");
        Add(name, parts.Func(func.Callee));
        string? post = null;
        if (options.Options.PostReturn is { } postReturn)
        {
            post = CoreNames.PostReturn(name);
            Add(post, parts.Staying(parts.Func(postReturn), new CoreFuncType(options.CoreType.Results, []), options.Instance));
        }
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
        return null;
    }

    private FusedFunction Imported(Trampoline.LowerImport import)
    {
        var options = Plan.Options[(int)import.Options.Value];
        var item = Plan.ImportedItems[(int)import.Import.Value];
        return new FusedFunction
        {
            Import = CoreNames.Import(Plan, import.Import),
            Path = [Plan.Imports[(int)item.Import.Value].Name, .. item.Path],
            Type = import.FuncType,
            CoreType = import.CoreType,
            StringEncoding = options.Options.StringEncoding,
            Memory = Memory(options.Options.Memory),
            Realloc = Realloc(options),
        };
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
            Add(name, parts.Staying(parts.Func(realloc), new CoreFuncType([pointer, pointer, pointer, pointer], [pointer]), options.Instance));
        }
        return name;
    }

    private void Add(string name, PlanParts.Place place) => exports.Add(new FuseExport(name, place.Part, place.Kind, place.Index));

    private static Diagnostic Unsupported(string what) => new(DiagnosticCode.Unsupported, what + ", which cannot be fused; compile the component instead");
}
