using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Values;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Rules of handles, one by one; <see cref="HandleLaws"/> holds all of them to the model. Instance 0 defines resource A, instance 1 resource B.</summary>
public sealed class ResourceProperties
{
    private static readonly ResourceType A = new("a", new InstanceId(0)), B = new("b", new InstanceId(1)), HostType = new("h");

    private static readonly EquatableArray<HeldTable> Tables =
    [
        new(new InstanceId(0), A), new(new InstanceId(1), A), new(new InstanceId(2), A),
        new(new InstanceId(0), B), new(new InstanceId(1), B), new(new InstanceId(0), HostType),
    ];

    private static ResourceTableId T(int index) => new((uint)index);

    private static T Ok<T>(Either<Trap, T> result) => result.IfLeft(t => throw new InvalidOperationException(t.Message));

    private static string Trap<T>(Either<Trap, T> result) => result.Match(_ => "", t => t.Message);

    [Fact]
    public void The_definer_of_a_resource_gets_the_representation_of_a_borrow()
    {
        var tables = new ResourceTables(Tables);
        uint handle = Ok(tables.New(T(1), 42));
        tables.EnterCall();
        Assert.Equal(42u, Ok(tables.TransferBorrow(handle, T(1), T(0))));
        Assert.Equal(0, tables.Count(new InstanceId(0)));
        Assert.True(tables.ExitCall().IsRight);
    }

    [Fact]
    public void A_lent_handle_stays_until_the_call_ends()
    {
        var tables = new ResourceTables(Tables);
        uint handle = Ok(tables.New(T(1), 42));
        tables.EnterCall();
        uint borrow = Ok(tables.TransferBorrow(handle, T(1), T(2)));
        Assert.Equal("cannot remove owned resource while borrowed", Trap(tables.Drop(T(1), handle)));
        Assert.Equal("cannot remove owned resource while borrowed", Trap(tables.TransferOwn(handle, T(1), T(0))));
        Assert.Equal("cannot lift own resource from a borrow", Trap(tables.TransferOwn(borrow, T(2), T(0))));
        Assert.Equal(42ul, Ok(tables.Rep(T(2), borrow)));
        Assert.Equal(new DroppedHandle(A, null), tables.Drop(T(2), borrow));
        Assert.True(tables.ExitCall().IsRight);
        Assert.Equal(new DroppedHandle(A, 42), tables.Drop(T(1), handle));
    }

    [Fact]
    public void A_borrow_that_was_not_dropped_traps_when_the_call_ends()
    {
        var tables = new ResourceTables(Tables);
        uint handle = Ok(tables.New(T(1), 42));
        tables.EnterCall();
        Ok(tables.TransferBorrow(handle, T(1), T(2)));
        Assert.Equal("borrow handles still remain at the end of the call", Trap(tables.ExitCall()));
    }

    [Law(500)]
    public void After_a_trap_nothing_is_lent_that_was_lent_since_the_call_began((byte Op, byte Handle)[] before, (byte Op, byte Handle)[] after)
    {
        var tables = new ResourceTables(Tables);
        var handles = Enumerable.Range(0, 4).Select(i => new ResourceHandle(HostType, (ulong)i, null)).ToArray();
        var scopes = new Stack<CallScope>();
        Do(before);
        int depth = tables.Depth;
        int[] lends = [.. handles.Select(h => h.NumLends)];
        var outer = scopes.Reverse().Select(s => s.HostBorrows.Count).ToArray();
        // The trapped call has a scope of its own.
        scopes.Push(tables.EnterCall());
        Do(after, depth + 1);
        var borrows = scopes.SelectMany(s => s.HostBorrows).ToList();
        tables.Unwind(depth);
        Assert.Equal(depth, tables.Depth);
        Assert.Equal(lends, handles.Select(h => h.NumLends));
        while (scopes.Count > depth)
            scopes.Pop();
        Assert.Equal(borrows.Count(b => scopes.Any(s => s.HostBorrows.Contains(b))), borrows.Count(b => b.IsLive));
        Assert.Equal(outer, scopes.Reverse().Select(s => s.HostBorrows.Count));

        void Do((byte Op, byte Handle)[] ops, int least = 0)
        {
            foreach (var (op, raw) in ops)
            {
                var handle = handles[raw % handles.Length];
                if (op % 4 == 0 || scopes.Count == 0)
                {
                    scopes.Push(tables.EnterCall());
                }
                else if (op % 4 == 1 && scopes.Count > least)
                {
                    Ok(tables.ExitCall());
                    scopes.Pop();
                }
                else if (op % 4 == 2)
                {
                    Ok(tables.Lend(handle, scopes.Peek()));
                }
                else if (scopes.Count > least)
                {
                    scopes.Peek().HostBorrows.Add(new HostHandle(new ResourceHandle(HostType, 0, scopes.Peek())));
                }
            }
        }
    }

