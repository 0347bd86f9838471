using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// Writes a type of core modules, with the core types that it mentions inside: there they are equal to those outside that it was written with. Spec:
/// <c>core:moduletype</c>.
/// </summary>
internal sealed class ModuleTypeWriter
{
    private const byte ModuleType = 0x50, Import = 0x00, Type = 0x01, Export = 0x03;

    private readonly EncodeBudget budget;
    private readonly Sink declarators = new();
    private readonly List<CoreTypeNode> space = [];
    private readonly Dictionary<CoreGroup, uint> groups = new(ReferenceEqualityComparer.Instance);
    private uint types;
    private uint count;

    private ModuleTypeWriter(EncodeBudget budget) => this.budget = budget;

    /// <summary>Writes the type.</summary>
    public static void Write(Sink to, CoreTypeNode.Module module, EncodeBudget budget)
    {
        var writer = new ModuleTypeWriter(budget);
        foreach (var declarator in module.Declarators)
        {
            if (!budget.Spend(1))
                return;
            writer.Write(declarator, module.Scope);
        }
        to.Byte(ModuleType);
        to.Unsigned(writer.count);
        to.Bytes(writer.declarators);
    }

    private void Write(CoreModuleDeclarator declarator, TypeScope around)
    {
        switch (declarator)
        {
            case CoreModuleDeclarator.Type(var group):
                CoreGroup.Add(group, space);
                break;
            case CoreModuleDeclarator.OuterAlias(var outward, var index):
                space.Add(outward == 0 ? space[(int)index.Value] : around.Outward(outward - 1).CoreTypes[(int)index.Value]);
                break;
            case CoreModuleDeclarator.Import(var module, var name, var type):
                var imported = TypeRenumbering.Of(type, index => Number(space, index));
                Begin(Import);
                declarators.Name(module);
                declarators.Name(name);
                declarators.ExternType(imported);
                break;
            case CoreModuleDeclarator.Export(var name, var type):
                var exported = TypeRenumbering.Of(type, index => Number(space, index));
                Begin(Export);
                declarators.Name(name);
                declarators.ExternType(exported);
                break;
        }
    }

    private void Begin(byte kind)
    {
        count++;
        declarators.Byte(kind);
    }

    private uint Number(List<CoreTypeNode> from, CoreTypeIdx index)
    {
        var member = (CoreTypeNode.Member)from[(int)index.Value];
        Define(member.Group);
        return groups.GetValueOrDefault(member.Group) + (uint)member.Position;
    }

    // A group comes after those that it mentions. Chains of them are as long as there are types, so a stack of its own takes the place of recursion.
    private void Define(CoreGroup group)
    {
        var waiting = new Stack<CoreGroup>();
        waiting.Push(group);
        while (waiting.TryPeek(out var next) && budget.Spend(next.Types.Types.Length))
        {
            int before = waiting.Count;
            if (!groups.ContainsKey(next))
            {
                TypeRenumbering.Of(next.Types, index =>
                {
                    var mentioned = ((CoreTypeNode.Member)next.Space[(int)index.Value]).Group;
                    if (!ReferenceEquals(mentioned, next) && !groups.ContainsKey(mentioned))
                        waiting.Push(mentioned);
                    return 0;
                });
            }
            if (waiting.Count > before)
                continue;
            waiting.Pop();
            if (groups.TryAdd(next, types))
                Write(next);
        }
    }

    private void Write(CoreGroup group)
    {
        types += (uint)group.Types.Types.Length;
        var numbered = TypeRenumbering.Of(group.Types, index =>
        {
            var member = (CoreTypeNode.Member)group.Space[(int)index.Value];
            return groups[member.Group] + (uint)member.Position;
        });
        Begin(Type);
        TypeWriter.Write(declarators, numbered);
    }
}
