using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Cli.Explain;
using Fact.Cli.Input;
using Fact.Cli.Inspect;
using Fact.Cli.Output;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Ir;
using LanguageExt;
using Spectre.Console;
using Flag = System.CommandLine.Option<bool>;
using TextOption = System.CommandLine.Option<string>;

namespace Fact.Cli.Commands;

/// <summary><c>fact compile</c>: a component goes in, its adapter modules and link plan come out.</summary>
internal sealed class CompileCommand : Command, IHasExamples
{
    private const string BinaryName = "component.wasm";

    private readonly Argument<string> input = ComponentInput.Argument();

    private readonly TextOption folder = new("--output", "-o")
    {
        Description = "The folder to write to; it is made if it does not exist.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private readonly Flag text = new("--text") { Description = "Write the modules as text (.wat) instead of binaries." };

    private readonly Flag coreModules = new("--core-modules")
    {
        Description = "Write the core modules of the component too (core-0.wasm ...), so that plan.json needs no other file.",
    };

    private readonly Flag debug = new("--debug")
    {
        Description = "A debug build: assertions, sections that say why each trap traps and where in which value, names.",
    };

    private readonly Flag names = new("--names") { Description = "Add a name section: functions, imports, locals." };

    private readonly Flag noValidate = new("--no-validate") { Description = "Do not have an engine validate the modules before they are written." };

    private readonly BehaviourOptions behaviour = new();

    private readonly CodeOptions code = new();

    private readonly Flag explain = new("--explain")
    {
        Description = "Print for every adapter its plan, what each pass made of it and why, the checks that are left, and the bytes of its code.",
    };

    private readonly Flag explainJson = new("--explain=json") { Description = "The same as JSON, and nothing else on standard output." };

    public CompileCommand(Terminal terminal)
        : base("compile", "Writes the adapter modules of a component (adapters-0.wasm ...) and plan.json, which says how to link them.")
    {
        Add(input);
        Add(folder);
        Add(text);
        Add(coreModules);
        Add(debug);
        Add(names);
        Add(noValidate);
        behaviour.AddTo(this);
        code.AddTo(this);
        Add(explain);
        Add(explainJson);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, terminal, cancellation), CancellationToken.None).WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public string[] Examples =>
    [
        "fact compile app.wasm -o out              adapters-0.wasm and plan.json, in out",
        "fact compile app.wat --text -o out        the same as text, to read",
        "fact compile app.wasm --core-modules      and the core modules, for a host that has no component",
        "fact compile app.wasm --debug             traps say why, and where in which value",
        "fact compile app.wasm -o out --explain    why the code of each adapter is as it is",
        "cat app.wasm | fact compile - -o out      from standard input",
    ];

    private int Run(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var done = Progress.Of(terminal, progress => Compile(parsed, terminal, progress, cancellation));
        return done.Match(
            Right: written =>
            {
                if (!written.Json.IsEmpty)
                {
                    terminal.Stdout.BaseStream.Write(written.Json.Span);
                    return ExitCode.Done;
                }
                Summary(terminal, written.Modules, written.LeftOut);
                ExplainText.Write(terminal.Stdout, terminal.Coloured, written.Reports);
                return ExitCode.Done;
            },
            Left: failure => terminal.Report(failure));
    }

    /// <summary>
    /// What was written, how many adapters are left out, and what is said of all: an explanation of each adapter, if that is asked for, and all of them as JSON, if that
    /// is.
    /// </summary>
    private sealed record Written(ModuleFile[] Modules, int LeftOut, EquatableArray<ExplainReport> Reports, ReadOnlyMemory<byte> Json);

