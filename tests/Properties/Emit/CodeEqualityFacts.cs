using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>What tells two functions apart, each thing by itself: hashes, by which functions are found that may be equal, tell most of it too, but need not.</summary>
public sealed class CodeEqualityFacts
{
    private static readonly CoreFuncType I32 = new([], [CoreValType.I32]), F32 = new([], [CoreValType.F32]);

    private static readonly LabelId Outer = new(7), Inner = new(8);

    private static readonly CodeEquality Equality = new(id => id.Value);

    // Pairs with one difference, which is not in the length of the code.
    private static readonly (string What, Instr A, Instr B)[] Pairs =
    [
        ("the function of ref.func", Reference(1), Reference(2)),
        ("the function of a call", Call(1), Call(2)),
        ("the path of a call", Call(1), Call(1, "p")),
        ("the type of a block", new Instr.Block(I32, new(0), One(1)), new Instr.Block(F32, new(0), One(1))),
        ("the body of a block", new Instr.Block(I32, new(0), One(1)), new Instr.Block(I32, new(0), One(2))),
        ("the type of a loop", new Instr.Loop(I32, new(0), One(1)), new Instr.Loop(F32, new(0), One(1))),
        ("the body of a loop", new Instr.Loop(I32, new(0), One(1)), new Instr.Loop(I32, new(0), One(2))),
        ("the type of an if", new Instr.If(I32, new(0), One(1), One(1)), new Instr.If(F32, new(0), One(1), One(1))),
        ("one arm of an if", new Instr.If(I32, new(0), One(1), One(1)), new Instr.If(I32, new(0), One(2), One(1))),
        ("the other arm of an if", new Instr.If(I32, new(0), One(1), One(1)), new Instr.If(I32, new(0), One(1), One(2))),
        ("the type of a try_table", new Instr.TryTable(I32, new(0), Outer, One(1)), new Instr.TryTable(F32, new(0), Outer, One(1))),
        ("where a try_table catches", new Instr.TryTable(I32, new(0), Outer, One(1)), new Instr.TryTable(I32, new(0), Inner, One(1))),
        ("the body of a try_table", new Instr.TryTable(I32, new(0), Outer, One(1)), new Instr.TryTable(I32, new(0), Outer, One(2))),
        ("the kind of a block", new Instr.Block(I32, new(0), One(1)), new Instr.Loop(I32, new(0), One(1))),
    ];

    [Fact]
    public void Each_difference_in_code_keeps_functions_apart()
    {
        foreach (var (what, a, b) in Pairs)
        {
            foreach (var (x, y) in new[] { (a, b), (b, a) })
            {
                Assert.False(Equality.Same(Func(Nested(x)), Func(Nested(y))), what);
                Assert.True(Equality.Same(Func(Nested(x)), Func(Nested(x))), what);
            }
        }
    }

    /// <summary>Which numbers labels were given does not matter, only where they are.</summary>
    [Fact]
    public void Labels_do_not_keep_functions_apart()
    {
        static Instr Block(int label) => new Instr.Block(CoreFuncType.Empty, new(label), [Instr.Branch(new(label))]);

        Assert.True(Equality.Same(Func(Block(0)), Func(Block(5))));
        Assert.True(Equality.Same(Func(Nested(Block(0))), Func(Nested(Block(5)))));
        Assert.False(Equality.Same(Func(Nested(Instr.Branch(Outer))), Func(Nested(Instr.Branch(Inner)))));
    }

    [Fact]
    public void Types_and_the_types_of_locals_keep_functions_apart()
    {
        var one = Func();
        foreach (var other in new[] { one with { Type = new([CoreValType.F32], []) }, one with { Type = new([CoreValType.I32], [CoreValType.I32]) } })
            Assert.False(Equality.Same(one, other));
        var two = one with { Locals = [.. one.Locals.Items, new(CoreValType.I64, "x")] };
        Assert.False(Equality.Same(one, two));
        Assert.False(Equality.Same(two, two with { Locals = [one.Locals[0], new(CoreValType.F64, "x")] }));
        Assert.True(Equality.Same(two, two with { Id = new(9), Name = "other", Locals = [.. two.Locals.Items.Select(local => local with { Name = "y" })] }));
    }

    private static EquatableArray<Instr> One(int number) => [Instr.Const(number)];

    private static Instr Call(int func, string? path = null) => new Instr.Call(new FuncRef.Defined(new(func)), path);

    private static Instr Reference(int func) => new Instr.RefFunc(new FuncRef.Defined(new(func)));

    private static Instr Nested(Instr instr) => new Instr.Block(CoreFuncType.Empty, Outer, [new Instr.Loop(CoreFuncType.Empty, Inner, [instr])]);

    private static SymbolicFunc Func(params EquatableArray<Instr> body) =>
        new(new FuncId(0), FuncRole.Helper, "helper", new([CoreValType.I32], []), [new(CoreValType.I32, "p")], body);
}
