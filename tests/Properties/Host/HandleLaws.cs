using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Model.Tasks;
using Fact.Values;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>
/// Handles are made, looked at, dropped, moved and lent between three instances, in calls inside of calls: indices, representations and
/// traps are those of the model. Instance 0 defines resource A, instance 1 resource B, the host a third.
/// </summary>
public sealed class HandleLaws
{
    private static readonly ResourceType A = new("a", new InstanceId(0)), B = new("b", new InstanceId(1)), OfHost = new("h");

    private static readonly EquatableArray<HeldTable> Tables =
    [
        new(new InstanceId(0), A), new(new InstanceId(1), A), new(new InstanceId(2), A), new(new InstanceId(0), B),
        new(new InstanceId(1), B), new(new InstanceId(2), B), new(new InstanceId(0), OfHost), new(new InstanceId(2), OfHost),
    ];

    [Law(1000)]
    public void Handles_are_those_of_the_specification((byte Op, byte Table, byte Handle)[] ops)
    {
        var both = new Both();
        // What comes after a trap nobody sees.
        Assert.True(ops.All(op => both.Do(op.Op, op.Table, op.Handle)) || both.Trapped);
    }

    private sealed class Both
    {
        private readonly ResourceTables tables = new(Tables);
        private readonly SpecInstance[] instances = [new(), new(), new()];
        private readonly Dictionary<ResourceType, SpecResourceType> types;
        private readonly Stack<(SpecTask Task, SpecSubtask Subtask)> calls = new();
        private uint rep = 100;

        public Both() => types = new()
        {
            [A] = new(instances[0], _ => []),
            [B] = new(instances[1], _ => []),
            [OfHost] = new(new(), _ => []),
        };

        public bool Trapped { get; private set; }

        /// <summary>Does something with a handle of a table, mostly one that may be used so. False where that traps, on both sides.</summary>
        public bool Do(byte op, byte table, byte raw)
        {
            int from = table % Tables.Length;
            var instance = instances[Tables[from].Instance.Value];
            var type = types[Tables[from].Type];
            bool removes = op % 10 is 3 or 4 or 5, gives = op % 10 is 4 or 5, honest = raw < 250;
            uint[] good = Handles(instance, h => h.Rt == type && !(removes && h.NumLends > 0 && raw % 8 > 0) && !(gives && !h.Own));
            if (op % 10 <= 1 || (honest && good.Length == 0 && op % 10 < 6))
                return Same(tables.New(T(from), ++rep).Map(index => (ulong)index), () => Canon.ResourceNew(instance, type, rep));
            uint handle = honest && good.Length > 0 ? good[raw % good.Length] : raw % 8u;
            int[] targets = [.. Enumerable.Range(0, Tables.Length).Where(i => Tables[i].Type == Tables[from].Type)];
            int to = targets[raw / 8 % targets.Length];
            if (op % 10 == 7 && honest && calls.Count > 0 && calls.Peek().Task.NumBorrows > 0)
                return GiveBack(calls.Peek().Task);
            return (op % 10) switch
            {
                2 => Same(tables.Rep(T(from), handle), () => Canon.ResourceRep(instance, type, handle)),
                3 => Same(tables.Drop(T(from), handle).Map(_ => 0ul), () => Drop(instance, type, handle)),
                4 or 5 => Same(
                    tables.TransferOwn(handle, T(from), T(to)).Map(index => (ulong)index),
                    () => Move(new ValType.Own(T(from)), new ValType.Own(T(to)), handle, from, to)),
                6 => Enter(),
                7 when calls.Count > 0 => Same(tables.ExitCall().Map(_ => 0ul), Exit),
                8 or 9 when calls.Count > 0 && (good.Length > 0 || !honest) =>
                    Same(
                        tables.TransferBorrow(handle, T(from), T(to)).Map(index => (ulong)index),
                        () => Move(new ValType.Borrow(T(from)), new ValType.Borrow(T(to)), handle, from, to)),
                _ => true,
            };
        }

        /// <summary>Drops a handle that was lent for a call, if that may be.</summary>
        private bool GiveBack(SpecTask task)
        {
            for (int table = 0; table < Tables.Length; table++)
            {
                var (t, instance, type) = (table, instances[Tables[table].Instance.Value], types[Tables[table].Type]);
                foreach (uint handle in Handles(instance, h => h.Rt == type && h.BorrowScope == task && h.NumLends == 0))
                    return Same(tables.Drop(T(t), handle).Map(_ => 0ul), () => Drop(instance, type, handle));
            }
            return true;
        }

        private static uint[] Handles(SpecInstance instance, Func<SpecHandle, bool> those) =>
            [.. Enumerable.Range(0, instance.Handles.Array.Count).Where(i => instance.Handles.Array[i] is SpecHandle h && those(h)).Select(i => (uint)i)];

        private bool Enter()
        {
            tables.EnterCall();
            calls.Push((new(), new(Dialect.Specification)));
            return true;
        }

        private ulong Exit()
        {
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

        private ulong Move(ValType lifted, ValType lowered, uint handle, int from, int to)
        {
            var (task, subtask) = calls.Count > 0 ? calls.Peek() : (null, null);
            var value = new InstanceHandles(instances[Tables[from].Instance.Value], Type, null, subtask).Lift(lifted, handle);
            return new InstanceHandles(instances[Tables[to].Instance.Value], Type, task, null).Lower(lowered, value);
        }

        private SpecResourceType Type(uint table) => types[Tables[(int)table].Type];

        private bool Same(Either<Trap, ulong> actual, Func<ulong> model)
        {
            try
            {
                Assert.Equal((ulong?)model(), actual.MatchUnsafe(value => (ulong?)value, _ => null));
                return true;
            }
            catch (SpecTrap trap)
            {
                Assert.True(actual.IsLeft, trap.Message);
                Trapped = true;
                return false;
            }
        }
    }

    private static ResourceTableId T(int index) => new((uint)index);
}