    private Either<Failure, Written> Compile(ParseResult parsed, Terminal terminal, Progress progress, CancellationToken cancellation)
    {
        string from = parsed.GetValue(input)!;
        bool asText = parsed.GetValue(text);
        var options = OptionsOf(parsed);
        return ComponentInput.ReadForm(from, terminal, progress, cancellation).Bind(read =>
        {
            progress.Now("compiling");
            return ComponentCompiler.Compile(read.Bytes, options, cancellation)
                .MapLeft(errors => Failure.Input(ComponentInput.Name(from), errors))
                .Map(component => (Input: read, Component: component));
        }).Bind<Written>(compiled =>
        {
            var component = compiled.Component;
            ModuleFile[] runtime = component.Runtime is { } handles ? [ModuleFile.Of(RuntimeName(asText), handles)] : [];
            ModuleFile[] modules = [.. runtime, .. component.AdapterModules.Items.Select((module, i) => ModuleFile.Of(ModuleName((uint)i, asText), module))];
            if (!parsed.GetValue(noValidate) && Validator.Run(modules, terminal, progress, cancellation) is { } invalid)
                return invalid;
            progress.Now("explaining");
            bool asJson = parsed.GetValue(explainJson);
            var reports = asJson || parsed.GetValue(explain) ? ExplainReport.All(component, options, cancellation) : [];
            Either<Diagnostic, ReadOnlyMemory<byte>> json = asJson ? ExplainJson.ToUtf8(reports) : ReadOnlyMemory<byte>.Empty;
            progress.Now("writing");
            var files = modules.Select(module => new OutputFile(module.Name, module.Content(asText))).ToList();
            // A host takes core modules out of the binary, which who has a text has not.
            bool withCore = parsed.GetValue(coreModules), withBinary = compiled.Input.WasText && !withCore;
            var plan = component.ToJson(new PlanFiles
            {
                AdapterModule = id => ModuleName(id.Value, asText),
                RuntimeModule = RuntimeName(asText),
                CoreModule = withCore ? id => CoreName(id.Value) : null,
                Component = PlanComponent.Of(withBinary ? BinaryName : compiled.Input.WasText || from == "-" ? null : Path.GetFileName(from), compiled.Input.Bytes),
            });
            if ((json.Case as Diagnostic ?? plan.Case as Diagnostic) is { } tooLarge)
                return Failure.Input(ComponentInput.Name(from), [tooLarge]);
            files.Add(new OutputFile("plan.json", (ReadOnlyMemory<byte>)plan.Case!));
            if (withBinary)
                files.Add(new OutputFile(BinaryName, compiled.Input.Bytes));
            var core = component.Plan.CoreModules;
            for (int i = 0; withCore && i < core.Length; i++)
                files.Add(new OutputFile(CoreName((uint)i), core[i].Bytes.Memory));
            IEnumerable<string>[] obsolete =
            [
                runtime.Length == 0 ? [RuntimeName(asText)] : [],
                Numbered((uint)component.AdapterModules.Length, index => ModuleName(index, asText)),
                withCore ? Numbered((uint)core.Length, CoreName) : [],
            ];
            var problem = Foreground.Run(token => OutputFolder.Write(parsed.GetValue(folder)!, files, obsolete, FileSystem.Real, token), cancellation);
            int leftOut = component.Plan.Adapters.Items.Count(adapter => adapter.Module is null);
            return problem is null ? new Written(modules, leftOut, reports, (ReadOnlyMemory<byte>)json.Case!) : problem;
        });
    }

    private CompileOptions OptionsOf(ParseResult parsed)
    {
        var options = parsed.GetValue(debug) ? CompileOptions.Debug : CompileOptions.Default;
        return behaviour.Of(parsed, code.Of(parsed, options)) with { Names = options.Names || parsed.GetValue(names) };
    }

    private static string ModuleName(uint index, bool asText) => string.Create(CultureInfo.InvariantCulture, $"adapters-{index}.{(asText ? "wat" : "wasm")}");

    private static string RuntimeName(bool asText) => asText ? "runtime.wat" : "runtime.wasm";

    private static string CoreName(uint index) => string.Create(CultureInfo.InvariantCulture, $"core-{index}.wasm");

    /// <summary>Without end.</summary>
    private static IEnumerable<string> Numbered(uint first, Func<uint, string> name)
    {
        for (uint index = first; ; index++)
            yield return name(index);
    }

    private static void Summary(Terminal terminal, IReadOnlyList<ModuleFile> modules, int leftOut)
    {
        if (modules.All(module => module.Adapters == 0))
            terminal.Stdout.Write("no adapters: no call in this component needs one\n");
        if (modules.Count == 0)
        {
            SayLeftOut();
            return;
        }
        var heading = new Style(decoration: Decoration.Bold);
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn(new Text("module", heading)));
        foreach (string column in new[] { "adapters", "functions", "imports", "bytes" })
            table.AddColumn(new TableColumn(new Text(column, heading)).RightAligned());
        foreach (var module in modules)
            Row(module.Name, module.Adapters, module.Functions, module.Imports.Length, module.Bytes.Length);
        if (modules.Count > 1)
            Row("total", modules.Sum(m => m.Adapters), modules.Sum(m => m.Functions), modules.Sum(m => m.Imports.Length), modules.Sum(m => m.Bytes.Length));
        terminal.Show(table);
        SayLeftOut();

        void SayLeftOut()
        {
            if (leftOut > 0)
                terminal.Stdout.Write(string.Create(CultureInfo.InvariantCulture, $"left out: {leftOut}, where the caller is linked to the callee\n"));
        }

        void Row(string name, params ReadOnlySpan<int> counts)
        {
            var cells = new List<Text> { new(name) };
            foreach (int count in counts)
                cells.Add(new Text(count.ToString(CultureInfo.InvariantCulture)));
            table.AddRow([.. cells]);
        }
    }
}
