using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Externs;

/// <summary>
/// Finds what a component imports and exports, with the names that its types have: all of its instantiations are followed, as linking does it, and in the same order.
/// The component was linked, so that there are no more than can be. A stack of its own takes the place of recursion.
/// </summary>
internal sealed class Elaboration
{
    private readonly Stack<Instantiation> running = new();
    private readonly List<ExternItem> imports = [];
    private readonly List<ExternItem> exports = [];
    private readonly List<TypeNode> defined = [];

    private Elaboration()
    {
    }

    /// <summary>The imports and exports of a component that was linked.</summary>
    public static ExternLists Of(ComponentAst root)
    {
        var elaboration = new Elaboration();
        elaboration.Run(root);
        return new ExternLists(elaboration.imports.ToEquatableArray(), elaboration.exports.ToEquatableArray(), elaboration.defined.ToEquatableArray());
    }

    /// <summary>The imports and exports that a component type declares.</summary>
    public static ExternLists Of(TypeNode.Component type) => DeclaredExterns.Of(type.Declarators, type.Scope, (scope, _, written) => scope.Made(written, null, ""));

    private void Run(ComponentAst root)
    {
        running.Push(new Instantiation(root, new TypeScope(null), null, null));
        while (running.TryPeek(out var instantiation))
        {
            if (instantiation.Done < instantiation.Ast.Definitions.Length)
            {
                Define(instantiation, instantiation.Ast.Definitions[instantiation.Done++]);
                continue;
            }
            running.Pop();
            if (instantiation.Instance is { } instance)
                running.Peek().Scope.Instances.Add(instance);
        }
    }

    private void Define(Instantiation instantiation, Definition definition)
    {
        var scope = instantiation.Scope;
        switch (definition)
        {
            case Definition.Component(_, var ast):
                scope.Components.Add(new ExternNode.Component(ast, scope, null));
                break;
            case Definition.Instance(_, InstanceExpr.Instantiate(var component, var args)):
                var target = scope.Components[(int)component.Value];
                var given = new Dictionary<string, ExternNode>(args.Length, StringComparer.Ordinal);
                foreach (var arg in args)
                    given.Add(arg.Name, scope.At(arg.Item));
                running.Push(new Instantiation(target.Ast ?? throw new UnreachableException(), new TypeScope(target.Scope), given, new ExternInstance()));
                break;
            case Definition.Instance(_, InstanceExpr.FromExports(var bundled)):
                var bundle = new ExternInstance();
                foreach (var export in bundled)
                    bundle.Add(new ExternItem(export.Name, scope.At(export.Item)));
                scope.Instances.Add(bundle);
                break;
            case Definition.Alias(_, var alias):
                scope.Add(alias);
                break;
            case Definition.Type(_, var type):
                TypeNode? resource = type is DefType.Resource ? new TypeNode.Resource(defined.Count) : null;
                if (resource is not null)
                    defined.Add(resource);
                scope.Add(type, resource);
                break;
            case Definition.Canon(_, Canon.Lift(_, _, var type)):
                scope.Funcs.Add(new ExternNode.Func(scope.Types[(int)type.Value]));
                break;
            case Definition.Import(_, var name, var type):
                Import(instantiation, name, type);
                break;
            case Definition.Export export:
                Export(instantiation, export);
                break;
            case Definition.Instance:
                throw new UnreachableException();
            case Definition.CoreModule:
                scope.CoreModules.Add(new ExternNode.CoreModule(null));
                break;
            case Definition.CoreType(_, var type):
                scope.Add(type);
                break;
            case Definition.CoreInstance or Definition.Canon:
                break;
        }
    }

    private void Import(Instantiation instantiation, ExternName name, ExternType type)
    {
        ExternNode node;
        if (instantiation.Args is { } args)
        {
            node = instantiation.Scope.Seen(type, args[name.Name], null, "");
        }
        else
        {
            node = instantiation.Scope.Made(type, null, "");
            imports.Add(new ExternItem(name, node));
        }
        instantiation.Scope.Add(node);
    }

    private void Export(Instantiation instantiation, Definition.Export export)
    {
        var node = instantiation.Scope.At(export.Item);
        if (node is ExternNode.Type(var type) && export.Ascribed is null or ExternType.Type(TypeBound.SubResource))
            node = new ExternNode.Type(new TypeNode.Named(type) { Owner = instantiation.Instance, Name = export.Name.Name });
        else if (export.Ascribed is ExternType.Type(TypeBound.Eq(var equal)))
            node = new ExternNode.Type(new TypeNode.Named(instantiation.Scope.Types[(int)equal.Value]) { Owner = instantiation.Instance, Name = export.Name.Name });
        else if (export.Ascribed is ExternType.Instance(var index) && node is ExternNode.Instance(var instance))
            node = new ExternNode.Instance(new ExternInstance(instantiation.Scope.InstanceTypeAt(index), instance, isAscribed: true));
        else if (export.Ascribed is ExternType.Func(var func))
            node = new ExternNode.Func(instantiation.Scope.Types[(int)func.Value]);
        instantiation.Scope.Add(node);
        var item = new ExternItem(export.Name, node);
        if (instantiation.Instance is { } made)
            made.Add(item);
        else
            exports.Add(item);
    }

    // One instantiation: what the component is given, null for the root, and the instance that it makes.
    private sealed class Instantiation(ComponentAst ast, TypeScope scope, Dictionary<string, ExternNode>? args, ExternInstance? instance)
    {
        public ComponentAst Ast { get; } = ast;

        public TypeScope Scope { get; } = scope;

        public Dictionary<string, ExternNode>? Args { get; } = args;

        public ExternInstance? Instance { get; } = instance;

        public int Done { get; set; }
    }
}
