using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Cli.Explain;
using Fact.Cli.Input;
using Fact.Cli.Inspect;
using Fact.Cli.Page;
using Fact.Component.Plan;
using Fact.Ir;
using LanguageExt;
using Flag = System.CommandLine.Option<bool>;

namespace Fact.Cli.Commands;

/// <summary><c>fact inspect</c>: which adapters a component has, and what they need.</summary>
internal sealed class InspectCommand : Command, IHasExamples
{
    private readonly Argument<string> input = ComponentInput.Argument();

    private readonly Flag json = new("--json") { Description = "Write the report as JSON." };

    private readonly Flag dot = new("--dot") { Description = "Write the graph of instances and adapters for Graphviz." };

    private readonly Flag html = new("--html")
    {
        Description = "Write a page for a browser: the graph to click on, sizes, and for every adapter what compile --explain says. "
            + "It needs no network and has no script.",
    };

    private readonly ReentranceOption reentrance = new();

    private readonly CodeOptions code = new();

    public InspectCommand(Terminal terminal)
        : base("inspect", "Shows what a component imports and exports, and its adapters: who calls whom, with what types and options, and what the host must provide.")
    {
        Add(input);
        Add(json);
        Add(dot);
        Add(html);
        Validators.Add(result =>
        {
            if (new[] { json, dot, html }.Count(form => result.GetResult(form) is { Implicit: false }) > 1)
                result.AddError("--json, --dot and --html are forms of the report: choose one");
        });
        Add(reentrance);
        code.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, terminal, cancellation), CancellationToken.None).WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public string[] Examples =>
    [
        "fact inspect app.wasm",
        "fact inspect app.wasm --html > app.html",
        "fact inspect app.wasm --dot | dot -Tsvg > app.svg",
        "fact inspect app.wasm --json | jq '.adapters[].signature'",
    ];

    private int Run(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        string from = parsed.GetValue(input)!;
        var options = code.Of(parsed, CompileOptions.Default) with { Reentrance = reentrance.Of(parsed) };
        return Progress.Of(terminal, progress => Look(from, options, terminal, progress, cancellation)).Match(
            Right: found =>
            {
                if (parsed.GetValue(json))
                    return Json(from, found, terminal);
                string name = ComponentInput.Name(from);
                if (parsed.GetValue(dot))
                    InspectDot.Write(terminal.Stdout, found.Component.Plan, found.Names, found.Adapters);
                else if (parsed.GetValue(html))
                    new HtmlPage(name, found.Component, found.Names, found.Adapters, ExplainReport.All(found.Component, options, cancellation)).Write(terminal.Stdout);
                else
                    InspectText.Write(terminal.Stdout, name, found.Component, found.Names, found.Adapters);
                return ExitCode.Done;
            },
            Left: failure => terminal.Report(failure));
    }

    private static int Json(string from, (CompiledComponent Component, ReportNames Names, List<AdapterReport> Adapters) found, Terminal terminal) =>
        InspectJson.ToUtf8(found.Component, found.Names, found.Adapters.ToEquatableArray()).Match(
            Right: report =>
            {
                terminal.Stdout.BaseStream.Write(report.Span);
                return ExitCode.Done;
            },
            Left: error => terminal.Report(Failure.Input(ComponentInput.Name(from), [error])));

    private static Either<Failure, (CompiledComponent Component, ReportNames Names, List<AdapterReport> Adapters)> Look(
        string from, CompileOptions options, Terminal terminal, Progress progress, CancellationToken cancellation) =>
        ComponentInput.Read(from, terminal, progress, cancellation).Bind(bytes =>
        {
            progress.Now("linking");
            return ComponentCompiler.Link(bytes, cancellation).MapLeft(errors => Failure.Input(ComponentInput.Name(from), errors));
        }).Bind<(CompiledComponent, ReportNames, List<AdapterReport>)>(plan =>
        {
            // What an adapter needs is seen in its code.
            progress.Now("looking at adapters");
            var names = new ReportNames(plan);
            return ComponentCompiler.Compile(plan, options, cancellation)
                .MapLeft(errors => Failure.Input(ComponentInput.Name(from), errors))
                .Map(compiled => (compiled, names, AdapterReport.All(compiled, names)));
        });
}
