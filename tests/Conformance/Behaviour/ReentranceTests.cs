using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>
/// The older rule of reentrance, and that nothing is left of it where it is not asked for. The flags are written as the instance, then L where it may be
/// left and E where it may be entered.
/// </summary>
public sealed class ReentranceTests
{
    private static string[] Story(Kinship kinship) => ProtocolTests.Story(kinship, Make.OlderRule);

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
    [InlineData(Kinship.Siblings, new uint[] { 2 })]
    [InlineData(Kinship.Cousins, new uint[] { 5, 4, 2 })]
    [InlineData(Kinship.ParentToChild, new uint[] { 3 })]
    [InlineData(Kinship.GrandparentToGrandchild, new uint[] { 5, 4 })]
    public void Each_of_those_that_are_entered_must_be_enterable(Kinship kinship, uint[] entered)
    {
        foreach (uint instance in entered)
        {
            using var rig = Make.Rig(new([], null), kinship: kinship, options: Make.OlderRule);
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
    public void What_is_not_entered_need_not_be_enterable(Kinship kinship) => Ignores(kinship, Make.OlderRule);

    [Theory]
    [InlineData(Kinship.Siblings)]
    [InlineData(Kinship.Cousins)]
    [InlineData(Kinship.ParentToChild)]
    [InlineData(Kinship.ChildToParent)]
    [InlineData(Kinship.GrandparentToGrandchild)]
    [InlineData(Kinship.Self)]
    public void Where_reentrance_is_allowed_nobody_looks_at_may_enter_or_changes_it(Kinship kinship) => Ignores(kinship, Make.Explained);

    [Fact]
    public void The_callee_may_call_others_but_not_be_entered_again()
    {
        using var rig = Make.Rig(new([], null), options: Make.OlderRule);
        rig.Callee = _ =>
        {
            Assert.Equal("cannot enter instance", TrapReport.Of(rig, () => rig.CallBits()).Message);
            return [];
        };
        rig.CallBits();
        Assert.Equal(["callee"], rig.Events.Select(e => e.What));
    }

    /// <summary>Every other bit is 0 before and after, so that one that is set for a moment shows.</summary>
    private static void Ignores(Kinship kinship, CompileOptions options)
    {
        using var rig = Make.Rig(new([new("p", Make.Text)], null), lift: new(PostReturn: true), kinship: kinship, options: options);
        foreach (var flags in rig.Flags.Values)
            flags.SetValue(1);
        rig.CallBits(rig.Lower.Put("x"u8, 1), 1);
        Assert.All(rig.Events, e => Assert.DoesNotContain("E", e.Flags, System.StringComparison.Ordinal));
        Assert.All(rig.Flags.Values, flags => Assert.Equal(1, flags.GetValue()));
    }
}
