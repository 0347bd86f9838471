using System.CommandLine;
using Fact.Ir;

namespace Fact.Cli.Input;

/// <summary>The option <c>--reentrance</c>, which all commands that compile adapters have.</summary>
internal sealed class ReentranceOption : Option<string>
{
    public ReentranceOption()
        : base("--reentrance")
    {
        Description = "Whether a component instance may be called while it is in a call: allow, or trap, as earlier specifications had it.";
        HelpName = "allow|trap";
        DefaultValueFactory = _ => "allow";
        this.AcceptOnlyFromAmong("allow", "trap");
    }

    /// <summary>What it says on a command line.</summary>
    public Reentrance Of(ParseResult parsed) => parsed.GetValue(this) == "trap" ? Reentrance.Trap : Reentrance.Allow;
}
