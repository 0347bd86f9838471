using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Conformance.Behaviour.Spec;
using Fact.Ir;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>
/// Who may be left and entered while guests run. The flags are written as the instance, then L where it may be left and E
/// where it may be entered.
/// </summary>
public sealed class ProtocolTests
{
    private static readonly ComponentFuncType Echo = new([new("p", Make.Text)], Make.Text);

    private static string[] Story(Kinship kinship)
    {
        using var rig = Make.Rig(Echo, lift: new(PostReturn: true), kinship: kinship);
        ulong at = rig.Lower.Room(4, 8);
        ulong text = rig.Lower.Put("x"u8, 1);
        rig.Callee = _ => [new(CoreValType.I32, rig.Lift.Put(Make.String(rig.Lift, "y"), Make.Text))];
        rig.PostReturn = arguments => Assert.Equal(rig.Lift.Setup.Heap.Next - 10, arguments.Single().Bits);
        rig.CallBits(text, 1, at);
        Assert.DoesNotContain("-", rig.FlagsText(), System.StringComparison.Ordinal);
        return [.. rig.Story.Where(e => !e.StartsWith("Utf8", System.StringComparison.Ordinal))];
    }

    [Fact]
    public void Between_siblings_only_the_callee_is_entered() => Assert.Equal(
        ["lift-realloc [1:LE 2:--]", "callee [1:LE 2:L-]", "lower-realloc [1:-E 2:L-]", "post-return [1:LE 2:--]"],
        Story(Kinship.Siblings));

    [Fact]
    public void A_call_of_a_cousin_enters_every_instance_on_the_way_down() => Assert.Equal(
        ["lift-realloc [2:L- 3:LE 4:L- 5:--]", "callee [2:L- 3:LE 4:L- 5:L-]", "lower-realloc [2:L- 3:-E 4:L- 5:L-]", "post-return [2:L- 3:LE 4:L- 5:--]"],
        Story(Kinship.Cousins));

    [Fact]
    public void A_call_of_a_child_enters_the_child() => Assert.Equal(
        ["lift-realloc [1:LE 3:--]", "callee [1:LE 3:L-]", "lower-realloc [1:-E 3:L-]", "post-return [1:LE 3:--]"],
        Story(Kinship.ParentToChild));

    [Fact]
    public void A_call_of_a_grandchild_enters_what_is_between() => Assert.Equal(
        ["lift-realloc [0:LE 4:L- 5:--]", "callee [0:LE 4:L- 5:L-]", "lower-realloc [0:-E 4:L- 5:L-]", "post-return [0:LE 4:L- 5:--]"],
        Story(Kinship.GrandparentToGrandchild));

    [Fact]
    public void A_call_of_the_parent_enters_nothing() => Assert.Equal(
        ["lift-realloc [1:-E 3:LE]", "callee [1:LE 3:LE]", "lower-realloc [1:LE 3:-E]", "post-return [1:-E 3:LE]"],
        Story(Kinship.ChildToParent));

    [Theory]
    [InlineData(Kinship.Siblings)]
    [InlineData(Kinship.ChildToParent)]
    [InlineData(Kinship.ParentToChild)]
    public void Who_may_not_be_left_may_not_call(Kinship kinship)
    {
        using var rig = Make.Rig(new([], null), kinship: kinship);
        uint lower = rig.Lower.Side.Instances[0].Value;
        rig.Flags[lower].SetValue(2);
        Assert.Equal("cannot leave instance", rig.Traps().Message);
        Assert.Empty(rig.Events);
    }

    [Theory]
    [InlineData(Kinship.Siblings, new uint[] { 2 })]
    [InlineData(Kinship.Cousins, new uint[] { 5, 4, 2 })]
    [InlineData(Kinship.ParentToChild, new uint[] { 3 })]
    [InlineData(Kinship.GrandparentToGrandchild, new uint[] { 5, 4 })]
    public void Each_of_those_that_are_entered_must_be_enterable(Kinship kinship, uint[] entered)
    {
        foreach (uint instance in entered)
        {
            using var rig = Make.Rig(new([], null), kinship: kinship);
            rig.Flags[instance].SetValue(1);
            Assert.Equal("cannot enter instance", TrapReport.Of(rig, () => rig.CallBits()).Message);
            Assert.Empty(rig.Events);
            // A call that did not happen closes no doors.
            Assert.All(rig.Flags.Where(pair => pair.Key != instance), pair => Assert.Equal(3, pair.Value.GetValue()));
        }
    }

    [Theory]
    [InlineData(Kinship.ChildToParent)]
    [InlineData(Kinship.Self)]
    public void What_is_not_entered_need_not_be_enterable(Kinship kinship)
    {
        using var rig = Make.Rig(new([], null), kinship: kinship);
        foreach (var flags in rig.Flags.Values)
            flags.SetValue(1);
        rig.CallBits();
        Assert.All(rig.Flags.Values, flags => Assert.Equal(1, flags.GetValue()));
    }

