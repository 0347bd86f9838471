using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>What the linker proves of guests holds only of those that it holds of: <c>docs/unobservable.md</c>.</summary>
public sealed class ProofLaws
{
    // In the order of instantiation, the root being 0.
    private const uint Guest = 2;

    public static TheoryData<string, string> Leaving() =>
        Pairs(Onlooker.Leaving, Onlooker.Uses,
        [(Onlooker.Lowered, "take"), (Onlooker.Lowered, "fetch"), (Onlooker.Lowered, "host-take"), (Onlooker.Lowered, "host-fetch")]);

    public static TheoryData<string, string> Staying() => Pairs(Onlooker.Staying, Onlooker.Uses, []);

    internal static Onlooker Named(string name) => Onlooker.Leaving.Concat(Onlooker.Staying).Append(Onlooker.Lowered).Single(onlooker => onlooker.Name == name);

    private static TheoryData<string, string> Pairs(IEnumerable<Onlooker> onlookers, string[] uses, (Onlooker, string)[] more)
    {
        var data = new TheoryData<string, string>();
        foreach (var (onlooker, use) in onlookers.SelectMany(o => uses.Select(use => (o, use))).Concat(more))
            data.Add(onlooker.Name, use);
        return data;
    }

    [Theory]
    [MemberData(nameof(Leaving))]
    public void A_flag_is_seen_where_who_runs_meanwhile_could_leave(string name, string use) =>
        Assert.All(FlagFacts(Linked.Plan(Named(name).Text(use)), Guest), Assert.False);

    [Theory]
    [MemberData(nameof(Staying))]
    public void A_flag_is_unseen_where_who_runs_meanwhile_cannot_leave(string name, string use) =>
        Assert.All(FlagFacts(Linked.Plan(Named(name).Text(use)), Guest), Assert.True);

