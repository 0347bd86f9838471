using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>A core type as one index stands for it. Nodes are told apart by reference.</summary>
internal closed record CoreTypeNode
{
    private CoreTypeNode()
    {
    }

    /// <summary>A type of a recursion group.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Position">Its position in it.</param>
    public sealed record Member(CoreGroup Group, int Position) : CoreTypeNode;

    /// <summary>A type of core modules.</summary>
    /// <param name="Declarators">Its declarators.</param>
    /// <param name="Scope">The scope around it.</param>
    public sealed record Module(EquatableArray<CoreModuleDeclarator> Declarators, TypeScope Scope) : CoreTypeNode;
}

/// <summary>A recursion group with what the indices in it mean.</summary>
internal sealed class CoreGroup
{
    private CoreGroup(CoreRecType types, List<CoreTypeNode> space) => (Types, Space) = (types, space);

    /// <summary>The types.</summary>
    public CoreRecType Types { get; }

    /// <summary>The index space that they are in, which grows but does not change.</summary>
    public List<CoreTypeNode> Space { get; }

    /// <summary>Adds a recursion group to an index space.</summary>
    public static void Add(CoreRecType types, List<CoreTypeNode> space)
    {
        var group = new CoreGroup(types, space);
        for (int i = 0; i < types.Types.Length; i++)
            space.Add(new CoreTypeNode.Member(group, i));
    }
}
