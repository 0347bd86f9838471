using System.Linq;
using Fact.Ir;

namespace Fact.Host;

/// <summary>Why a component could not be instantiated, or a call gave no result.</summary>
public closed record CallFailure
{
    private CallFailure()
    {
    }

    /// <summary>The input is at fault: nothing of the component has run, and it can be called again.</summary>
    public sealed record Rejected(EquatableArray<Diagnostic> Errors) : CallFailure
    {
        /// <summary>The errors, one a line.</summary>
        public override string ToString() => string.Join("\n", Errors.Items.Select(e => e.ToString()));
    }

    /// <summary>The component trapped: it cannot be called again.</summary>
    public sealed record Trapped(Trap Trap) : CallFailure
    {
        /// <summary><c>trap: …</c> on one line.</summary>
        public override string ToString() => "trap: " + Trap;
    }

    /// <summary>The component ended itself by a function of its host, such as <c>wasi:cli/exit</c>: it cannot be called again.</summary>
    /// <param name="Code">0 says that all went well.</param>
    public sealed record Exited(int Code) : CallFailure
    {
        /// <summary>One line.</summary>
        public override string ToString() => Trap.OfExit(Code).Message;
    }

    internal static CallFailure Of(Trap trap) => trap.ExitCode is { } code ? new Exited(code) : new Trapped(trap);

    internal static CallFailure Reject(params System.ReadOnlySpan<Diagnostic> errors) => new Rejected(EquatableArray.Create(errors));
}
