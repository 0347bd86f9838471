using System;
using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Externs;

/// <summary>
/// The one walk over the declarators of component types and instance types: each gets its place in a scope of their own. Spec: <c>componentdecl</c>,
/// <c>instancedecl</c>.
/// </summary>
internal static class DeclaredExterns
{
    /// <summary>The imports and exports that declarators declare, in order; an instance type has no imports.</summary>
    /// <param name="declarators">The declarators.</param>
    /// <param name="around">The scope that they are written in.</param>
    /// <param name="node">What an import or export of a name and a type is, given the scope of the declarators before it.</param>
    public static ExternLists Of(EquatableArray<Declarator> declarators, TypeScope around, Func<TypeScope, string, ExternType, ExternNode> node)
    {
        var scope = new TypeScope(around);
        var imports = new List<ExternItem>();
        var exports = new List<ExternItem>();
        foreach (var declarator in declarators)
        {
            switch (declarator)
            {
                case Declarator.CoreType(_, var core):
                    scope.Add(core);
                    break;
                case Declarator.Type(_, var type):
                    scope.Add(type);
                    break;
                case Declarator.Alias(_, var alias):
                    scope.Add(alias);
                    break;
                case Declarator.Import(_, var name, var type):
                    imports.Add(Declare(name, type));
                    break;
                case Declarator.Export(_, var name, var type):
                    exports.Add(Declare(name, type));
                    break;
            }
        }
        return new ExternLists(imports.ToEquatableArray(), exports.ToEquatableArray(), []);

        ExternItem Declare(ExternName name, ExternType type)
        {
            var item = new ExternItem(name, node(scope, name.Name, type));
            scope.Add(item.Node);
            return item;
        }
    }
}