    [Theory]
    [InlineData("", true)]
    [InlineData("(tag)", false)]
    [InlineData("(import \"x\" \"e\" (tag))", false)]
    public void Who_has_a_tag_may_throw_and_so_may_those_that_are_connected_with_it(string tag, bool throwsNothing)
    {
        string exporter = tag.StartsWith("(import", System.StringComparison.Ordinal) ? "(core module $X (tag (export \"e\"))) (core instance $x (instantiate $X))" : "";
        string given = exporter.Length > 0 ? "(with \"x\" (instance $x))" : "";
        foreach (string callee in new[] { "$i", "$other" })
        {
            var plan = Linked.Plan($$"""
                (component
                  (component $Callee
                    {{exporter}}
                    (core module $m {{tag}} (func (export "f")) (func (export "post") (param i32))
                      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
                    (core instance $i (instantiate $m {{given}}))
                    (core module $o (import "" "f" (func $f)) (func (export "f") (call $f)) (func (export "post") (param i32))
                      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
                    (core instance $other (instantiate $o (with "" (instance $i))))
                    (core module $alone (func (export "f")) (func (export "g") (result i32) (i32.const 0)) (memory (export "m") 1))
                    (core instance $alone (instantiate $alone))
                    (func (export "f") (canon lift (core func {{callee}} "f")))
                    (func (export "g") (canon lift (core func $alone "f")))
                    (func (export "h") (canon lift (core func $alone "f") (memory (core memory $alone "m")) (realloc (core func {{callee}} "realloc"))))
                    (func (export "k") (result u8) (canon lift (core func $alone "g") (post-return (core func {{callee}} "post")))))
                  (instance $callee (instantiate $Callee))
                  {{Lowers("f", "g", "h", "k")}})
                """);
            Assert.Equal([throwsNothing, true, throwsNothing, throwsNothing], plan.Adapters.Items.Select(a => a.Adapter.Facts.HasFlag(AdapterFacts.CalleeThrowsNothing)));
            Assert.All(plan.Adapters.Items, a => Assert.True(a.Adapter.Facts.HasFlag(AdapterFacts.CallerThrowsNothing)));
            // An allocator that throws leaves the flag clear.
            Assert.All(plan.Adapters.Items, a => Assert.Equal(throwsNothing, a.Adapter.Facts.HasFlag(AdapterFacts.CalleeFlagUnseen)));
            Assert.Equal([throwsNothing, true, throwsNothing, throwsNothing], plan.Adapters.Items.Select(a => a.Adapter.Facts.HasFlag(AdapterFacts.CalleeEntersNothing)));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("(tag)", false)]
    public void An_allocator_of_the_caller_may_throw(string tag, bool throwsNothing)
    {
        var plan = Linked.Plan($$"""
            (component
              (component $Callee
                (core module $m (func (export "f") (result i32) (i32.const 0)) (memory (export "m") 1))
                (core instance $i (instantiate $m))
                (func (export "f") (result (list u8)) (canon lift (core func $i "f") (memory (core memory $i "m")))))
              (instance $callee (instantiate $Callee))
              (core module $m {{tag}} (memory (export "m") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 0)))
              (core instance $i (instantiate $m))
              (core func (canon lower (func $callee "f") (memory (core memory $i "m")) (realloc (core func $i "realloc")))))
            """);
        var facts = Assert.Single(plan.Adapters.Items).Adapter.Facts;
        Assert.True(facts.HasFlag(AdapterFacts.CalleeThrowsNothing) && facts.HasFlag(AdapterFacts.CalleeFlagUnseen));
        foreach (var fact in new[] { AdapterFacts.CallerThrowsNothing, AdapterFacts.CallerFlagUnseen, AdapterFacts.CalleeEntersNothing })
            Assert.Equal(throwsNothing, facts.HasFlag(fact));
    }

    [Fact]
    public void Who_can_call_out_may_enter()
    {
        var plan = Linked.Plan($"(component {Linked.Leaf} {Linked.Relay} (instance $a (instantiate $leaf)) "
            + "(instance $b (instantiate $relay (with \"f\" (func $a \"f\")))) (instance (instantiate $relay (with \"f\" (func $b \"f\")))))");
        Assert.Equal([true, false], plan.Adapters.Items.Select(a => a.Adapter.Facts.HasFlag(AdapterFacts.CalleeEntersNothing)));
    }

    [Fact]
    public void Of_modules_that_the_host_gives_nothing_is_known()
    {
        var plan = Linked.Plan($$"""
            (component
              (import "m" (core module $m (export "f" (func)) (export "realloc" (func (param i32 i32 i32 i32) (result i32))) (export "m" (memory 1))))
              (component $Callee
                (alias outer 1 $m (core module $m))
                (core instance $i (instantiate $m))
                (func (export "f") (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "realloc")))))
              (instance $callee (instantiate $Callee))
              {{Lowers("f")}})
            """);
        Assert.Equal(AdapterFacts.CallerFlagUnseen | AdapterFacts.CallerThrowsNothing | AdapterFacts.CallUnseen, Assert.Single(plan.Adapters.Items).Adapter.Facts);
    }

    /// <summary>A body that no engine would take: linking does not look at it more than it needs, and takes it to do anything.</summary>
    [Theory]
    [InlineData(0x01)]
    [InlineData(0xFF)]
    [InlineData(0x10)]
    public void Of_code_that_cannot_be_read_nothing_is_known(byte instruction)
    {
        byte[] bytes = Wasmtime.Module.ConvertText(new Onlooker("", "(i32.const 77777) (drop)").Text("take"));
        byte[] pattern = [0x41, 0xD1, 0xDF, 0x04, 0x1A];
        int at = System.MemoryExtensions.IndexOf(bytes, pattern);
        Assert.True(at > 0);
        Assert.All(FlagFacts(Linked.Plan(bytes), Guest), Assert.True);
        for (int i = 0; i < pattern.Length; i++)
            bytes[at + i] = instruction;
        Assert.All(FlagFacts(Linked.Plan(bytes), Guest), flag => Assert.Equal(instruction == 0x01, flag));
    }

    [Theory]
    [InlineData("(core func (canon context.get i32 0))")]
    [InlineData("(core func (canon context.set i32 0))")]
    [InlineData("(core func (canon backpressure.inc))")]
    [InlineData("(core func (canon backpressure.dec))")]
    [InlineData("(core func (canon waitable-set.new))")]
    [InlineData("(core func (canon waitable-set.drop))")]
    [InlineData("(core func (canon waitable.join))")]
    [InlineData("(core func (canon subtask.drop))")]
    [InlineData("(core func (canon subtask.cancel))")]
    [InlineData("(core func (canon task.cancel))")]
    [InlineData("(core func (canon task.return))")]
    [InlineData("(core func (canon stream.new (type $s)))")]
    [InlineData("(core func (canon future.new (type $u)))")]
    [InlineData("(core func (canon error-context.drop))")]
    [InlineData("(core func (canon lower (func $f) async))")]
    [InlineData("(core func (canon lower (func $host) async))")]
    public void Calls_are_unseen_only_where_nothing_works_on_tasks(string canon)
    {
        string text = $$"""
            (component
              (import "host" (func $host))
              (component $Callee (core module $m (func (export "f"))) (core instance $i (instantiate $m)) (func (export "f") (canon lift (core func $i "f"))))
              (instance $callee (instantiate $Callee))
              {{Lowers("f")}}
              (type $s (stream u8)) (type $u (future u8))
              (alias export $callee "f" (func $f))
              CANON)
            """;
        bool[] Unseen(string with) => [.. Linked.Plan(text.Replace("CANON", with)).Adapters.Items.Select(a => a.Adapter.Facts.HasFlag(AdapterFacts.CallUnseen))];
        Assert.All(Unseen(canon), Assert.False);
        Assert.All(Unseen("(core func (canon lower (func $host))) (type $r (resource (rep i32))) (core func (canon resource.new $r)) "
            + "(core func (canon resource.rep $r)) (core func (canon resource.drop $r))"), Assert.True);
    }

    [Theory]
    [InlineData("async")]
    [InlineData("async (callback (core func $i \"callback\"))")]
    public void Calls_are_seen_where_the_host_calls_asynchronously(string options)
    {
        var plan = Linked.Plan($$"""
            (component
              (component $Callee (core module $m (func (export "f"))) (core instance $i (instantiate $m)) (func (export "f") (canon lift (core func $i "f"))))
              (instance $callee (instantiate $Callee))
              {{Lowers("f")}}
              (core module $m (func (export "f") {{(options == "async" ? "" : "(result i32) (i32.const 0)")}})
                (func (export "callback") (param i32 i32 i32) (result i32) (i32.const 0)))
              (core instance $i (instantiate $m))
              (func (export "run") async (canon lift (core func $i "f") {{options}})))
            """);
        Assert.All(plan.Adapters.Items, a => Assert.False(a.Adapter.Facts.HasFlag(AdapterFacts.CallUnseen)));
    }

    /// <summary>
    /// Many instances of one module, each with an allocator that goes through all of it: what would take more than the module is long is not looked at.
    /// </summary>
    [Fact]
    public void Looking_takes_no_more_than_the_component_is_long()
    {
        const int functions = 2_000;
        string chain = string.Concat(Enumerable.Range(0, functions).Select(i => $"(func $f{i} (call $f{i + 1}))"));
        string module = $"(core module $m (import \"\" \"out\" (func $out)) (memory (export \"m\") 1) {chain} (func $f{functions}) (func (export \"realloc\") "
            + "(param i32 i32 i32 i32) (result i32) (call $f0) (i32.const 0)) (func (export \"f\") (param i32 i32)))";
        string Text(int instances) => $$"""
            (component
              (component $Out (core module $m (func (export "f"))) (core instance $i (instantiate $m)) (func (export "f") (canon lift (core func $i "f"))))
              (instance $out (instantiate $Out))
              (component $Callee
                (import "out" (func $out))
                (core func $out (canon lower (func $out)))
                {{module}}
                (core instance $i (instantiate $m (with "" (instance (export "out" (func $out))))))
                (func (export "f") (param "x" (list u8)) (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "realloc")))))
              {{string.Concat(Enumerable.Range(0, instances).Select(i => $"(instance $c{i} (instantiate $Callee (with \"out\" (func $out \"f\"))))"))}}
              (core module $a (memory (export "m") 1)) (core instance $a (instantiate $a))
              {{string.Concat(Enumerable.Range(0, instances).Select(i => $"(alias export $c{i} \"f\" (func $f{i}))"))}}
              {{string.Concat(Enumerable.Range(0, instances).Select(i => $"(core func (canon lower (func $f{i}) (memory (core memory $a \"m\"))))"))}})
            """;
        int Unseen(int instances) =>
            Linked.Plan(Text(instances)).Adapters.Items.Count(a => a.Adapter.Lower.Instance.Id.Value == 0 && a.Adapter.Facts.HasFlag(AdapterFacts.CalleeFlagUnseen));
        Assert.Equal(1, Unseen(1));
        Assert.InRange(Unseen(400), 0, 20);
    }

    /// <summary>Lowers functions of the instance <c>$callee</c>.</summary>
    private static string Lowers(params string[] functions) =>
        string.Concat(functions.Select(name => $"(core func (canon lower (func $callee \"{name}\")))"));

    /// <summary>What is known of the flag of an instance, by each adapter that has to do with it.</summary>
    private static bool[] FlagFacts(LinkPlan plan, uint instance) =>
    [
        .. plan.Adapters.Items.Where(a => a.Adapter.Lift.Instance.Id.Value == instance).Select(a => a.Adapter.Facts.HasFlag(AdapterFacts.CalleeFlagUnseen)),
        .. plan.Adapters.Items.Where(a => a.Adapter.Lower.Instance.Id.Value == instance).Select(a => a.Adapter.Facts.HasFlag(AdapterFacts.CallerFlagUnseen)),
    ];
}
