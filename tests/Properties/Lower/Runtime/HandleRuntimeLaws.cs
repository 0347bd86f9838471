using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Model.Tasks;
using Xunit;

namespace Fact.Properties.Lower.Runtime;

/// <summary>
/// Handles are made, looked at, dropped, moved and lent between three instances, in calls inside of calls, by guests and by the host, with entries of other kinds
/// among them: indices, representations, traps and what is destroyed are those of the model. Instance 0 defines a resource type, instance 1 another, the host two.
/// </summary>
public sealed class HandleRuntimeLaws
{
    private const int Kind = 5;

    [Law(300)]
    public void Handles_are_those_of_the_specification((byte Op, byte Table, byte Handle)[] ops, bool wide, bool many)
    {
        using var both = new Both(wide, many);
        // What comes after a trap nobody sees.
        foreach (var (op, table, handle) in ops)
        {
            if (!both.Do(op, table, handle))
                return;
        }
        both.End();
    }

    /// <summary>The same with many operations at a time, so that tables grow and are emptied.</summary>
    [Law(20)]
    public void Tables_grow((byte Op, byte Table, ushort Count)[] ops)
    {
        using var both = new Both(wide: ops.Length % 2 == 0, many: ops.Length % 3 == 0);
        foreach (var (op, table, count) in ops)
        {
            for (int i = count % 400; i >= 0; i--)
            {
                if (!both.Do((byte)(op % 3 == 0 ? 3 : op % 3 == 1 ? 12 : 0), table, (byte)(i % 250)))
                    return;
            }
        }
        both.End();
    }

    private sealed class Both : IDisposable
    {
        private static readonly (HandleRuntime Input, CompiledRuntime Compiled)[] Runtimes =
            [.. new[] { 0, 1, 2, 3 }.Select(i => Input((i & 1) != 0, (i & 2) != 0)).Select(input => (input, CompiledRuntime.Of(input)))];

        private const int Used = 12, Unused = 300;

        private readonly HandleRuntime runtime;
        private readonly RuntimeRig rig;
        private readonly SpecInstance[] instances = [new(), new(), new()];
        private readonly SpecResourceType[] types;
        private readonly SpecResourceType other = new(new(), _ => []);
        private readonly Stack<(SpecTask Task, SpecSubtask Subtask)> calls = new();
        private readonly List<(uint Resource, ulong Rep)> dropped = [];
        private ulong rep = 100;

        public Both(bool wide, bool many)
        {
            (runtime, var compiled) = Runtimes[(wide ? 1 : 0) + (many ? 2 : 0)];
            rig = new(compiled);
            rig.Destructor(1, rep => rig.Dropped.Add((1, rep)));
            rig.Destructor(2, rep => rig.Dropped.Add((2, rep)), wide);
            types = [.. Enumerable.Range(0, 4).Select(i => new SpecResourceType(i is 1 or 2 ? instances[i - 1] : new(), values =>
            {
                dropped.Add(((uint)i, values[0].Bits));
                return [];
            }))];
        }

        /// <summary>With many built-ins their code is shared; those of tables that nothing uses make them many.</summary>
        private static HandleRuntime Input(bool wide, bool many)
        {
            InstanceNode[] nodes = [new(new(0)), new(new(1), new(new(0))), new(new(2))];
            return new(
                3,
                [
                    new RuntimeResource.Imported(),
                    new RuntimeResource.Defined(nodes[0], CoreValType.I32, HasDestructor: true),
                    new RuntimeResource.Defined(nodes[1], wide ? CoreValType.I64 : CoreValType.I32, HasDestructor: true),
                    new RuntimeResource.Imported(),
                ],
                [
                    .. from resource in Enumerable.Range(0, 4) from instance in nodes select new RuntimeTable(instance, new((uint)resource)),
                    .. Enumerable.Repeat(new RuntimeTable(nodes[0], new(0)), Unused),
                ],
                [
                    .. Enumerable.Range(0, 12).Select(table => new RuntimeBuiltin(RuntimeBuiltinOp.Drop, new((uint)table))),
                    .. from op in new[] { RuntimeBuiltinOp.New, RuntimeBuiltinOp.Rep }
                       from table in new uint[] { 3, 4, 5, 6, 7, 8 }
                       select new RuntimeBuiltin(op, new(table)),
                    .. Enumerable.Range(12, many ? Unused : 0).Select(table => new RuntimeBuiltin(RuntimeBuiltinOp.Drop, new((uint)table))),
                ]);
        }

