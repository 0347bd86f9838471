using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Externs;
using Fact.Ir;
using LanguageExt;
using static Fact.Ir.EquatableArray;

namespace Fact.Wrap;

/// <summary>
/// Builds the component around a fused module. What the module imports needs the module's memory, and destructors are in it, while it is instantiated with both: in
/// between is a module that calls them through a table, which another fills when all is there.
/// </summary>
internal sealed class WrapperBuilder
{
    private readonly FusedComponent fused;
    private readonly ComponentAst root;
    private readonly ExternLists lists;
    private readonly EncodeBudget budget;
    private readonly SectionSink sections = new();
    private readonly CoreDefinitions core;
    private readonly WrapperScope scope;
    private readonly PlanResource.Defined[] defined;
    private readonly Dictionary<PlanResource, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<EquatableArray<string>, FusedFunction> exported = [];
    private readonly Dictionary<string, uint> memories = [];
    private readonly Dictionary<string, uint> funcs = [];
    private uint instance;

    private WrapperBuilder(FusedComponent fused, ComponentAst root)
    {
        (this.fused, this.root) = (fused, root);
        lists = Elaboration.Of(root);
        budget = new EncodeBudget(root.Length);
        core = new CoreDefinitions(sections, (uint)lists.Imports.Items.Count(import => import.Node is ExternNode.CoreModule));
        defined = [.. fused.Plan.Tables.Resources.Items.OfType<PlanResource.Defined>()];
        for (int i = 0; i < defined.Length; i++)
            numbers.Add(defined[i], i);
        scope = new WrapperScope(budget, sections, Lift, number => defined[number].Rep);
        foreach (var export in fused.Exports)
            exported.TryAdd(export.Path, export);
    }

    /// <summary>The component; or what keeps it from being written.</summary>
    public static Either<Diagnostic, ImmutableArray<byte>> Run(FusedComponent fused, ComponentAst root) => new WrapperBuilder(fused, root).Run();

    private Either<Diagnostic, ImmutableArray<byte>> Run()
    {
        foreach (var import in lists.Imports)
            scope.Import(import);
        if (budget.Error is { } error)
            return error;
        Instantiate();
        foreach (var export in lists.Exports)
        {
            if (budget.Error is null)
                scope.Export(export);
        }
        if (budget.Error is { } wrong)
            return wrong;
        var component = sections.Finish();
        return component.IsFull
            ? new Diagnostic(DiagnosticCode.EngineLimit, "the component around the module is larger than engines take: split the component")
            : ImmutableArray.Create(component.Written);
    }

    private void Instantiate()
    {
        uint module = core.Module(fused.Bytes.AsSpan()[..^fused.TypeSectionLength]);
        FusedFunction[] late = [.. fused.Imports.Items.Where(import => import.Memory is not null || import.Realloc is not null)];
        FusedResource[] destroyed = [.. fused.Resources.Items.Where(resource => resource.Destructor is not null)];
        CoreFuncType[] types = [.. late.Select(import => import.CoreType), .. destroyed.Select(resource => new CoreFuncType([Plan(resource)!.Rep], []))];
        var trampolines = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        foreach (object needed in (object[])[.. late, .. destroyed])
            trampolines.Add(needed, trampolines.Count);
        uint shim = types.Length == 0 ? 0 : core.Instantiate(core.Module(ShimModules.Trampolines(types).Written), []);
        var resources = Resources(trampolines, shim);
        var given = new OrderedDictionary<string, List<CoreInlineExport>>();
        foreach (var import in fused.Imports)
        {
            Give(given, import.Import!, trampolines.TryGetValue(import, out int number)
                ? core.Func(shim, ShimModules.Name(number))
                : core.Lower(scope.ImportedFunc(import.Path), CanonOpts.None));
        }
        foreach (var (resource, type) in resources)
        {
            Give(given, resource.Drop, RuntimeBuiltinOp.Drop, type);
            Give(given, resource.New, RuntimeBuiltinOp.New, type);
            Give(given, resource.Rep, RuntimeBuiltinOp.Rep, type);
        }
        instance = core.Instantiate(module, given.Select(from => (from.Key, core.Bundle(from.Value))).ToList());
        if (types.Length == 0 && fused.Initialize is null)
            return;
        var filling = new List<CoreInlineExport>();
        foreach (var import in late)
            filling.Add(Func(ShimModules.Name(filling.Count), core.Lower(scope.ImportedFunc(import.Path), Options(import))));
        foreach (var resource in destroyed)
            filling.Add(Func(ShimModules.Name(filling.Count), core.Func(instance, resource.Destructor!)));
        if (types.Length > 0)
            filling.Add(new CoreInlineExport(ShimModules.Table, new CoreSortIdx(CoreExternKind.Table, core.Table(shim, ShimModules.Table))));
        if (fused.Initialize is { } initialize)
            filling.Add(Func(ShimModules.Start, core.Func(instance, initialize)));
        core.Instantiate(core.Module(ShimModules.FixUp(types, fused.Initialize is not null).Written), [("", core.Bundle(filling))]);
    }

