using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Conformance.Corpus;
using Fact.Conformance.Scripts;
using Fact.Host;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Cli;
using Fact.Values;
using Wasmtime;
using Xunit;
using Reference = Wasmtime.Components;

namespace Fact.Conformance.Fuse;

/// <summary>A component that real tools have made does on the engine as a core module, and as a component around that, what it does there itself.</summary>
public sealed class RealComponentFacts
{
    private const string Checkout = "sample:shop/checkout#", Stock = "sample:warehouse/stock@0.1.0#";
    private static readonly ResourceType Basket = new("basket");

    private const string Tea = """{name: "tea", unit: kilogram, quantity: 2, price: 1250}""";
    private const string Milk = """{name: "lait 🥛", unit: litre, quantity: 3, price: 99, note: some("fresh")}""";

    private static readonly string[] Plain =
    [
        Checkout + "tag(\"crème fraîche 🍓\", litre)",
        Checkout + "tag(\"\", piece)",
        Checkout + $"bargains([{Tea}, {Milk}, {{name: \"egg\", unit: piece, quantity: 12, price: 30}}], 1000)",
        Checkout + "bargains([], 18446744073709551615)",
        Checkout + $"buy({{customer: \"Zoë\", items: [{Tea}, {Milk}]}}, 5000)",
        Checkout + $"buy({{customer: \"Zoë\", items: [{Tea}, {Milk}]}}, 2796)",
        Checkout + "buy({customer: \"Zoë\", items: [{name: \"\", unit: piece, quantity: 1, price: 1}]}, 5000)",
        Checkout + $"buy-together([{{customer: \"Ann\", items: [{Milk}]}}, {{customer: \"Bořek\", items: [{Tea}]}}, {{customer: \"李\", items: []}}])",
        Checkout + "buy-together([])",
        Checkout + "in-use()",
        Stock + "label(\"thé\", kilogram)",
        Stock + $"select([{Tea}, {Milk}], 100)",
        Stock + "in-use()",
    ];

