using System.Threading;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>The work that linking may still do, its first error, and whether anybody still waits for it.</summary>
internal sealed class LinkContext(CancellationToken cancellationToken)
{

    /// <summary>The first error, if there was one.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>Byte offset of the definition that is being evaluated, from the start of the input.</summary>
    public long Offset { get; set; }

    /// <summary>How many bytes may still be made and looked at; less than none where there were not enough.</summary>
    public long BytesLeft { get; private set; } = ComponentLimits.LinkBytes;

    /// <summary>Records an error.</summary>
    /// <param name="code">What kind of error it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offset">Byte offset of the definition at fault, or null.</param>
    /// <param name="path">The definition at fault.</param>
    /// <returns>False, so that a check can end with it.</returns>
    public bool Fail(DiagnosticCode code, string message, long? offset, string path = "")
    {
        Error ??= new Diagnostic(code, message, path, offset);
        return false;
    }

    /// <summary>Takes what is made or looked at off the budget; false, with an error, when there is none left.</summary>
    /// <param name="bytes">About how many bytes it is: one of <see cref="LinkCost"/>, and names.</param>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public bool Spend(long bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BytesLeft -= bytes;
        return BytesLeft >= 0 || Fail(
            DiagnosticCode.TooLarge,
            $"linking the component takes more than the {ComponentLimits.LinkBytes >> 20} MiB allowed: components that instantiate components multiply, with the types "
                + "and the names in them",
            Offset);
    }
}
