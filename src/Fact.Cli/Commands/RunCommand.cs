using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Cli.Input;
using Fact.Component.Plan;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using LanguageExt;
using Flag = System.CommandLine.Option<bool>;
using Texts = System.CommandLine.Option<string[]>;

namespace Fact.Cli.Commands;

/// <summary><c>fact run</c>: runs a component, on core WebAssembly alone, as a command or by calling its exports; or lists these.</summary>
internal sealed class RunCommand : Command, IHasExamples
{
    // Of more than that nobody reads a list.
    private const int MaxListed = 10_000;

    private readonly Argument<string> input = ComponentInput.Argument();

    private readonly Texts invoke = new("--invoke")
    {
        Description = "Call an export: NAME(ARGUMENT, ...) in WAVE syntax; a function in an exported instance is INSTANCE#NAME, or NAME where there is no other. "
            + "May be given more than once.",
        HelpName = "CALL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Flag fresh = new("--fresh") { Description = "Make an instance for every call, so that a trap does not end the run." };

    private readonly System.CommandLine.Option<string> cache = new("--cache")
    {
        Description = "Keep what the engine compiles in this folder for later runs. It is run as it is: nobody else may be able to write there.",
        HelpName = "DIR",
    };

    private readonly ReentranceOption reentrance = new();

    private readonly LimitOptions limits = new();

    private readonly WorldOptions world = new();

    public RunCommand(Terminal terminal)
        : base("run", "Runs a component: a command, or calls of exports, a line of output for each; without a command and --invoke, lists exports with their types.")
    {
        Add(input);
        Add(invoke);
        Add(fresh);
        Add(cache);
        Add(reentrance);
        limits.AddTo(this);
        world.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, terminal, cancellation), CancellationToken.None).WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public string[] Examples =>
    [
        "fact run app.wasm",
        "fact run cat.wasm --dir . -- notes.txt",
        "fact run app.wasm --invoke 'greet(\"Zoe\")' --invoke 'docs:store/items#add({name: \"tea\", price: 3}, some(2))'",
    ];

    private int Run(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        string from = parsed.GetValue(input)!;
        var options = limits.Of(parsed, new HostOptions { Reentrance = reentrance.Of(parsed) });
        return world.Of(parsed, Path.GetFileName(from), terminal).Match(
            Right: imports => Run(parsed, from, options, imports, terminal, cancellation),
            Left: failure => terminal.Report(failure));
    }

    private int Run(ParseResult parsed, string from, HostOptions options, HostImports imports, Terminal terminal, CancellationToken cancellation)
    {
        string[] calls = parsed.GetValue(invoke) ?? [];
        return Progress.Of(terminal, progress => ComponentInput.Read(from, terminal, progress, cancellation)
            .Bind(bytes => Named(bytes, calls, from, progress, cancellation))).Match(
            Right: read => calls.Length == 0 && read.Command is null
                ? List(read.Exports, terminal)
                : Run(parsed, from, read.Bytes, options, imports, read.Command, terminal, cancellation),
            Left: terminal.Report);
    }

    /// <summary>A component that was read, and what it exports where nobody says what to call; the name of the function that makes it a command, if it is one.</summary>
    private sealed record Input(ReadOnlyMemory<byte> Bytes, EquatableArray<ExportedFunction> Exports, string? Command);

    // Nothing is compiled for a list, and no engine needed.
    private static Either<Failure, Input> Named(ReadOnlyMemory<byte> bytes, string[] calls, string from, Progress progress, CancellationToken cancellation)
    {
        if (calls.Length > 0)
            return new Input(bytes, [], null);
        progress.Now("linking");
        return ComponentExports.List(bytes, cancellation)
            .MapLeft(errors => Failed(from, errors))
            .Map(exports => new Input(bytes, exports, exports.Items.FirstOrDefault(IsCommand)?.Name));
    }

    private int Run(
        ParseResult parsed,
        string from,
        ReadOnlyMemory<byte> bytes,
        HostOptions options,
        HostImports imports,
        string? command,
        Terminal terminal,
        CancellationToken cancellation)
    {
        try
        {
            if (Start(parsed.GetValue(cache), out var engine) is { } failed)
                return terminal.Report(failed);
            using var started = engine;
            return Progress.Of(terminal, progress => Open(engine, from, bytes, parsed.GetValue(invoke) ?? [], options, progress, cancellation)).Match(
                Right: host =>
                {
                    using (host)
                    {
                        return command is null
                            ? Call(host, imports, from, parsed.GetValue(invoke)!, parsed.GetValue(fresh), terminal)
                            : Command(host, imports, from, command, terminal);
                    }
                },
                Left: failure => terminal.Report(failure));
        }
        catch (Exception e) when (EngineLibrary.IsMissing(e))
        {
            return terminal.Report(EngineLibrary.Needed("running a component"));
        }
    }

    private static Failure? Start(string? cache, out HostEngine engine)
    {
        engine = null!;
        try
        {
            engine = new HostEngine(cache);
            return null;
        }
        catch (Exception e) when (cache is not null && (e is IOException or UnauthorizedAccessException or ArgumentException))
        {
            return Failure.System($"cannot keep modules in {cache}", e);
        }
    }

