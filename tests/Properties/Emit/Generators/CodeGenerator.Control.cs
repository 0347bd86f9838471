using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Statements and control.</summary>
internal sealed partial class CodeGenerator<T>
{
    private static readonly CoreValType[] AllTypes = Signatures.Types;

    /// <summary>Code that leaves the stack as it was.</summary>
    private void Statement(List<T> to)
    {
        budget--;
        switch (random.Next(Nested ? 6 : 16))
        {
            case 0:
                var written = Pick(AllTypes);
                Value(to, written);
                to.Add(code.Local(LocalOp.Set, Write(written)));
                break;
            case 1:
                Store(to);
                break;
            case 2:
                Value(to, CoreValType.I32);
                to.Add(code.Global(GlobalOp.Set, random.Next(world.Globals)));
                break;
            case 3:
                Value(to, Pick(AllTypes));
                to.Add(code.Plain(PlainOp.Drop));
                break;
            case 4 when world.Tables > 0 && random.Next(3) == 0:
                var indirect = new CoreFuncType(SomeTypes(), SomeTypes());
                Values(to, indirect.Params);
                Value(to, CoreValType.I32);
                to.Add(code.CallIndirect(indirect, random.Next(world.Tables)));
                Consume(to, indirect.Results);
                break;
            case 4:
                Call(to);
                break;
            case 5 when random.Next(2) == 0:
                Wide(to);
                break;
            case 5:
                to.Add(code.Plain(PlainOp.Nop));
                break;
            case 6:
                Guard(to);
                break;
            case 7:
                Copy(to);
                break;
            case 8 or 9:
                Branch(to);
                break;
            case 10:
                Values(to, type.Results);
                to.Add(code.Plain(PlainOp.Return));
                break;
            case 11:
                to.Add(code.Trap(Pick(Enum.GetValues<TrapCode>()), Pick(Paths)));
                break;
            default:
                var nested = new CoreFuncType(SomeTypes(), SomeTypes());
                Values(to, nested.Params);
                Nest(to, nested);
                Consume(to, nested.Results);
                break;
        }
    }

    /// <summary>Structured control of a type whose parameters are on the stack.</summary>
    private void Nest(List<T> to, CoreFuncType nested)
    {
        int label = nextLabel++;
        switch (random.Next(4))
        {
            case 0:
                to.Add(code.Block(nested, label, Inside(label, nested, nested.Results)));
                break;
            case 1:
                to.Add(code.Loop(nested, label, Inside(label, nested, nested.Params, again: random.Next(2) == 0)));
                break;
            case 2 when Targets(label => label.Types.IsEmpty) is { Count: > 0 } targets:
                to.Add(code.TryTable(nested, label, Pick(targets), Inside(label, nested, nested.Results)));
                break;
            default:
                Value(to, CoreValType.I32);
                var then = Inside(label, nested, nested.Results);
                bool otherwise = nested.Params != nested.Results || random.Next(2) == 0;
                to.Add(code.If(nested, label, then, otherwise ? Inside(label, nested, nested.Results) : []));
                break;
        }
    }

    /// <summary>
    /// A body, of a loop perhaps one that may start again at its end. What it writes counts as written in it only: a branch may
    /// have skipped it.
    /// </summary>
    private List<T> Inside(int label, CoreFuncType nested, EquatableArray<CoreValType> branchTypes, bool again = false)
    {
        HashSet<int> before = [.. written];
        List<T> body = [];
        labels.Add(new Label(label, branchTypes));
        Consume(body, nested.Params);
        for (int i = random.Next(5); i > 0 && budget > 0; i--)
            Statement(body);
        if (again && branchTypes.IsEmpty)
        {
            Value(body, CoreValType.I32);
            body.Add(code.BrIf(new Target(label, 0)));
        }
        Values(body, nested.Results);
        labels.RemoveAt(labels.Count - 1);
        written = before;
        // an if without instructions in its else has no else: nothing may depend on the difference
        if (body.Count == 0)
            body.Add(code.Plain(PlainOp.Nop));
        return body;
    }

    private void Branch(List<T> to)
    {
        var all = Targets(_ => true);
        if (all.Count == 0)
            return;
        var target = Pick(all);
        var types = labels[^(target.Depth + 1)].Types;
        Values(to, types);
        switch (random.Next(3))
        {
            case 0:
                to.Add(code.Br(target));
                break;
            case 1:
                Value(to, CoreValType.I32);
                to.Add(code.BrIf(target));
                Consume(to, types);
                break;
            default:
                Value(to, CoreValType.I32);
                var same = Targets(label => label.Types == types);
                to.Add(code.BrTable([.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(same))], target));
                break;
        }
    }

    private List<Target> Targets(Func<Label, bool> fits) =>
        [.. labels.Select((label, i) => (label, new Target(label.Number, labels.Count - 1 - i))).Where(pair => fits(pair.label)).Select(pair => pair.Item2)];

    private void Guard(List<T> to)
    {
        Value(to, CoreValType.I32);
        to.Add(code.If(CoreFuncType.Empty, nextLabel++, [code.Trap(Pick(Enum.GetValues<TrapCode>()), Pick(Paths))], []));
    }

    private void Wide(List<T> to)
    {
        var op = Pick(Signatures.Wide);
        for (int i = op is PlainOp.I64Add128 or PlainOp.I64Sub128 ? 4 : 2; i > 0; i--)
            Value(to, CoreValType.I64);
        to.Add(code.Plain(op));
        Consume(to, [CoreValType.I64, CoreValType.I64]);
    }

    private void Store(List<T> to)
    {
        if (random.Next(5) == 0)
        {
            LaneAccess(to, load: false);
            return;
        }
        int memory = random.Next(world.Memories.Count);
        var op = Pick(Signatures.Stores);
        Value(to, world.Memories[memory].IndexType);
        Value(to, Signatures.ValueOf(op));
        to.Add(code.Memory(op, Arg(Signatures.BytesOf(op), memory), memory));
    }

    private void Copy(List<T> to)
    {
        if (random.Next(3) == 0)
        {
            int memory = random.Next(world.Memories.Count);
            Value(to, world.Memories[memory].IndexType);
            Value(to, CoreValType.I32);
            Value(to, world.Memories[memory].IndexType);
            to.Add(code.MemoryFill(memory));
            return;
        }
        int into = random.Next(world.Memories.Count), from = random.Next(world.Memories.Count);
        CoreValType a = world.Memories[into].IndexType, b = world.Memories[from].IndexType;
        Value(to, a);
        Value(to, b);
        Value(to, a == CoreValType.I64 && b == CoreValType.I64 ? CoreValType.I64 : CoreValType.I32);
        to.Add(code.MemoryCopy(into, from));
    }

    private void Call(List<T> to)
    {
        if (world.Callable.Count == 0)
            return;
        int func = Pick(world.Callable);
        Values(to, world.Funcs[func].Params);
        to.Add(code.Call(func, Pick(Paths)));
        Consume(to, world.Funcs[func].Results);
    }

    /// <summary>Takes values off the stack, the last one first.</summary>
    private void Consume(List<T> to, EquatableArray<CoreValType> types)
    {
        for (int i = types.Length - 1; i >= 0; i--)
            to.Add(random.Next(2) == 0 ? code.Plain(PlainOp.Drop) : code.Local(LocalOp.Set, Write(types[i])));
    }

    private EquatableArray<CoreValType> SomeTypes() =>
        Enumerable.Range(0, random.Next(3) == 0 ? random.Next(4) : 0).Select(_ => Pick(AllTypes)).ToEquatableArray();
}