    [Fact]
    public void The_callee_may_call_others_but_not_be_entered_again()
    {
        using var rig = Make.Rig(new([], null));
        rig.Callee = _ =>
        {
            Assert.Equal("cannot enter instance", TrapReport.Of(rig, () => rig.CallBits()).Message);
            return [];
        };
        rig.CallBits();
        Assert.Equal(["callee"], rig.Events.Select(e => e.What));
    }

    [Fact]
    public void An_allocator_may_not_call_out()
    {
        using var rig = Make.Rig(Echo, kinship: Kinship.Self);
        ulong text = rig.Lower.Put("x"u8, 1);
        string? message = null;
        rig.DuringRealloc = _ => message = TrapReport.Of(rig, () => rig.CallBits(text, 1, 0x400)).Message;
        rig.Callee = _ => [new(CoreValType.I32, rig.Lift.Put(Make.String(rig.Lift, "y"), Make.Text))];
        rig.CallBits(text, 1, rig.Lower.Room(4, 8));
        Assert.Equal("cannot leave instance", message);
    }

    [Fact]
    public void Post_return_may_not_call_out()
    {
        using var rig = Make.Rig(new([], Make.U32), lift: new(PostReturn: true), kinship: Kinship.Self);
        rig.Callee = _ => [new(CoreValType.I32, 42)];
        rig.PostReturn = arguments =>
        {
            Assert.Equal(42UL, arguments.Single().Bits);
            Assert.Equal("cannot leave instance", TrapReport.Of(rig, () => rig.CallBits()).Message);
        };
        Assert.Equal([42UL], rig.CallBits());
    }

    [Fact]
    public void Post_return_runs_after_the_results_were_read()
    {
        using var rig = Make.Rig(Make.Gives(Make.Text), lift: new(PostReturn: true));
        ulong pair = rig.Lift.Put(Make.String(rig.Lift, "still there"), Make.Text);
        rig.Callee = _ => [new(CoreValType.I32, pair)];
        rig.PostReturn = _ => rig.Lift.Bytes.Clear();
        ulong at = rig.Lower.Room(4, 8);
        rig.CallBits(at);
        Assert.Equal("still there", ((SpecValue.Text)rig.Lower.Setup.Load(at, Make.Text)).Value);
    }

    [Fact]
    public void A_call_that_lends_is_bracketed()
    {
        using var rig = Make.Rig(new([new("p", new ValType.Borrow(new(3))), new("q", new ValType.Own(new(4)))], new ValType.Own(new(5))), lift: new(PostReturn: true));
        rig.Callee = arguments => [new(CoreValType.I32, 9)];
        Assert.Equal([9000UL + 1050 + 5], rig.CallBits(1, 2));
        Assert.Equal([1000UL + 30 + 103, 2000UL + 40 + 104], rig.Received!.Select(value => value.Bits));
        Assert.Equal(["enter-call", "transfer Borrow", "transfer Own", "callee", "transfer Own", "post-return", "exit-call"], rig.Events.Select(e => e.What));
        Assert.Equal([1UL, 3, 103], rig.Events[1].Arguments.Items.ToArray());
        Assert.Equal([9UL, 105, 5], rig.Events[4].Arguments.Items.ToArray());
    }

    [Fact]
    public void A_borrow_anywhere_in_the_parameters_counts()
    {
        using (var rig = Make.Rig(Make.Takes(new ValType.List(new ValType.Option(new ValType.Borrow(new(3)))))))
        {
            rig.CallBits(0x400, 0);
            Assert.Equal(["enter-call", "exit-call"], rig.Events.Select(e => e.What).Where(what => what.EndsWith("-call", System.StringComparison.Ordinal)));
        }
        using (var rig = Make.Rig(Make.Takes(new ValType.List(new ValType.Own(new(3))), new ValType.Stream(new(1)))))
        {
            rig.CallBits(0x400, 0, 7);
            Assert.DoesNotContain("enter-call", rig.Events.Select(e => e.What));
        }
    }

    [Fact]
    public void Handles_of_every_kind_are_moved_by_their_own_intrinsic()
    {
        ValType[] handles =
        [
            new ValType.Own(new(1)), new ValType.Borrow(new(2)), new ValType.Stream(new(3)), new ValType.Future(new(4)), new ValType.ErrorContext(new(5)),
        ];
        using var rig = Make.Rig(Make.Takes(new ValType.List(new ValType.Tuple([.. handles]))));
        var value = Make.List(Make.Tuple(handles.Select((_, i) => (SpecValue)new SpecValue.Handle((TransferKind)i, (uint)i + 10, (uint)i + 1))));
        rig.Pass(value);
        Assert.Equal(
            ["transfer Own 10 1 101", "transfer Borrow 11 2 102", "transfer Stream 12 3 103", "transfer Future 13 4 104", "transfer ErrorContext 14 5 105"],
            rig.Events.Where(e => e.What.StartsWith("transfer", System.StringComparison.Ordinal)).Select(e => $"{e.What} {string.Join(' ', e.Arguments.Items)}"));
    }
}
