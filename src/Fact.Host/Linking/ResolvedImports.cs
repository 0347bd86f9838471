using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Host.Calls;
using Fact.Host.Engine;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Linking;

/// <summary>What a host gave for each imported thing that something uses, by its position in the plan.</summary>
internal sealed class ResolvedImports : IDisposable
{
    private readonly Dictionary<string, object> found;
    private readonly InstanceImports given;
    private object[] items = [];

    private ResolvedImports(Dictionary<string, object> found, InstanceImports given) => (this.found, this.given) = (found, given);

    /// <summary>Tells host functions that wait that they are to end; null where nothing is stopped.</summary>
    public StopSource? Waiting => given.Waiting;

    /// <summary>Finds everything that the component needs, or lists all that is missing, with types.</summary>
    /// <param name="plan">The plan of the component.</param>
    /// <param name="names">What things are called in it.</param>
    /// <param name="engine">The engine that compiles imported core modules.</param>
    /// <param name="host">What the host gives.</param>
    /// <param name="waiting">Tells host functions that wait that they are to end; null where nothing is stopped.</param>
    public static Either<EquatableArray<Diagnostic>, ResolvedImports> Resolve(
        LinkPlan plan, PlanNames names, CoreEngine engine, HostImports host, StopSource? waiting)
    {
        var errors = new List<Diagnostic>();
        var faults = new List<Diagnostic>();
        var imports = new InstanceImports(host, waiting, faults.Add);
        var found = new Dictionary<string, object>();
        var resources = new Dictionary<RuntimeResourceId, ResourceType>();
        foreach (var (name, type) in names.AllImports())
        {
            if (type is PlanExtern.Type { Bound: PlanType.Resource(var id) } && resources.TryGetValue(id, out var same))
                CheckSame(imports, name, same, errors);
            else
                Find(plan, names, engine, imports, name, type, errors).IfSome(item => found[name] = item);
            if (found.GetValueOrDefault(name) is HostDefinition.Resource given && type is PlanExtern.Type { Bound: PlanType.Resource(var first) })
                resources[first] = given.Type;
        }
        foreach (string name in names.ImportedInstances())
        {
            if (imports.Find(name) is { } given)
                errors.Add(OtherKind(given, "an instance", name));
        }
        var resolved = new ResolvedImports(found, imports);
        if (faults.Count > 0 || errors.Count > 0)
        {
            resolved.Dispose();
            // What belongs to a state that could not be made is given, and not missing.
            return faults.Count > 0 ? faults.ToEquatableArray() : MissingImports.WithSummary(names.AllImports(), errors);
        }
        resolved.items = new object[plan.ImportedItems.Length];
        for (uint i = 0; i < resolved.items.Length; i++)
            resolved.items[i] = found[names.Import(new(i))];
        return resolved;
    }

    /// <summary>A resource type that is declared equal to one before need not be given again; if it is, it must be that.</summary>
    private static void CheckSame(InstanceImports imports, string name, ResourceType expected, List<Diagnostic> errors)
    {
        if (imports.Find(name) is { } given && (given is not HostDefinition.Resource resource || !ReferenceEquals(resource.Type, expected)))
            errors.Add(
                new Diagnostic(DiagnosticCode.WrongImport, $"mismatched resource types: it must be the resource type \"{expected.Name}\" again",
                    MissingImports.Path(name)));
    }

    private static Option<object> Find(
        LinkPlan plan, PlanNames names, CoreEngine engine, InstanceImports imports, string name, PlanExtern type, List<Diagnostic> errors)
    {
        string where = MissingImports.Path(name);
        switch (type, imports.Find(name))
        {
            case (PlanExtern.Func, HostDefinition.Function function):
                return function.Implementation;
            case (PlanExtern.Func, HostDefinition.AsyncFunction function):
                return function.Implementation;
            case (PlanExtern.Type, HostDefinition.Resource resource):
                return resource;
            case (PlanExtern.CoreModule(var expected), HostDefinition.CoreModule module):
                return ModuleLoader.Load(engine, module.Bytes, where)
                    .Bind(loaded => CoreModuleMatch.Check(plan.CoreModuleTypes[(int)expected.Value], plan.Tables.CoreTypes, loaded, where))
                    .Match(loaded => Option<object>.Some(loaded), error =>
                    {
                        errors.Add(error);
                        return Option<object>.None;
                    });
            case (PlanExtern.Func, null) when imports.MissingTraps:
                return MissingImports.Function(name, Describe(plan, names, type));
            case (PlanExtern.Type, null) when imports.MissingTraps:
                return new HostDefinition.Resource(new ResourceType(name), null);
            case (_, null):
                errors.Add(new Diagnostic(DiagnosticCode.MissingImport, $"missing: it must be {Describe(plan, names, type)}", where));
                return Option<object>.None;
            case (_, { } given):
                errors.Add(OtherKind(given, Describe(plan, names, type), name));
                return Option<object>.None;
        }
    }

    private static Diagnostic OtherKind(HostDefinition given, string wanted, string name)
    {
        string found = given switch
        {
            HostDefinition.Function or HostDefinition.AsyncFunction => "a function",
            HostDefinition.Resource => "a resource type",
            HostDefinition.CoreModule => "a core module",
            HostDefinition.OfState => throw new System.Diagnostics.UnreachableException(),
        };
        return new Diagnostic(DiagnosticCode.WrongImport, $"{found} was given: it must be {wanted}", MissingImports.Path(name));
    }

    /// <summary>What an import must be, for messages.</summary>
    public static string Describe(LinkPlan plan, PlanNames names, PlanExtern type) => type switch
    {
        PlanExtern.Func func => names.Type(func.FuncType),
        PlanExtern.CoreModule(var id) => Describe(plan.CoreModuleTypes[(int)id.Value]),
        PlanExtern.Instance => "an instance",
        PlanExtern.Type => "a resource type",
        PlanExtern.Component => "a component",
    };

    private static string Describe(PlanCoreModuleType type) => $"a core module with {type.Imports.Length} imports and {type.Exports.Length} exports";

    /// <summary>An imported function.</summary>
    public HostFunction Function(ImportedItemId id) => (HostFunction)items[(int)id.Value];

    /// <summary>An imported function that returns when it has done all; null for others.</summary>
    public HostFunction? PlainFunction(ImportedItemId id) => items[(int)id.Value] as HostFunction;

    /// <summary>An imported function that may return later than it is called; null where it is none.</summary>
    public AsyncHostFunction? AsyncFunction(ImportedItemId id) => items[(int)id.Value] as AsyncHostFunction;

    /// <summary>An imported resource type.</summary>
    public HostDefinition.Resource Resource(ImportedItemId id) => (HostDefinition.Resource)items[(int)id.Value];

    /// <summary>An imported core module.</summary>
    public LoadedModule CoreModule(ImportedItemId id) => (LoadedModule)items[(int)id.Value];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (object item in found.Values)
            (item as LoadedModule)?.Module?.Dispose();
        given.Dispose();
    }
}