    [Fact]
    public void As_many_handles_can_be_lent_at_a_time_as_there_can_be()
    {
        var tables = new ResourceTables(Tables, maxHandles: 2);
        uint handle = Ok(tables.New(T(1), 42));
        tables.EnterCall();
        Ok(tables.TransferBorrow(handle, T(1), T(0)));
        Ok(tables.TransferBorrow(handle, T(1), T(0)));
        Assert.Equal("cannot lend another handle: calls in progress are lent 2, the limit of this host", Trap(tables.TransferBorrow(handle, T(1), T(0))));
        Assert.True(tables.ExitCall().IsRight);
        tables.EnterCall();
        Ok(tables.TransferBorrow(handle, T(1), T(0)));
    }

    [Fact]
    public void A_borrow_that_is_lent_on_cannot_be_dropped_meanwhile()
    {
        var tables = new ResourceTables(Tables);
        uint handle = Ok(tables.New(T(0), 42));
        tables.EnterCall();
        uint borrow = Ok(tables.TransferBorrow(handle, T(0), T(1)));
        tables.EnterCall();
        uint inner = Ok(tables.TransferBorrow(borrow, T(1), T(2)));
        Assert.Equal("cannot remove owned resource while borrowed", Trap(tables.Drop(T(1), borrow)));
        Assert.True(tables.Drop(T(2), inner).IsRight);
        Assert.True(tables.ExitCall().IsRight);
        Assert.True(tables.Drop(T(1), borrow).IsRight);
        Assert.True(tables.ExitCall().IsRight);
    }

    [Fact]
    public void Wrong_handles_trap_with_what_is_wrong()
    {
        var tables = new ResourceTables(Tables, maxHandles: 2);
        Assert.Equal("unknown handle index 0", Trap(tables.Rep(T(0), 0)));
        Assert.Equal("unknown handle index 4294967295", Trap(tables.Drop(T(0), uint.MaxValue)));
        Ok(tables.New(T(0), 1));
        Assert.Equal("handle index 1 used with the wrong type, expected guest-defined resource but found a different guest-defined resource", Trap(tables.Drop(T(3), 1)));
        Assert.Equal("handle index 1 used with the wrong type, expected host resource but found guest-defined resource", Trap(tables.Rep(T(5), 1)));
        Ok(tables.New(T(0), 1));
        Assert.Equal("cannot allocate another handle: the component has 2, the limit of this host", Trap(tables.New(T(1), 1)));
        Assert.True(tables.Drop(T(0), 2).IsRight);
        Assert.Equal(1u, Ok(tables.New(T(1), 1)));
        Assert.Equal("a borrow is passed outside of a call", Trap(tables.TransferBorrow(1, T(0), T(1))));
        Assert.Equal("a call ends that did not begin", Trap(tables.ExitCall()));
        var table = new HandleTable<ResourceHandle>(limit: 1);
        Ok(table.Add(new ResourceHandle(A, 1, null)));
        Assert.Equal("cannot allocate another handle: index overflow", Trap(table.Add(new ResourceHandle(A, 1, null))));
    }
}