    private static Either<Failure, ComponentHost> Open(
        HostEngine engine, string from, ReadOnlyMemory<byte> bytes, string[] calls, HostOptions options, Progress progress, CancellationToken cancellation)
    {
        progress.Now("compiling");
        return ComponentHost.Open(engine, bytes, options, plan => Known(plan, calls), cancellation).MapLeft(errors => Failed(from, errors));
    }

    // Compiling takes long, and a name that is wrong can be told before.
    private static Either<EquatableArray<Diagnostic>, LinkPlan> Known(LinkPlan plan, string[] calls) =>
        ComponentExports.List(plan).Map(exports => WaveSession.Check(calls, exports))
            .Bind<LinkPlan>(wrong => wrong.IsEmpty ? plan : wrong);

    private static bool IsCommand(ExportedFunction export) => InterfaceVersion.WithoutDetails(export.Name) == "wasi:cli/run@0.2#run";

    /// <summary>Runs a component that is a command; its exit code is that of this process.</summary>
    private static int Command(ComponentHost host, HostImports imports, string from, string name, Terminal terminal) =>
        host.Instantiate(imports).Match(
            Right: instance =>
            {
                using (instance)
                {
                    return instance.Invoke(name).Match(
                        Right: result => result.Match(value => value is ComponentValue.Ok ? ExitCode.Done : ExitCode.Failed, ExitCode.Done),
                        Left: failure => Ended(failure, from, terminal));
                }
            },
            Left: failure => Ended(failure, from, terminal));

    /// <summary>Standard output is the command's, so a trap is said on standard error.</summary>
    private static int Ended(CallFailure failure, string from, Terminal terminal)
    {
        if (failure is not CallFailure.Trapped trapped)
            return Outcome(failure, from, terminal);
        terminal.Error(trapped.ToString());
        return ExitCode.Trapped;
    }

    // Functions of one instance are told apart by what is behind the name of the instance.
    private static string Short(string name)
    {
        int end = name.LastIndexOf('#') + 1;
        return end == 0 ? Printable.Short(name) : Printable.Short(name[..(end - 1)]) + "#" + Printable.Short(name[end..]);
    }

    private static int List(EquatableArray<ExportedFunction> exports, Terminal terminal)
    {
        foreach (var export in exports.Items.Take(MaxListed))
            terminal.Stdout.WriteLine(Printable.Of($"{Short(export.Name)}: {export.TypeText}"));
        if (exports.Length > MaxListed)
            terminal.Stdout.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {exports.Length - MaxListed} more"));
        return ExitCode.Done;
    }

    /// <summary>Makes the calls in order, on one instance or each on one of its own.</summary>
    private static int Call(ComponentHost host, HostImports imports, string from, string[] calls, bool fresh, Terminal terminal)
    {
        int code = ExitCode.Done;
        for (int next = 0; next < calls.Length;)
        {
            int end = fresh ? next + 1 : calls.Length;
            var failure = host.Instantiate(imports).MatchUnsafe<CallFailure?>(
                Right: instance =>
                {
                    using (instance)
                        return CallAll(new WaveSession(instance), calls.AsSpan(next, end - next), terminal);
                },
                Left: failed => failed);
            if (failure is not null)
                code = Math.Max(code, Outcome(failure, from, terminal));
            if (failure is CallFailure.Rejected)
                return ExitCode.BadInput;
            next = end;
        }
        return code;
    }

    /// <summary>Makes calls up to the first that fails.</summary>
    /// <returns>Why it did; null where none did.</returns>
    private static CallFailure? CallAll(WaveSession session, ReadOnlySpan<string> calls, Terminal terminal)
    {
        foreach (string call in calls)
        {
            try
            {
                foreach (string line in session.InvokeAsync(call).ToBlockingEnumerable())
                {
                    terminal.Stdout.WriteLine(Printable.Of(line));
                    // The component writes to the same place.
                    terminal.Stdout.Flush();
                }
            }
            catch (ComponentException e)
            {
                return e.Failure;
            }
        }
        return null;
    }

    /// <summary>Says how a call or a command ended early; the exit code.</summary>
    private static int Outcome(CallFailure failure, string from, Terminal terminal)
    {
        switch (failure)
        {
            case CallFailure.Rejected(var errors):
                return terminal.Report(Failed(from, errors));
            case CallFailure.Exited(var code):
                return code;
            case CallFailure.Trapped:
                terminal.Stdout.WriteLine(terminal.Coloured(Printable.Of(failure.ToString()), "31"));
                return ExitCode.Trapped;
        }
        throw new UnreachableException();
    }

    private static Failure Failed(string from, EquatableArray<Diagnostic> errors) =>
        Failure.Input(ComponentInput.Name(from), errors is [{ Code: DiagnosticCode.MissingImport } first, ..]
            ? [first with { Message = first.Message + "; with --stub-imports it runs until it calls what is missing" }, .. errors.Items.Skip(1)]
            : errors);
}
