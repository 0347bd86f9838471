using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Fact.Properties.Host;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>Adapters that together have more than engines take are divided among modules.</summary>
public sealed class DivisionLaws
{
    private static readonly EngineLimits Common = EngineLimits.Common;

    /// <summary>Limits so small that a few adapters exceed them, and so large that one alone does not.</summary>
    private static readonly EngineLimits[] Small =
    [
        Common with { Memories = 2 },
        Common with { Memories = 5 },
        Common with { Imports = 90 },
        Common with { Exports = 3 },
        Common with { Functions = 120 },
        Common with { Types = 120 },
        Common with { TypeSize = 700 },
    ];

    public static TheoryData<int, int> Shapes
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (int seed = 0; seed < 12; seed++)
                data.Add(seed, 3 + (seed * 2));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_module_is_within_the_limits_and_what_it_needs_is_there(int seed, int callers)
    {
        foreach (int relays in (int[])[0, 3])
        {
            string text = Components(seed, hubs: 4, callers, relays);
            foreach (var limits in Small)
                Divided(text, limits, mustBe: callers > 15);
        }
    }

    [Fact]
    public void Functions_of_many_types_are_divided()
    {
        string text = ManyTypes(80, "", "", 2);
        Divided(text, Common with { Types = 60 }, mustBe: true);
        Divided(text, Common with { TypeSize = 300 }, mustBe: true);
        Divided(text, Common with { Functions = 100 }, mustBe: true);
    }

    [Fact]
    public void Asynchronous_functions_are_divided()
    {
        foreach (string lower in (string[])["", "async"])
        {
            string text = ManyTypes(80, "async (callback (core func $i \"callback\"))", lower, 1);
            Divided(text, Common with { Types = 80 }, mustBe: true);
            Divided(text, Common with { TypeSize = 900 }, mustBe: true);
            Divided(text, Common with { Functions = 120 }, mustBe: true);
            Divided(text, Common with { Exports = 15 }, mustBe: true);
            Divided(text, Common with { Imports = 50 }, mustBe: true);
        }
    }

