using System.Linq;
using Fact.Ir;
using Fact.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Types of functions under test.</summary>
/// <param name="choice">Where randomness comes from.</param>
/// <param name="fixedLengthLists">Whether there are lists of fixed length.</param>
/// <param name="resources">Whether there are handles.</param>
/// <param name="owns">Whether handles may own their resources.</param>
public sealed class TypeGenerator(Choice choice, bool fixedLengthLists, bool resources, bool owns)
{
    private const int MaxDepth = 4, Width = 4;

    /// <summary>The type of a function: mostly few parameters, sometimes more than fit into core values.</summary>
    public ComponentFuncType Func()
    {
        int count = choice.OneIn(6) ? choice.Between(10, 22) : choice.Between(0, 4);
        var parameters = Enumerable.Range(0, count)
            .Select(i => new Param($"p{i}", Type(count > 4 ? 1 : choice.Between(MaxDepth - 1, MaxDepth), borrows: true)))
            .ToEquatableArray();
        return new(parameters, choice.OneIn(4) && count > 0 ? null : Type(choice.Between(MaxDepth - 1, MaxDepth), borrows: false));
    }

    private ValType Type(int depth, bool borrows)
    {
        var kinds = new TypeKinds(borrows, owns, FixedLimit: fixedLengthLists ? 100u : 0, Tables: resources ? 2 : 0, HandleWeight: 6, AsyncHandles: false, Names: Names);
        return choice.Of(new TypeGen(kinds).Of(depth, Width));
    }

    private static Gen<EquatableArray<string>> Names(int count) => Gen.Constant(Enumerable.Range(0, count).Select(i => $"n{i}").ToEquatableArray());
}
