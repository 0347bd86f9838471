using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Guests;
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

    /// <summary>What happens in a call, whoever makes it.</summary>
    internal static string[] Story(Kinship kinship, CompileOptions options)
    {
        using var rig = Make.Rig(Echo, lift: new(PostReturn: true), kinship: kinship, options: options);
        ulong at = rig.Lower.Room(4, 8);
        ulong text = rig.Lower.Put("x"u8, 1);
        rig.Callee = _ => [new(CoreValType.I32, rig.Lift.Put(Make.String(rig.Lift, "y"), Make.Text))];
        rig.PostReturn = arguments => Assert.Equal(rig.Lift.Setup.Heap.Next - 10, arguments.Single().Bits);
        rig.CallBits(text, 1, at);
        Assert.DoesNotContain("-", rig.FlagsText(), System.StringComparison.Ordinal);
        return [.. rig.Story.Where(e => !e.StartsWith("Utf8", System.StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData(Kinship.Siblings, 1, 2)]
    [InlineData(Kinship.Cousins, 3, 5)]
    [InlineData(Kinship.ParentToChild, 1, 3)]
    [InlineData(Kinship.ChildToParent, 3, 1)]
    [InlineData(Kinship.GrandparentToGrandchild, 0, 5)]
    public void Who_allocates_or_cleans_up_may_not_be_left_whoever_calls_whom(Kinship kinship, int lower, int lift)
    {
        string With(string ofLower, string ofLift) => string.Join(' ', new[] { (lower, ofLower), (lift, ofLift) }.Order().Select(f => $"{f.Item1}:{f.Item2}"));
        Assert.Equal(
            [$"lift-realloc [{With("LE", "-E")}]", $"callee [{With("LE", "LE")}]", $"lower-realloc [{With("-E", "LE")}]", $"post-return [{With("LE", "-E")}]"],
            Story(kinship, Make.Explained));
    }

    [Fact]
    public void Who_calls_itself_is_both_sides() => Assert.Equal(
        ["lift-realloc [1:-E]", "callee [1:LE]", "lift-realloc [1:-E]", "post-return [1:-E]"],
        Story(Kinship.Self, Make.Explained));

    [Theory]
    [InlineData(Kinship.Siblings)]
    [InlineData(Kinship.ChildToParent)]
    [InlineData(Kinship.ParentToChild)]
    [InlineData(Kinship.Self)]
    public void Who_may_not_be_left_may_not_call(Kinship kinship)
    {
        using var rig = Make.Rig(new([], null), kinship: kinship);
        rig.Flags[rig.Lower.Side.Instance.Id.Value].SetValue(2);
        Assert.Equal("cannot leave instance", rig.Traps().Message);
        Assert.Empty(rig.Events);
    }

    [Theory]
    [InlineData(Kinship.Siblings)]
    [InlineData(Kinship.Cousins)]
    [InlineData(Kinship.Self)]
    public void A_callee_may_call_back_without_end(Kinship kinship)
    {
        using var rig = Make.Rig(Echo, lift: new(PostReturn: true), kinship: kinship);
        int depth = 0;
        rig.Callee = _ =>
        {
            if (depth++ < 5)
                rig.CallBits(rig.Lower.Put("x"u8, 1), 1, rig.Lower.Room(4, 8));
            return [new(CoreValType.I32, rig.Lift.Put(Make.String(rig.Lift, "y"), Make.Text))];
        };
        rig.CallBits(rig.Lower.Put("x"u8, 1), 1, rig.Lower.Room(4, 8));
        Assert.Equal(6, rig.Events.Count(e => e.What == "callee"));
        Assert.Equal(6, rig.Events.Count(e => e.What == "post-return"));
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
