using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Fact.Cli.Fuse;
using Fact.Cli.Input;
using Fact.Cli.Output;
using LanguageExt;
using Flag = System.CommandLine.Option<bool>;
using TextOption = System.CommandLine.Option<string>;

namespace Fact.Cli.Commands;

/// <summary><c>fact fuse</c>: a component goes in, one core module comes out, and beside it how to call it.</summary>
internal sealed class FuseCommand : Command, IHasExamples
{
    private readonly Argument<string> input = ComponentInput.Argument();

    private readonly TextOption output = new("--output", "-o")
    {
        Description = "The module to write. What says how to call it is beside it, with the extension .json.",
        HelpName = "OUT",
        DefaultValueFactory = _ => "fused.wasm",
    };

    private readonly Flag keepAll = new("--keep-all") { Description = "Keep code and data that nothing reaches." };

    private readonly Flag names = new("--names") { Description = "Add a name section: what the core modules call things, after the name of the instance." };

    private readonly Flag noValidate = new("--no-validate") { Description = "Do not have an engine validate the module before it is written." };

    private readonly BehaviourOptions behaviour = new();

    private readonly CodeOptions code = new(hasHost: false);

    private readonly Flag explain = new("--explain") { Description = "Print what became of each instance and adapter." };

    public FuseCommand(Terminal terminal)
        : base("fuse", "Makes one core module of a component, which needs no runtime for components, and writes beside it how to call it.")
    {
        Add(input);
        Add(output);
        Add(keepAll);
        Add(names);
        Add(noValidate);
        behaviour.AddTo(this);
        code.AddTo(this);
        Add(explain);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, terminal, cancellation), CancellationToken.None).WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public string[] Examples =>
    [
        "fact fuse app.wasm -o app.core.wasm       app.core.wasm and app.core.json, which says how to call it",
        "fact fuse app.wat --explain               what became of each instance and adapter",
    ];

    private int Run(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var done = Progress.Of(terminal, progress => Fuse(parsed, terminal, progress, cancellation));
        return done.Match(
            Right: report =>
            {
                report.Write(terminal, parsed.GetValue(explain));
                return ExitCode.Done;
            },
            Left: terminal.Report);
    }

    private Either<Failure, FuseReport> Fuse(ParseResult parsed, Terminal terminal, Progress progress, CancellationToken cancellation)
    {
        string from = parsed.GetValue(input)!, to = parsed.GetValue(output)!;
        string file = Path.GetFileName(to), description = Path.ChangeExtension(file, ".json");
        if (file.Length == 0)
            return Failure.Input($"{(to.Length == 0 ? "the name of the module to write is empty" : to + " is a directory")}; give a file after -o");
        if (description == file)
            return Failure.Input($"{to} is the name of what says how to call the module; give the module another extension, such as .wasm");
        var options = new FuseOptions(parsed.GetValue(keepAll), parsed.GetValue(names))
        {
            Compile = behaviour.Of(parsed, code.Of(parsed, CompileOptions.Default)),
        };
        return ComponentInput.Read(from, terminal, progress, cancellation).Bind<FuseReport>(bytes =>
        {
            progress.Now("fusing");
            if (!Fuser.TryFuse(bytes, options, out var fused, out var errors, cancellation))
                return Failure.Input(ComponentInput.Name(from), errors);
            cancellation.ThrowIfCancellationRequested();
            if (!parsed.GetValue(noValidate) && Validator.Run(file, fused, ComponentInput.Name(from), progress) is { } invalid)
                return invalid;
            progress.Now("writing");
            if (!fused.TryToJson(out var json, out var tooLarge, file))
                return Failure.Input(ComponentInput.Name(from), tooLarge);
            string folder = Path.GetDirectoryName(to) is { Length: > 0 } named ? named : ".";
            OutputFile[] files = [new(file, fused.Bytes.AsMemory()), new(description, json)];
            var problem = Foreground.Run(token => OutputFolder.Write(folder, files, [], FileSystem.Real, token), cancellation);
            return problem is null ? new FuseReport(fused, bytes.Length) : problem;
        });
    }
}
