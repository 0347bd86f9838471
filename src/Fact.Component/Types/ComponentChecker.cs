using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Component.Types;

/// <summary>
/// Type-checks components: resolves every index, gives every definition its type, and leaves the steps that instantiation
/// takes. The work is linear in the size of the component but for the comparing and copying of instance and component types,
/// which is bounded.
/// </summary>
internal sealed class ComponentChecker
{
    private readonly CheckContext context;
    private readonly DefinitionScope scope;
    private readonly Lookup lookup;
    private readonly InstanceChecker instances;
    private readonly AliasChecker aliases;
    private readonly CanonChecker canons;
    private readonly ExternChecker externs;
    private readonly TypeChecker types;
    private SortNames? instanceNames;
    private readonly List<Step> steps = [];
    private readonly List<BundleItem> exports = [];

    private ComponentChecker(CheckContext context, DefinitionScope? parent)
    {
        this.context = context;
        scope = new DefinitionScope(context, ScopeKind.Component, parent);
        lookup = new Lookup(context, scope);
        instances = new InstanceChecker(context, scope);
        aliases = new AliasChecker(context, scope);
        canons = new CanonChecker(context, scope);
        externs = new ExternChecker(context, scope);
        types = new TypeChecker(context, scope);
    }

    /// <summary>Checks a component that is in no other; null, with an error in the context, where it is wrong.</summary>
    public static CheckedComponent? Check(CheckContext context, ComponentAst ast) =>
        new ComponentChecker(context, null).Check(ast);

    private CheckedComponent? Check(ComponentAst ast)
    {
        if (!TypeChecker.NestsWell(context, scope))
            return null;
        foreach (var names in ast.Names.Sorts)
        {
            if (names.Sort == NameSort.Instance)
                instanceNames = names;
        }
        if (!DefineAll(ast.Definitions))
            return null;
        context.Offset = ast.Offset;
        return TypeChecker.Finish(context, scope) is { } type
            ? new CheckedComponent(ast.Offset, type, steps.Seal(), exports.Seal()) { Name = ast.Names.Component }
            : null;
    }

    /// <summary>
    /// Checks all definitions, also those after a faulty one, as far as they do not depend on it; false, with errors, where one is faulty. Core types come in
    /// groups that number each other, so that nothing is checked after a faulty one.
    /// </summary>
    private bool DefineAll(EquatableArray<Definition> definitions)
    {
        int depth = context.Depth;
        bool ok = true;
        foreach (var definition in definitions)
        {
            context.HeedCancellation();
            context.Begin(definition.Offset, depth);
            var space = scope.SpaceOf(definition);
            int index = space.Count;
            if (Define(definition) && !context.Failed)
                continue;
            ok = false;
            if (context.IsOver || ReferenceEquals(space, scope.CoreTypes))
                break;
            scope.LeaveGap(space, index);
        }
        context.Begin(context.Offset, depth);
        return ok || context.Depend();
    }

    private bool Define(Definition definition) => definition switch
    {
        Definition.CoreModule(var offset, var bytes) => CoreModule(offset, bytes),
        Definition.CoreInstance(var offset, var expr) => Add(instances.Core(offset, expr)),
        Definition.CoreType(_, var type) => CoreTypeChecker.Define(context, scope, type),
        Definition.Component(var offset, var ast) => Component(offset, ast),
        Definition.Instance(var offset, var expr) => Add(Named(instances.Define(offset, expr))),
        Definition.Alias(var offset, var target) => aliases.Define(offset, target, out var alias) && (alias is null || Add(alias)),
        Definition.Type(var offset, var type) => Type(offset, type),
        Definition.Canon(var offset, var canon) => Add(canons.Check(offset, canon)),
        Definition.Import(_, var name, var type) => Add(externs.Import(name, type)),
        Definition.Export export => Export(export),
    };

    private bool CoreModule(long offset, RawBytes bytes)
    {
        context.Enter("core module", scope.CoreModules.Count);
        CoreModuleType? type = null;
        CoreModuleSurface? read = null;
        CoreModuleSurface.Read(bytes.Memory, offset).Match(
            Right: surface => (read, type) = (surface, CoreTypeChecker.ModuleOf(context, surface)),
            Left: error =>
            {
                context.Offset = error.Offset ?? offset;
                context.Fail(error.Code, error.Path.Length == 0 ? error.Message : error.Path + ": " + error.Message);
            });
        if (type is null || read is null)
            return false;
        scope.CoreModules.Add(type);
        context.Leave();
        var module = new EmbeddedModule((uint)context.Modules.Count, offset, bytes, read);
        context.Modules.Add(module);
        return Add(new Step.CoreModule(offset, module));
    }

    private bool Component(long offset, ComponentAst ast)
    {
        context.Enter("component", scope.Components.Count);
        if (new ComponentChecker(context, scope).Check(ast) is not { } component)
            return false;
        context.Leave();
        scope.Components.Add(component.Type);
        return Add(new Step.Component(offset, component));
    }

    private bool Type(long offset, DefType type)
    {
        context.Enter("type", scope.Types.Count);
        CheckedType? defined;
        if (type is DefType.Resource(var rep, var dtor))
            defined = Resource(offset, rep, dtor);
        else
            defined = types.Define(type);
        if (defined is null)
            return false;
        scope.Types.Add(defined);
        context.Leave();
        return ExternChecker.Bounded(context, scope.Types.Count, ComponentLimits.Items, "types");
    }

    private CheckedType.Resource? Resource(long offset, CoreValType rep, CoreFuncIdx? dtor)
    {
        if (rep is not (CoreValType.I32 or CoreValType.I64))
        {
            context.Fail(DiagnosticCode.WrongCoreType, "a resource type is represented by i32 or i64");
            return null;
        }
        if (dtor is { } index)
        {
            if (lookup.CoreFunc(index.Value) is not { } type)
                return null;
            if (!context.CoreTypes.Is(type, [rep], []))
            {
                context.Fail(
                    DiagnosticCode.WrongCoreType,
                    $"core function {index.Value} cannot be a destructor: it has type {context.CoreTypes.Text(type)}, not one parameter of the "
                        + "representation and no result");
                return null;
            }
        }
        var id = context.NewResource();
        scope.DefinedResources.Add(id, rep);
        steps.Add(new Step.Resource(offset, id, rep, dtor?.Value));
        return new CheckedType.Resource(id) { Mentions = Nameable.Of(id) };
    }

    private bool Export(Definition.Export export)
    {
        if (externs.Export(export) is not { } type)
            return false;
        exports.Add(new BundleItem(export.Name.Name, export.Item, (type as CheckedExtern.Type)?.Bound));
        return export.Item.Sort == Sort.Type || Add(new Step.Export(export.Offset, export.Item));
    }

    private Step? Named(Step? step) => step is Step.Instantiate instantiate
        ? instantiate with { Name = instanceNames?.Find((uint)scope.Instances.Count - 1) }
        : step;

    private bool Add(Step? step)
    {
        if (step is null)
            return false;
        steps.Add(step);
        return true;
    }
}
