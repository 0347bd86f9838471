using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Cli.Input;
using Fact.Host;
using Fact.Ir;
using LanguageExt;
using Flag = System.CommandLine.Option<bool>;
using Texts = System.CommandLine.Option<string[]>;

namespace Fact.Cli.Commands;

/// <summary><c>fact run</c>: calls the exports of a component, which runs on core WebAssembly alone; or lists them.</summary>
internal sealed class RunCommand : Command, IHasExamples
{
    // Of more than that nobody reads a list.
    private const int MaxListed = 10_000;

    private readonly Argument<string> input = ComponentInput.Argument();

    private readonly Texts invoke = new("--invoke")
    {
        Description = "Call an export: NAME(ARGUMENT, ...) in WAVE syntax; a function in an exported instance is INSTANCE#NAME. May be given more than once.",
        HelpName = "CALL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Flag fresh = new("--fresh") { Description = "Make an instance for every call, so that a trap does not end the run." };

    private readonly ReentranceOption reentrance = new();

    private readonly LimitOptions limits = new();

    public RunCommand(Terminal terminal)
        : base("run", "Runs a component: calls its exports, a line of output for each; without --invoke, lists them with their types.")
    {
        Add(input);
        Add(invoke);
        Add(fresh);
        Add(reentrance);
        limits.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, terminal, cancellation), CancellationToken.None).WaitAsync(cancellation));
    }

    /// <inheritdoc/>
    public string[] Examples =>
    [
        "fact run app.wasm",
        "fact run app.wasm --invoke 'greet(\"Zoe\")' --invoke 'docs:store/items#add({name: \"tea\", price: 3}, some(2))'",
    ];

    private int Run(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        string from = parsed.GetValue(input)!;
        string[] calls = parsed.GetValue(invoke) ?? [];
        var options = limits.Of(parsed, new HostOptions { Reentrance = reentrance.Of(parsed) });
        try
        {
            using var engine = new HostEngine();
            return Progress.Of(terminal, progress => Open(engine, from, options, terminal, progress, cancellation)).Match(
                Right: host =>
                {
                    using (host)
                        return calls.Length == 0 ? List(host, terminal) : Call(host, from, calls, parsed.GetValue(fresh), terminal);
                },
                Left: failure => terminal.Report(failure));
        }
        catch (Exception e) when (EngineLibrary.IsMissing(e))
        {
            return terminal.Report(EngineLibrary.Needed("running a component"));
        }
    }

    private static Either<Failure, ComponentHost> Open(
        HostEngine engine, string from, HostOptions options, Terminal terminal, Progress progress, CancellationToken cancellation) =>
        ComponentInput.Read(from, terminal, progress, cancellation).Bind(bytes =>
        {
            progress.Now("compiling");
            return ComponentHost.Open(engine, bytes, options, cancellation).MapLeft(errors => Failed(from, errors));
        });

    // Functions of one instance are told apart by what is behind the name of the instance.
    private static string Short(string name)
    {
        int end = name.LastIndexOf('#') + 1;
        return end == 0 ? Printable.Short(name) : Printable.Short(name[..(end - 1)]) + "#" + Printable.Short(name[end..]);
    }

    private static int List(ComponentHost host, Terminal terminal)
    {
        var exports = host.Exports;
        foreach (var export in exports.Take(MaxListed))
            terminal.Stdout.WriteLine(Printable.Of($"{Short(export.Name)}: {export.TypeText}"));
        if (exports.Count > MaxListed)
            terminal.Stdout.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {exports.Count - MaxListed} more"));
        return ExitCode.Done;
    }

    /// <summary>Makes the calls in order, on one instance or each on one of its own.</summary>
    private static int Call(ComponentHost host, string from, string[] calls, bool fresh, Terminal terminal)
    {
        int code = ExitCode.Done;
        for (int next = 0; next < calls.Length;)
        {
            int end = fresh ? next + 1 : calls.Length;
            var outcome = host.Instantiate().Match(
                Right: instance =>
                {
                    using (instance)
                        return CallAll(new WaveSession(instance), calls.AsSpan(next, end - next), from, terminal);
                },
                Left: failure => Outcome(failure, from, terminal));
            if (outcome == ExitCode.BadInput)
                return outcome;
            code = Math.Max(code, outcome);
            next = end;
        }
        return code;
    }

    private static int CallAll(WaveSession session, ReadOnlySpan<string> calls, string from, Terminal terminal)
    {
        foreach (string call in calls)
        {
            try
            {
                foreach (string line in session.InvokeAsync(call).ToBlockingEnumerable())
                {
                    terminal.Stdout.WriteLine(Printable.Of(line));
                    terminal.Stdout.Flush();
                }
            }
            catch (ComponentException e)
            {
                return Outcome(e.Failure, from, terminal);
            }
        }
        return ExitCode.Done;
    }

    private static int Outcome(CallFailure failure, string from, Terminal terminal)
    {
        if (failure is CallFailure.Rejected rejected)
            return terminal.Report(Failed(from, rejected.Errors));
        terminal.Stdout.WriteLine(terminal.Coloured(Printable.Of(failure.ToString()), "31"));
        return ExitCode.Trapped;
    }

    private static Failure Failed(string from, EquatableArray<Diagnostic> errors) =>
        Failure.Input(ComponentInput.Name(from), errors);
}