    // The resource types whose handles pass, with their indices; those of the component's own come about here.
    private List<(FusedResource Resource, uint Type)> Resources(Dictionary<object, int> trampolines, uint shim)
    {
        var resources = new List<(FusedResource, uint)>();
        foreach (var resource in fused.Resources)
        {
            uint type;
            if (Plan(resource) is { } own)
            {
                uint? destructor = trampolines.TryGetValue(resource, out int number) ? core.Func(shim, ShimModules.Name(number)) : null;
                type = scope.Define(lists.Defined[numbers[own]], own.Rep, destructor);
            }
            else
            {
                var item = fused.Plan.ImportedItems[(int)((PlanResource.Imported)fused.Plan.Tables.Resources[(int)resource.Resource.Value]).Item.Value];
                type = scope.Type(((ExternNode.Type)scope.Imported([fused.Plan.Imports[(int)item.Import.Value].Name, .. item.Path])).Node);
            }
            resources.Add((resource, type));
        }
        return resources;
    }

    private PlanResource.Defined? Plan(FusedResource resource) => fused.Plan.Tables.Resources[(int)resource.Resource.Value] as PlanResource.Defined;

    private static CoreInlineExport Func(string name, uint func) => new(name, new CoreSortIdx(CoreExternKind.Func, func));

    private static void Give(OrderedDictionary<string, List<CoreInlineExport>> given, CoreImportName name, uint func)
    {
        if (!given.TryGetValue(name.Module, out var exports))
            given.Add(name.Module, exports = []);
        exports.Add(Func(name.Name, func));
    }

    private void Give(OrderedDictionary<string, List<CoreInlineExport>> given, CoreImportName? name, RuntimeBuiltinOp builtin, uint type)
    {
        if (name is not null)
            Give(given, name, core.Builtin(builtin, type));
    }

    private bool Lift(EquatableArray<string> path, uint type)
    {
        if (!exported.TryGetValue(path, out var function))
            return false;
        uint func = ExportedFunc(function.Export!);
        core.Lift(func, Options(function), type);
        return true;
    }

    private CanonOpts Options(FusedFunction function) => new()
    {
        StringEncoding = function.StringEncoding,
        Memory = function.Memory is { } memory ? new CoreMemoryIdx(Memory(memory)) : null,
        Realloc = function.Realloc is { } realloc ? new CoreFuncIdx(ExportedFunc(realloc)) : null,
        PostReturn = function.PostReturn is { } post ? new CoreFuncIdx(ExportedFunc(post)) : null,
    };

    private uint Memory(string name)
    {
        if (!memories.TryGetValue(name, out uint index))
            memories.Add(name, index = core.Memory(instance, name));
        return index;
    }

    private uint ExportedFunc(string name)
    {
        if (!funcs.TryGetValue(name, out uint index))
            funcs.Add(name, index = core.Func(instance, name));
        return index;
    }
}
