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

/// <summary><c>fact fuse</c>: a component goes in; one core module comes out, and beside it how to call it, or a component of the same type around it.</summary>
internal sealed class FuseCommand : Command, IHasExamples
{
    private readonly Argument<string> input = ComponentInput.Argument();

    private readonly TextOption output = new("--output", "-o")
    {
        Description = "The file to write. What says how to call a module is beside it, with the extension .json.",
        HelpName = "OUT",
        DefaultValueFactory = _ => "fused.wasm",
    };

    private readonly TextOption form = new("--as")
    {
        Description = "What to write: a core module, or a component of the same type around it.",
        HelpName = "module|component",
        DefaultValueFactory = _ => "module",
    };

    private readonly Flag oneMemory = new("--one-memory")
    {
        Description = "Let values pass between the module and its host in one 32-bit memory, strings in UTF-8: for tools that make a component of the module.",
    };

    private readonly Flag foldMemories = new("--fold-memories")
    {
        Description = "Put all memories into one, with values for its host in front: for engines that have no others.",
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
        form.AcceptOnlyFromAmong("module", "component");
        Add(input);
        Add(output);
        Add(form);
        Add(oneMemory);
        Add(foldMemories);
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
        "fact fuse app.wasm --as component         a component of the same type with that module in it, fused.wasm",
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
        bool asComponent = parsed.GetValue(form) == "component";
        string file = Path.GetFileName(to), description = Path.ChangeExtension(file, ".json");
        if (file.Length == 0)
            return Failure.Input($"{(to.Length == 0 ? "the name of the file to write is empty" : to + " is a directory")}; give a file after -o");
        // Some systems do not tell names apart that differ in upper and lower case, or in spaces at their end.
        if (!asComponent && description.Equals(file.TrimEnd(' '), StringComparison.OrdinalIgnoreCase))
            return Failure.Input($"{to} is the name of what says how to call the module; give the module another extension, such as .wasm");
        var options = new FuseOptions(parsed.GetValue(keepAll), parsed.GetValue(names))
        {
            OneMemory = parsed.GetValue(oneMemory),
            FoldMemories = parsed.GetValue(foldMemories),
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
            var made = asComponent
                ? AsComponent(fused, file, ComponentInput.Name(from), progress, cancellation)
                : AsModule(fused, file, description, ComponentInput.Name(from));
            return made.Bind<FuseReport>(written =>
            {
                progress.Now("writing");
                string folder = Path.GetDirectoryName(to) is { Length: > 0 } named ? named : ".";
                var problem = Foreground.Run(token => OutputFolder.Write(folder, written.Files, [], FileSystem.Real, token), cancellation);
                return problem is null ? new FuseReport(fused, bytes.Length, !asComponent, written.Instances, written.Files[0].Content.Length) : problem;
            });
        });
    }

    /// <summary>What is to be written, and how many core instances there are in it.</summary>
    private sealed record Written(OutputFile[] Files, int Instances);

    private static Either<Failure, Written> AsModule(FusedComponent fused, string file, string description, string input) =>
        fused.TryToJson(out var json, out var tooLarge, file)
        ? new Written([new(file, fused.Bytes.AsMemory()), new(description, json)], 1)
        : Failure.Input(input, tooLarge);

    private static Either<Failure, Written> AsComponent(FusedComponent fused, string file, string input, Progress progress, CancellationToken cancellation)
    {
        progress.Now("making a component");
        if (!Wrapper.TryWrap(fused, out var component, out var errors))
            return Failure.Input(input, errors);
        return ComponentCompiler.TryLink(component.AsMemory(), out var plan, out var wrong, cancellation)
            ? new Written([new(file, component.AsMemory())], FuseReport.CoreInstances(plan))
            : Failure.Bug($"{file} would not be a valid component ({wrong[0]}), so nothing was written");
    }
}