    private static void Divided(string text, EngineLimits limits, bool mustBe)
    {
        var whole = Linked.Plan(text);
        var plan = Linked.Plan(text, limits);
        Assert.Equal(whole.Adapters.Items.Select(a => a.Adapter), plan.AdapterModules.Items.SelectMany(m => m.Adapters.Items));
        Assert.Equal(plan.Adapters.Items.Select(a => a.Adapter), plan.AdapterModules.Items.SelectMany(m => m.Adapters.Items));
        Assert.InRange(plan.AdapterModules.Length, whole.AdapterModules.Length + (mustBe ? 1 : 0), plan.Adapters.Length);
        foreach (var module in plan.AdapterModules)
            Assert.Null(Engines.Fault(Emitted.Of(Compiled.Program(module.Adapters), EmitOptions.Default with { Limits = limits }).Bytes));
        InOrder(plan);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void As_few_modules_are_made_as_memories_allow(int seed, int callers)
    {
        string text = Components(seed, hubs: 6, callers, relays: 0);
        foreach (int most in (int[])[2, 3, 7, 100])
        {
            var plan = Linked.Plan(text, Common with { Memories = most });
            var memories = new HashSet<CoreMemoryId>();
            int modules = 1;
            foreach (var adapter in plan.Adapters.Items.Select(a => a.Adapter))
            {
                CoreMemoryId[] own = [.. new[] { adapter.Lift.Options.Memory, adapter.Lower.Options.Memory }.OfType<CanonicalMemory>().Select(m => m.Id)];
                if (memories.Union(own).Count() > most)
                {
                    modules++;
                    memories.Clear();
                }
                memories.UnionWith(own);
            }
            Assert.Equal(modules, plan.AdapterModules.Length);
        }
    }

    [Fact]
    public void A_caller_of_more_instances_than_a_module_has_memories_runs()
    {
        // Every hub gives a number of its own for the length of a text; the caller adds up what all of them give.
        const int hubs = 110;
        var text = new StringBuilder("(component\n");
        for (int i = 0; i < hubs; i++)
        {
            text.Append($$"""
                (component $hub{{i}}
                  (core module $m (memory (export "m") 1)
                    (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
                    (func (export "f") (param i32 i32) (result i32) (i32.add (i32.mul (local.get 1) (i32.const 1000))
                      (i32.add (i32.const {{i}}) (i32.load8_u (local.get 0))))))
                  (core instance $i (instantiate $m))
                  (func (export "f") (param "s" string) (result u32) (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "r")))))
                (instance $h{{i}} (instantiate $hub{{i}}))

                """);
        }
        text.Append("(component $caller\n");
        for (int i = 0; i < hubs; i++)
            text.Append($"(import \"f{i}\" (func $f{i} (param \"s\" string) (result u32)))\n");
        text.Append("(core module $l (memory (export \"m\") 1) (data (i32.const 8) \"abc\")) (core instance $l (instantiate $l))\n");
        for (int i = 0; i < hubs; i++)
            text.Append($"(core func $c{i} (canon lower (func $f{i}) (memory (core memory $l \"m\"))))\n");
        text.Append("(core module $m\n");
        for (int i = 0; i < hubs; i++)
            text.Append($"(import \"\" \"f{i}\" (func $f{i} (param i32 i32) (result i32)))\n");
        text.Append("(func (export \"g\") (result i32) (i32.const 0)\n");
        for (int i = 0; i < hubs; i++)
            text.Append($"(i32.add (call $f{i} (i32.const 8) (i32.const 3)))\n");
        text.Append("))\n(core instance $i (instantiate $m (with \"\" (instance\n");
        for (int i = 0; i < hubs; i++)
            text.Append($"(export \"f{i}\" (func $c{i}))\n");
        text.Append("))))\n(func (export \"g\") (result u32) (canon lift (core func $i \"g\"))))\n(instance $c (instantiate $caller\n");
        for (int i = 0; i < hubs; i++)
            text.Append($"(with \"f{i}\" (func $h{i} \"f\"))\n");
        text.Append("))\n(export \"g\" (func $c \"g\")))");

        int expected = Enumerable.Range(0, hubs).Sum(i => (3 * 1000) + i + 'a');
        HostRun.Calls(HostRun.Instantiate(text.ToString()), ("g()", $"{expected}"));
    }

    /// <summary>Each adapter module comes after what its adapters need and before what needs them.</summary>
    private static void InOrder(LinkPlan plan)
    {
        var adapters = new HashSet<AdapterId>();
        var instances = new HashSet<CoreInstanceId>();
        foreach (var initializer in plan.Initializers)
        {
            switch (initializer)
            {
                case Initializer.InstantiateCoreModule(var id, _, var args):
                    foreach (var arg in args)
                        Assert.True(IsThere(arg.Def));
                    instances.Add(id);
                    break;
                case Initializer.InstantiateAdapterModule(var module):
                    foreach (var adapter in plan.AdapterModules[(int)module.Value].Adapters)
                    {
                        Assert.All(Needs(adapter), def => Assert.True(IsThere(def)));
                    }
                    uint first = plan.AdapterModules[(int)module.Value].First.Value;
                    for (uint i = 0; i < plan.AdapterModules[(int)module.Value].Adapters.Length; i++)
                        adapters.Add(new AdapterId(first + i));
                    break;
                case Initializer.DefineResource:
                    break;
            }
        }
        Assert.Equal(plan.Adapters.Length, adapters.Count);

        bool IsThere(CoreDef def) => def switch
        {
            CoreDef.Adapter(var id) => adapters.Contains(id),
            CoreDef.Export(var instance, _) => instances.Contains(instance),
            CoreDef.Trampoline => true,
        };

        IEnumerable<CoreDef> Needs(Adapter adapter)
        {
            yield return plan.CoreFuncs[(int)adapter.Callee.Value];
            foreach (var options in new[] { adapter.Lift.Options, adapter.Lower.Options })
            {
                if (options.Memory is { } memory)
                    yield return plan.CoreMemories[(int)memory.Id.Value];
                foreach (var func in new[] { options.Realloc, options.Callback, options.PostReturn })
                {
                    if (func is { } id)
                        yield return plan.CoreFuncs[(int)id.Value];
                }
            }
        }
    }

    /// <summary>Hubs with memories of their own, relays, which are instantiated with an adapter, and users, which are not, in an order that the seed decides.</summary>
    private static string Components(int seed, int hubs, int callers, int relays = 3)
    {
        var random = Fuzz.Random(seed);
        var text = new StringBuilder("""
            (component
              (component $hub
                (core module $m (memory (export "m") 1)
                  (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 8))
                  (func (export "f") (param i32 i32 i32 i64) (result i32) (i32.const 8))
                  (func (export "p") (param i32)))
                (core instance $i (instantiate $m))
                (func (export "f") (param "s" string) (param "a" u32) (param "b" u64) (result string)
                  (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "r")) (post-return (core func $i "p")) string-encoding=utf16)))
              (component $relay
                (import "f" (func $f (param "s" string) (param "a" u32) (param "b" u64) (result string)))
                (core module $l (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 8)))
                (core instance $l (instantiate $l))
                (core func $c (canon lower (func $f) (memory (core memory $l "m")) (realloc (core func $l "r"))))
                (core module $m (import "" "f" (func (param i32 i32 i32 i64 i32)))
                  (func (export "f") (param i32 i32 i32 i64) (result i32) (i32.const 8)))
                (core instance $i (instantiate $m (with "" (instance (export "f" (func $c))))))
                (func (export "f") (param "s" string) (param "a" u32) (param "b" u64) (result string)
                  (canon lift (core func $i "f") (memory (core memory $l "m")) (realloc (core func $l "r")))))
              (component $user
                (import "f" (func $f (param "s" string) (param "a" u32) (param "b" u64) (result string)))
                (core module $l (memory (export "m") 1) (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 8)))
                (core instance $l (instantiate $l))
                (core func (canon lower (func $f) (memory (core memory $l "m")) (realloc (core func $l "r")))))

            """);
        int made = 0;
        for (int i = 0; i < hubs; i++)
            text.Append($"(instance $i{made++} (instantiate $hub))\n");
        var kinds = Enumerable.Repeat(true, relays).Concat(Enumerable.Repeat(false, callers)).ToArray();
        random.Shuffle(kinds);
        foreach (bool isRelay in kinds)
        {
            int callee = random.Next(made);
            text.Append(isRelay
                ? $"(instance $i{made++} (instantiate $relay (with \"f\" (func $i{callee} \"f\"))))\n"
                : $"(instance (instantiate $user (with \"f\" (func $i{callee} \"f\"))))\n");
        }
        return text.Append(')').ToString();
    }

    /// <summary>
    /// A component that lowers functions of another, none of which has the type of another: the n-th has as many parameters of 64 bits as its number has ones.
    /// </summary>
    private static string ManyTypes(int count, string lift, string lower, int first)
    {
        var text = new StringBuilder("(component (component $a (core module $m (func (export \"callback\") (param i32 i32 i32) (result i32) unreachable)\n");
        for (int i = 0; i < count; i++)
            text.Append($"(func (export \"f{i}\") (param {Bits(i, "i64", "i32")}) {(lift.Length > 0 ? "(result i32)" : "")} unreachable)\n");
        text.Append(") (core instance $i (instantiate $m))\n");
        for (int i = 0; i < count; i++)
            text.Append($"(func (export \"f{i}\") {(lift.Length > 0 ? "async" : "")} {Params(i)} (canon lift (core func $i \"f{i}\") {lift}))\n");
        text.Append(") (instance $a (instantiate $a)) (core module $mem (memory (export \"m\") 1)) (core instance $mem (instantiate $mem))\n");
        for (int i = 0; i < count; i++)
            text.Append($"(core func (canon lower (func $a \"f{i}\") {lower} (memory (core memory $mem \"m\"))))\n");
        return text.Append(')').ToString();

        string Params(int i) => string.Concat(Bits(i, "u64", "u32").Split(' ').Select((type, p) => $"(param \"p{p}\" {type}) "));

        string Bits(int i, string one, string zero) => string.Join(' ', Convert.ToString(i + first, 2).Select(bit => bit == '1' ? one : zero));
    }
}
