using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;
using Fact.Properties.Cli;
using Xunit;
using Xunit.Sdk;

namespace Fact.Properties.Component;

/// <summary>What is made of a component is linear in it, or there is an error that names a limit.</summary>
public sealed class CostLaws
{
    private const string Limit = "more than|too large to check";

    // Bytes for each byte of the component, and what a list of the most instances that there may be takes.
    private const int PerByte = 100, Always = 2_000_000;

    public static TheoryData<string> Kinds => [.. Hostile.Kinds.Select(kind => kind.Name)];

    public static TheoryData<string> LinearKinds => [.. Hostile.Kinds.Where(kind => !kind.Multiplies).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(LinearKinds))]
    public void Every_output_is_linear_in_the_component(string name)
    {
        foreach (int factor in new[] { 1, 2, 4, 8, 16 })
        {
            byte[] bytes = Component(name, factor);
            using var folder = new TemporaryFolder();
            string input = folder.Write("c.wasm", bytes);
            string output = folder["out"];
            Bounded(bytes, ToolRun.Of("compile", input, "-o", output), () => new FileInfo(Path.Combine(output, "plan.json")).Length);
            Bounded(bytes, ToolRun.Of("inspect", input));
            Bounded(bytes, ToolRun.Of("inspect", input, "--json"));
            Bounded(bytes, ToolRun.Of("run", input));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_large_ends_and_stays_below_the_limit(string name)
    {
        byte[] bytes = Component(name, 60);
        string[] outcome = Ending.Of(() => Compile(bytes).Match(
            Right: plan => new[] { "", plan },
            Left: error => [error.Message, ""]));
        Assert.True(outcome[1].Length <= ComponentLimits.OutputBytes);
        if (outcome[0].Length > 0)
            Assert.Matches(Limit, outcome[0]);
    }

    [Fact]
    public void Exported_instances_are_written_once()
    {
        byte[] bytes = Component("bundles that double", 9);
        var plan = Link.Linked.Plan(bytes);
        Assert.Equal(18, plan.ExportedInstances.Length);
        Assert.All(plan.ExportedInstances.Skip(1), (exports, i) => Assert.All(exports, export => Assert.Equal((uint)i, ((ExportItem.Instance)export.Item).Id.Value)));
    }

    [Fact]
    public void Long_names_are_written_once_and_short_ones_in_place()
    {
        string name = Hostile.Long(101);
        byte[] bytes = Text($"(component {Link.Linked.Leaf} (instance $i (instantiate $leaf)) (export \"{name}\" (instance $i)) (export \"{name}b\" (func $i \"f\")))");
        string plan = Compile(bytes).Match(Right: plan => plan, Left: error => throw new XunitException(error.ToString()));
        Assert.Equal(2, plan.Split(name).Length - 1);
        using var json = System.Text.Json.JsonDocument.Parse(plan);
        int number = json.RootElement.GetProperty("exports")[0].GetProperty("name").GetInt32();
        Assert.Equal(name, json.RootElement.GetProperty("names")[number].GetString());
        Assert.Equal("f", json.RootElement.GetProperty("exportedInstances")[0].GetProperty("exports")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_plan_that_is_too_large_is_not_written()
    {
        var plan = Link.Linked.Plan(Text("(component)"));
        var instance = new PlanInstance(null, 0) { Name = Hostile.Long(90) };
        var large = plan with { Instances = Enumerable.Repeat(instance, 700_000).ToEquatableArray() };
        string error = PlanJson.ToUtf8(large).Match(Right: _ => "", Left: error => error.Message);
        Assert.Contains("more than the 64 MiB allowed", error, StringComparison.Ordinal);
        // One element can be too large by itself.
        var path = Enumerable.Repeat(Hostile.Long(90), 1_000_000).ToEquatableArray();
        error = PlanJson.ToUtf8(plan with { ImportedItems = [new ImportedItem(new ImportId(0), path)] }).Match(Right: _ => "", Left: error => error.Message);
        Assert.Contains("more than the 64 MiB allowed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Components_that_somebody_uses_are_far_from_the_limits()
    {
        string[] files = [Path.Combine(Repository.Root, "samples", "real", "shop.wasm"), .. Corpus.Files, .. new[] { Corpus.Synthetic }.OfType<string>()];
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            var work = new Fact.Component.Link.LinkContext(CancellationToken.None);
            if (!Corpus.IsComponent(bytes) || ComponentDecoder.Decode(bytes).Case is not ComponentAst ast
                || ComponentLinker.Link(ast, work, CancellationToken.None).IsLeft)
                continue;
            Assert.True(work.BytesLeft > ComponentLimits.LinkBytes * 99 / 100, $"{file}: {work.BytesLeft}");
            Assert.True(Compile(bytes).Match(Right: plan => plan.Length, Left: _ => 0) < ComponentLimits.OutputBytes / 50, file);
        }
    }

    [Fact]
    public void Linking_ends_when_it_is_cancelled()
    {
        byte[] bytes = Component("bundles that double", 4);
        var ast = ComponentDecoder.Decode(bytes).Match(Right: ast => ast, Left: error => throw new XunitException(error.ToString()));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => ComponentLinker.Link(ast, source.Token));
        var linking = new Fact.Component.Link.LinkContext(source.Token);
        Assert.Throws<OperationCanceledException>(() => linking.Spend(0));
    }

    [Fact]
    public void More_adapters_than_a_component_can_have_are_an_error() =>
        Assert.Contains("more than 50000 adapters", Link.Linked.Error(Component("calls of many functions in many instances", 32)).Message, StringComparison.Ordinal);

    [Fact]
    public void More_full_names_than_a_host_can_have_are_an_error()
    {
        using var folder = new TemporaryFolder();
        ToolRun.Of("run", folder.Write("c.wasm", Component("bundles that double", 9))).Fails(1, "more than 100000 functions");
        ToolRun.Of("run", folder.Write("d.wasm", Component("an exported instance with a long name and many functions", 40))).Fails(1, "more than 16777216 characters");
    }

    private static void Bounded(byte[] input, ToolRun run, Func<long>? size = null)
    {
        if (run.Code == 1)
        {
            Assert.Matches(Limit, run.Errors);
            return;
        }
        run.Succeeds();
        long bytes = Encoding.UTF8.GetByteCount(run.Output) + (size?.Invoke() ?? 0);
        Assert.True(bytes <= (PerByte * (long)input.Length) + Always, $"{bytes} bytes come of {input.Length}");
    }

    private static LanguageExt.Either<Diagnostic, string> Compile(byte[] bytes) =>
        ComponentCompiler.Compile(bytes, CompileOptions.Default).MapLeft(errors => errors[0])
            .Bind(compiled => compiled.ToJson()).Map(json => Encoding.UTF8.GetString(json.Span));

    private static byte[] Component(string name, int factor) => Text(Hostile.Kinds.Single(kind => kind.Name == name).Of(factor));

    private static byte[] Text(string text) => Wasmtime.Module.ConvertText(text);
}
