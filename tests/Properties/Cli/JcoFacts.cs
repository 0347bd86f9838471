using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Model.Laws;
using Fact.Properties.Facade;
using Wasmtime;
using Xunit;
using Xunit.Abstractions;

namespace Fact.Properties.Cli;

/// <summary>
/// Tools of others make of a fused module a component of the type that the fused component had, but for imports that no code needs: these they leave out.
/// </summary>
public sealed class JcoFacts(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, bool> seen = [];
    private int number, less;

    public void Dispose() => folder.Dispose();

    [JcoTheory]
    [InlineData("host-js/words.wat")]
    [InlineData("command/echo.wat")]
    [InlineData("real/shop.wasm")]
    public void Samples_become_components_again(string sample)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.Root, "samples", sample));
        Assert.Equal("", Wrong(sample, Properties.Corpus.IsComponent(bytes) ? bytes : Module.ConvertText(System.Text.Encoding.UTF8.GetString(bytes))));
        Assert.Equal(1, number);
        Assert.Equal(0, less);
    }

    [JcoFact]
    public void The_shop_does_the_same_again()
    {
        string shop = Path.Combine(Repository.Root, "samples", "real", "shop.wasm"), again = folder["again.wasm"];
        ToolRun.Of("fuse", shop, "-o", folder["shop.wasm"], "--one-memory").Succeeds();
        Assert.Equal(0, JcoFactAttribute.Run("new", folder["shop.wasm"], "-o", again).Code);
        string[] calls =
        [
            "--invoke", "sample:shop/checkout#tag(\"crème fraîche 🍓\", litre)",
            "--invoke", "sample:shop/checkout#buy({customer: \"Zoë\", items: [{name: \"tea\", unit: kilogram, quantity: 2, price: 1250}]}, 5000)",
            "--invoke", "sample:warehouse/stock@0.1.0#[constructor]basket(\"Ann\", 1000)",
            "--invoke", "sample:warehouse/stock@0.1.0#[method]basket.owner(basket(1))",
            "--invoke", "sample:shop/checkout#in-use()",
        ];
        Assert.Equal(ToolRun.Of(["run", shop, .. calls]).Succeeds().Output, ToolRun.Of(["run", again, .. calls]).Succeeds().Output);
    }

    [JcoFact]
    public void Generated_worlds_become_components_again()
    {
        int all = Fuzz.Cases ?? 50;
        var wrong = All(Enumerable.Range(0, all).Select(i => Component(i)));
        Assert.True(wrong.Length == 0, wrong);
        Assert.True(number > all / 3, $"only {number} of {all} are worlds");

        static (string, byte[]) Component(int number)
        {
            string text = new Worlds(Fuzz.Random(number)).Component();
            return (text, Module.ConvertText(text));
        }
    }

    [JcoFact(NeedsCorpus = true)]
    public void Real_components_become_components_again()
    {
        string wrong = All(Properties.Corpus.Components);
        Assert.True(wrong.Length == 0, wrong);
        Assert.True(number > 30, $"only {number}");
    }

    private string All(IEnumerable<(string Name, byte[] Bytes)> components)
    {
        var wrong = new ConcurrentBag<string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(components, parallel, component => wrong.Add(Wrong(component.Name, component.Bytes)));
        output.WriteLine($"{number} components, of which {less} import less than before");
        return string.Concat(wrong);
    }

    // Where what no code needs is kept, all that the component lowers is imported.
    private string Wrong(string name, byte[] component)
    {
        var options = FuseOptions.Default with { KeepAll = true, OneMemory = true };
        if (!Fuser.TryFuse(component, options, out var fused, out _) || !WorldFacts.IsSaid(fused) || !seen.TryAdd(Section(fused), true))
            return "";
        int mine = Interlocked.Increment(ref number);
        string module = folder.Write($"{mine}.wasm", [.. fused.Bytes]), made = folder[$"{mine}.made.wasm"];
        var run = JcoFactAttribute.Run("new", module, "-o", made);
        if (run.Code != 0)
            return $"{name}: {run.Errors}\n";
        byte[] again = File.ReadAllBytes(made);
        if (SameType.DifferenceButImports(component, again) is { } difference)
            return $"{name}: {difference}\n";
        if (SameType.Difference(component, again) is not null)
            Interlocked.Increment(ref less);
        return "";
    }

    // Components of one type are one case.
    private static string Section(FusedComponent fused)
    {
        var bytes = fused.Bytes.AsSpan();
        return Convert.ToBase64String(bytes[bytes.LastIndexOf("component-type:fact"u8)..]);
    }
}
