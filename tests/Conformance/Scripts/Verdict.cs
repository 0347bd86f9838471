using System.Linq;
using Fact.Ir;
using Fact.Values;

namespace Fact.Conformance.Scripts;

/// <summary>What is to be said of a command of a script.</summary>
internal closed record Verdict
{
    private Verdict()
    {
    }

    /// <summary>What happened is what the script says.</summary>
    public sealed record Passed : Verdict;

    /// <summary>It is not.</summary>
    public sealed record Failed(string Expected, Happening Happening) : Verdict;

    /// <summary>It is not, and that is right.</summary>
    public sealed record Differs(KnownDifference Difference) : Verdict;

    /// <summary>The command is none of our business.</summary>
    public sealed record Excused(NotApplicable Reason) : Verdict;

    /// <summary>Judges what came of a command.</summary>
    public static Verdict Of(Script script, Command command, Happening happening) =>
        happening is Happening.Unable(var reason) ? new Excused(reason)
        : IsAboutSwitch(command) ? new Excused(NotApplicable.FeatureSwitch)
        : IsAsExpected(command, happening) ? new Passed()
        : KnownDifference.Find(KnownDifference.FromScripts, script, Expectation(command), happening) is { } known ? new Differs(known)
        : new Failed(Expectation(command), happening);

    private static bool IsAboutSwitch(Command command) =>
        command is Command.AssertInvalid { Text: var text } && text.EndsWith("feature is not active", System.StringComparison.Ordinal);

    private static bool IsAsExpected(Command command, Happening happening) => command switch
    {
        Command.Module or Command.ModuleDefinition or Command.ModuleInstance or Command.Action => happening is Happening.Done,
        Command.AssertReturn(_, _, var expected) => happening is Happening.Done(var values) && Normal(values) == Normal(expected),
        Command.AssertTrap(_, _, var text) => happening is Happening.Trapped(var trap) && Wording.Agree(text, trap),
        Command.AssertUninstantiable(_, _, var text) => happening is Happening.Trapped(var trap) && Wording.Agree(text, trap),
        Command.AssertUnlinkable(_, _, var text) => happening is Happening.Refused(var error) && Wording.Agree(text, error),
        Command.AssertInvalid or Command.AssertMalformed => happening is Happening.Refused,
        Command.Register or Command.Core => false,
    };

    private static string Expectation(Command command) => command switch
    {
        Command.Module or Command.ModuleDefinition or Command.ModuleInstance or Command.Action => "no error",
        Command.AssertReturn(_, _, var expected) => new Happening.Done(expected).ToString(),
        Command.AssertTrap(_, _, var text) => $"a trap \"{text}\"",
        Command.AssertUninstantiable(_, _, var text) => $"a trap \"{text}\"",
        Command.AssertUnlinkable(_, _, var text) => $"a refusal \"{text}\"",
        Command.AssertInvalid(_, _, var text) => $"a refusal such as \"{text}\"",
        Command.AssertMalformed(_, _, var text) => $"a refusal such as \"{text}\"",
        Command.Register or Command.Core => "nothing",
    };

    /// <summary>The labels of flags in an order: scripts have them in any.</summary>
    private static EquatableArray<ComponentValue> Normal(EquatableArray<ComponentValue> values) => values.Items.Select(Normal).ToEquatableArray();

    private static ComponentValue Normal(ComponentValue value) => value is ComponentValue.Flags(var labels)
        ? new ComponentValue.Flags(labels.Items.Order(System.StringComparer.Ordinal).ToEquatableArray())
        : value;
}