    // The number of a handle says as which it came. The engine's package has no handles.
    private static readonly string[] WithHandles =
    [
        Stock + "[constructor]basket(\"Ann\", 1000)",
        Stock + "[constructor]basket(\"Bob\", 3000)",
        Stock + $"[method]basket.put(basket(1), {Milk})",
        Stock + $"[method]basket.put(basket(1), {Tea})",
        Stock + $"[method]basket.put(basket(2), {Tea})",
        Stock + "[method]basket.contents(basket(1))",
        Stock + "[method]basket.total(basket(2))",
        Stock + "dearest([basket(1), basket(2), basket(1)])",
        Stock + "dearest([])",
        Stock + "in-use()",
        Stock + "[static]basket.merge([basket(2), basket(1)])",
        Stock + "[method]basket.owner(basket(3))",
        Stock + "[method]basket.contents(basket(3))",
        Checkout + "in-use()",
    ];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_shop_does_the_same_as_a_module_and_as_the_component_around_it(bool oneMemory, bool foldMemories)
    {
        var fused = Fused(oneMemory, foldMemories);
        using var engine = GatedEngine.Make();
        using var expected = new OnReference(engine, Shop, fused);
        using var wrapped = new OnReference(engine, Wrapped(fused), fused);
        using var module = new OnModule(fused);
        Same(Plain, expected.Call, wrapped.Call, module.Call);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Baskets_go_in_and_out(bool oneMemory, bool foldMemories)
    {
        var fused = Fused(oneMemory, foldMemories);
        using var engine = new HostEngine();
        using var expected = new OnHost(engine, Shop);
        using var wrapped = new OnHost(engine, Wrapped(fused));
        using var module = new OnModule(fused);
        Same(WithHandles, expected.Call, wrapped.Call, module.Call);
    }

    private static byte[] Shop => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "real", "shop.wasm"));

    private static FusedComponent Fused(bool oneMemory, bool foldMemories) =>
        Fuser.Fuse(Shop, FuseOptions.Default with { OneMemory = oneMemory, FoldMemories = foldMemories }).Match(
            made => made, wrong => throw new InvalidOperationException(wrong.ToString()));

    private static byte[] Wrapped(FusedComponent fused) => [.. Wrapper.Wrap(fused).Match(made => made, wrong => throw new InvalidOperationException(wrong.ToString()))];

    private static void Same(string[] calls, Func<string, string?> expected, params Func<string, string?>[] others)
    {
        foreach (string call in calls)
        {
            string? outcome = expected(call);
            Assert.NotNull(outcome);
            Assert.All(others, other => Assert.Equal((call, outcome), (call, other(call))));
        }
    }

    private static (string Name, ComponentFuncType Type, EquatableArray<ComponentValue> Arguments) Parsed(FusedComponent fused, string call)
    {
        string name = call[..call.IndexOf('(', StringComparison.Ordinal)];
        var type = fused.Exports.Items.First(export => string.Join('#', export.Path) == name).Type;
        var parsed = WaveParser.ParseArguments(call, type, (_, number) => Handle(number));
        return (name, type, parsed.Match(made => made, error => throw new InvalidOperationException(error.ToString())));
    }

    // What stands for a handle.
    private static HostHandle Handle(int number) => HostHandle.New(Basket, (uint)number);

    private static string? Print(ComponentValue value) => WavePrinter.Print(value, handle => (int)handle.Rep);

    private sealed class OnModule(FusedComponent fused) : IDisposable
    {
        private readonly ModuleSide module = new(fused);
        private readonly List<ulong> baskets = [];

        public void Dispose() => module.Dispose();

        public string? Call(string call)
        {
            var (name, type, arguments) = Parsed(fused, call);
            var values = new SpecValues(handle => baskets[(int)handle.Rep - 1], rep =>
            {
                baskets.Add(rep);
                return Handle(baskets.Count);
            });
            try
            {
                var result = module.Lift(name, () => [.. arguments.Items.Select((argument, i) => values.To(argument, type.Params[i].Type))]);
                return Print(values.From(result!, type.Result!));
            }
            catch (Exception trap) when (trap is SpecTrap or WasmtimeException)
            {
                return null;
            }
        }
    }

    private sealed class OnReference : IDisposable
    {
        private readonly FusedComponent fused;
        private readonly Reference.Component component;
        private readonly Reference.ComponentLinker linker;
        private readonly Store store;
        private readonly Reference.ComponentInstance instance;

        public OnReference(Engine engine, byte[] bytes, FusedComponent fused)
        {
            this.fused = fused;
            component = Reference.Component.FromBytes(engine, bytes);
            linker = new Reference.ComponentLinker(engine);
            store = new Store(engine);
            instance = linker.Instantiate(store, component);
        }

        public string? Call(string call)
        {
            var (name, _, arguments) = Parsed(fused, call);
            string[] path = name.Split('#');
            try
            {
                return Print(ReferenceValues.From(instance.GetFunction(path[0], path[1])!.Call([.. arguments.Items.Select(ReferenceValues.To)])!));
            }
            catch (WasmtimeException)
            {
                return null;
            }
        }

        public void Dispose()
        {
            store.Dispose();
            linker.Dispose();
            component.Dispose();
        }
    }

    private sealed class OnHost : IDisposable
    {
        private readonly ComponentHost host;
        private readonly ComponentInstance instance;
        private readonly WaveSession session;

        public OnHost(HostEngine engine, byte[] bytes)
        {
            host = ComponentHost.Open(engine, bytes).Match(made => made, errors => throw new InvalidOperationException(errors.ToString()));
            instance = host.Instantiate(HostImports.None).Match(made => made, failure => throw new InvalidOperationException(failure.ToString()));
            session = new WaveSession(instance);
        }

        public string? Call(string call) => session.TryInvoke(call, out string? result, out _) ? result : null;

        public void Dispose()
        {
            instance.Dispose();
            host.Dispose();
        }
    }
}
