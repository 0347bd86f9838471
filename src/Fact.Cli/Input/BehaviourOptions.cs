using System.CommandLine;
using Fact.Ir;

namespace Fact.Cli.Input;

/// <summary>The options that say what calls may do: <c>--limit</c>, <c>--exception-barrier</c>, <c>--reentrance</c>.</summary>
internal sealed class BehaviourOptions
{
    private readonly Option<string> limit = new("--limit")
    {
        Description = "The most bytes that a string or list may have: spec 2^28 - 1, classic 2^31 - 1.",
        HelpName = "spec|classic",
        DefaultValueFactory = _ => "spec",
    };

    private readonly Option<bool> barrier = new("--exception-barrier")
    {
        Description = "Exceptions that a component throws become traps. The engine that runs the modules must have exceptions.",
    };

    private readonly ReentranceOption reentrance = new();

    public BehaviourOptions() => limit.AcceptOnlyFromAmong("spec", "classic");

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        command.Add(limit);
        command.Add(barrier);
        command.Add(reentrance);
    }

    /// <summary>Options with what a command line says of these.</summary>
    public CompileOptions Of(ParseResult parsed, CompileOptions options) => options with
    {
        ByteLimit = parsed.GetValue(limit) == "classic" ? ByteLimit.Classic : ByteLimit.Spec,
        ExceptionBarrier = parsed.GetValue(barrier),
        Reentrance = reentrance.Of(parsed),
    };
}