        /// <summary>Does something with a handle of a table, mostly one that may be used so. False where that traps, on both sides.</summary>
        public bool Do(byte op, byte table, byte raw)
        {
            int from = table % Used, resource = (int)runtime.Tables[from].Resource.Value;
            var instance = Instance(from);
            var type = types[resource];
            bool isDefined = resource is 1 or 2, honest = raw < 250;
            op %= 14;
            bool removes = op is 3 or 4 or 5 or 12, gives = op is 4 or 5 or 10;
            uint[] good = Handles(instance, h => h.Rt == type && !(removes && h.NumLends > 0 && raw % 8 > 0) && !(gives && !h.Own));
            if (op <= 1 || (honest && good.Length == 0 && op is < 6 or 10 or 12))
            {
                ++rep;
                return op == 0 && isDefined
                    ? Same($"[resource-new]{from}", [(long)rep], () => Canon.ResourceNew(instance, type, rep))
                    : Same("lower-own", [(long)rep, from], () => Canon.ResourceNew(instance, type, rep));
            }
            uint handle = honest && good.Length > 0 ? good[raw % good.Length] : raw % 8u;
            int to = (from / 3 * 3) + (raw / 8 % 3);
            if (op == 7 && honest && calls.Count > 0 && calls.Peek().Task.NumBorrows > 0)
                return GiveBack(calls.Peek().Task);
            switch (op)
            {
                case 2 when isDefined:
                    return Same($"[resource-rep]{from}", [handle], () => Canon.ResourceRep(instance, type, handle));
                case 3 or 12:
                    return Same($"[resource-drop]{from}", [handle], () => Drop(instance, type, handle));
                case 4 or 5:
                    return Same("transfer-own", [handle, from, to], () => Lower(LiftOwn(from, handle), to));
                case 6:
                    calls.Push((new(), new(Dialect.Specification)));
                    return Same("enter-call", [], () => 0);
                case 7:
                    return (honest && calls.Count == 0) || Same("exit-call", [], Exit);
                case 8 or 9 when good.Length > 0 || !honest:
                    return (honest && calls.Count == 0) || Same("transfer-borrow", [handle, from, to], () => LowerBorrow(LiftBorrow(from, handle), to));
                case 10:
                    return Same("lift-own", [handle, from], () => LiftOwn(from, handle).Rep);
                case 11 when good.Length > 0:
                    return (honest && calls.Count == 0)
                        || (Same("lift-borrow", [handle, from], () => LiftBorrow(from, handle).Rep)
                            && Same("lower-borrow", [(long)++rep, to], () => LowerBorrow(new(TransferKind.Borrow, rep, (uint)to), to)));
                case 13:
                    return Other(from % 3, raw);
                default:
                    return true;
            }
        }

        /// <summary>In the end both have the same handles.</summary>
        public void End()
        {
            Assert.Equal(dropped, rig.Dropped);
            Assert.Equal((uint)instances.Sum(instance => instance.Handles.Array.Count(h => h is not null)), rig.Value("handles"));
            for (int i = 0; i < instances.Length; i++)
            {
                for (int index = 0; index < instances[i].Handles.Array.Count + 3; index++)
                {
                    var h = index < instances[i].Handles.Array.Count ? instances[i].Handles.Array[index] : null;
                    uint kind = h is not SpecHandle { Rt: var rt } ? 0 : rt == other ? Kind : uint.MaxValue;
                    Assert.Equal(kind, rig.Ok("entry-kind", i, index));
                }
            }
        }

