using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Emit;
using Fact.Ir;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>Programs of hostile size: deep, long, and with many of everything.</summary>
public sealed class ScaleFacts
{
    [Fact]
    public void Code_of_five_hundred_levels_fits_a_stack_of_a_megabyte()
    {
        const int depth = 500;
        EquatableArray<Instr> body = [Instr.Branch(new LabelId(1))];
        for (int level = depth; level >= 1; level--)
        {
            body = (level % 4) switch
            {
                0 => [new Instr.Block(CoreFuncType.Empty, new(level), body)],
                1 => [new Instr.Loop(CoreFuncType.Empty, new(level), body)],
                2 => [Instr.Const(1), new Instr.If(CoreFuncType.Empty, new(level), body, body.Length > 4 ? [] : [Instr.Of(PlainOp.Nop)])],
                _ => [new Instr.Block(CoreFuncType.Empty, new(-level), [new Instr.TryTable(CoreFuncType.Empty, new(level), new(-level), body)])],
            };
        }
        var program = Program([Func(0, FuncRole.Helper, [], body), Func(1, FuncRole.Helper, [], body)]);
        Exception? fault = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var emitted = Emitted.Of(program, new EmitOptions(new EncodeOptions(Names: true, TrapSection: true)));
                    Assert.Single(emitted.Module.Funcs);
                    Assert.Equal(emitted.Bytes.Length, Encode.Length(emitted.Module, new EncodeOptions(Names: true, TrapSection: true)));
                    Assert.NotEmpty(WatPrinter.Print(emitted.Module));
                    Assert.Equal(2, Trees.Funcs(Combine.Run([program])).Count());
                }
                catch (Exception e)
                {
                    fault = e;
                }
            },
            1 << 20);
        thread.Start();
        thread.Join();
        Assert.Null(fault);
    }

    [Fact]
    public void A_body_with_half_a_million_locals_ends() =>
        Assert.Single(Ending.Of(() => Emitted.Of(LongBody(500_000), EmitOptions.Default)).Module.Funcs);

    [Fact]
    public void A_hundred_thousand_adapters_end_and_share_their_helpers() =>
        Assert.Equal(100_000 + 7, Ending.Of(() => Emitted.Of(ManyAdapters(100_000), EmitOptions.Default)).Module.Funcs.Length);

    [Fact]
    public void Locals_that_follow_one_another_share_one_slot()
    {
        var module = Resolve.Run(LongBody(1000));
        Assert.Single(module.Funcs[0].Locals);
    }

    [Fact]
    public void A_slot_of_a_parameter_is_taken_over_after_its_last_use()
    {
        EquatableArray<VirtualLocal> locals = [new(CoreValType.I32, "p"), new(CoreValType.I64, "q"), new(CoreValType.I32, "x"), new(CoreValType.I64, "y")];
        EquatableArray<Instr> body =
        [
            Instr.Get(new(0)), Instr.Set(new(2)), Instr.Get(new(2)), Instr.Of(PlainOp.Drop),
            Instr.Const(1L), Instr.Set(new(3)), Instr.Get(new(1)), Instr.Get(new(3)), Instr.Of(PlainOp.I64Add), Instr.Of(PlainOp.Drop),
        ];
        var func = new SymbolicFunc(new(0), FuncRole.Adapter, "f", new([CoreValType.I32, CoreValType.I64], []), locals, body);
        var resolved = Resolve.Run(Program([func])).Funcs[0];
        Assert.Equal([CoreValType.I64], resolved.Locals);
        Assert.Equal(["p", "q", "y"], resolved.LocalNames);
        Assert.Equal(0, resolved.Numbering.Slots[2]);
    }

    [Fact]
    public void What_was_written_before_a_loop_is_kept_to_its_end()
    {
        // "later" must not take the slot of "kept", which the next round of the outer loop reads again
        EquatableArray<VirtualLocal> locals = [new(CoreValType.I32, "kept"), new(CoreValType.I32, "later")];
        EquatableArray<Instr> inner = [Instr.Get(new(0)), Instr.BranchIf(new(2))];
        EquatableArray<Instr> outer = [new Instr.Loop(CoreFuncType.Empty, new(2), inner), Instr.Const(2), Instr.Set(new(1)), Instr.Get(new(1)), Instr.BranchIf(new(1))];
        EquatableArray<Instr> body = [Instr.Const(1), Instr.Set(new(0)), new Instr.Loop(CoreFuncType.Empty, new(1), outer), Instr.Const(3), Instr.Set(new(2))];
        var func = new SymbolicFunc(new(0), FuncRole.Adapter, "f", CoreFuncType.Empty, [.. locals, new(CoreValType.I32, "after")], body);
        Assert.Equal(["kept", "later"], Resolve.Run(Program([func])).Funcs[0].LocalNames);
    }

    private static AdapterProgram Program(EquatableArray<SymbolicFunc> funcs) => new([new AdapterCode([], funcs, [])]);

    private static SymbolicFunc Func(int id, FuncRole role, EquatableArray<VirtualLocal> locals, EquatableArray<Instr> body) =>
        new(new FuncId(id), role, $"f{id}", CoreFuncType.Empty, locals, body);

    private static AdapterProgram LongBody(int locals)
    {
        List<Instr> body = [];
        for (int i = 0; i < locals; i++)
        {
            body.Add(Instr.Const(i));
            body.Add(Instr.Set(new LocalId(i)));
            body.Add(Instr.Get(new LocalId(i)));
            body.Add(new Instr.If(CoreFuncType.Empty, LabelId.Unused, [Instr.TrapWith(TrapCode.InvalidChar)], []));
        }
        return Program([Func(0, FuncRole.Adapter, Enumerable.Repeat(new VirtualLocal(CoreValType.I32, "x"), locals).ToEquatableArray(), [.. body])]);
    }

    private static AdapterProgram ManyAdapters(int count)
    {
        List<AdapterCode> adapters = [];
        for (int i = 0; i < count; i++)
        {
            var callee = new FuncRef.Imported(new Import.Callee($"a{i}", new((uint)i), CoreFuncType.Empty));
            var func = new SymbolicFunc(
                new(2 * i), FuncRole.Adapter, $"a{i}", CoreFuncType.Empty, [], [new Instr.Call(callee), new Instr.Call(new FuncRef.Defined(new((2 * i) + 1)))]);
            adapters.Add(new([callee.Import], [func, Func((2 * i) + 1, FuncRole.Helper, [], [Instr.Const(i % 7), Instr.Of(PlainOp.Drop)])],
                [new($"a{i}", new FuncRef.Defined(func.Id))]));
        }
        return new([.. adapters]);
    }
}