        public void Dispose() => rig.Dispose();

        private SpecInstance Instance(int table) => instances[(int)runtime.Tables[table].Instance.Id.Value];

        /// <summary>An entry of another kind is made, looked at or removed.</summary>
        private bool Other(int instance, byte raw)
        {
            uint[] good = Handles(instances[instance], h => h.Rt == other);
            if (good.Length == 0 || raw % 3 == 0)
                return Same("entry-add", [instance, Kind, (long)++rep], () => instances[instance].Handles.Add(new(other, rep, null)));
            uint index = raw < 250 ? good[raw % good.Length] : raw % 8u;
            return raw % 3 == 1
                ? Same("entry-value", [instance, Kind, index], () => Canon.ResourceRep(instances[instance], other, index))
                : Same("entry-remove", [instance, Kind, index], () =>
                {
                    var h = instances[instance].Handles.Remove(index);
                    SpecTrap.If(h.Rt != other, "handle of the wrong type");
                    return h.Rep;
                });
        }

        /// <summary>Drops a handle that was lent for a call, if that may be.</summary>
        private bool GiveBack(SpecTask task)
        {
            for (int table = 0; table < Used; table++)
            {
                var (t, instance, type) = (table, Instance(table), types[runtime.Tables[table].Resource.Value]);
                foreach (uint handle in Handles(instance, h => h.Rt == type && h.BorrowScope == task && h.NumLends == 0))
                    return Same($"[resource-drop]{t}", [handle], () => Drop(instance, type, handle));
            }
            return true;
        }

        private static uint[] Handles(SpecInstance instance, Func<SpecHandle, bool> those) =>
            [.. Enumerable.Range(0, instance.Handles.Array.Count).Where(i => instance.Handles.Array[i] is SpecHandle h && those(h)).Select(i => (uint)i)];

        private ulong Exit()
        {
            SpecTrap.If(calls.Count == 0, "a call ends that did not begin");
            var (task, subtask) = calls.Pop();
            SpecTrap.If(task.NumBorrows > 0, "borrow handles still remain at the end of the call");
            subtask.DeliverResolve();
            return 0;
        }

        private static ulong Drop(SpecInstance instance, SpecResourceType type, uint handle)
        {
            Canon.ResourceDrop(instance, type, handle);
            return 0;
        }

        private InstanceHandles In(int table)
        {
            var (task, subtask) = calls.Count > 0 ? calls.Peek() : (null, null);
            return new(Instance(table), number => types[runtime.Tables[(int)number].Resource.Value], task, subtask);
        }

        private SpecValue.Handle LiftOwn(int table, uint handle) => In(table).Lift(new ValType.Own(new((uint)table)), handle);

        private SpecValue.Handle LiftBorrow(int table, uint handle)
        {
            SpecTrap.If(calls.Count == 0, "a borrow is passed outside of a call");
            return In(table).Lift(new ValType.Borrow(new((uint)table)), handle);
        }

        private ulong Lower(SpecValue.Handle value, int table) => In(table).Lower(new ValType.Own(new((uint)table)), value);

        private ulong LowerBorrow(SpecValue.Handle value, int table) => In(table).Lower(new ValType.Borrow(new((uint)table)), value);

        private bool Same(string name, long[] arguments, Func<ulong> model)
        {
            var (value, trap) = rig.Call(name, arguments);
            try
            {
                ulong expected = model();
                Assert.Null(trap);
                Assert.Equal(expected, value);
                return true;
            }
            catch (SpecTrap expected)
            {
                Assert.Equal(expected.Message == "handle of the wrong type" ? "handle index used with the wrong type" : expected.Message, trap);
                return false;
            }
        }
    }
}
