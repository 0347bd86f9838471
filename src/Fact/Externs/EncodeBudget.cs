using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// How much encoding may do, and what keeps it from being done. Types can be written so that they say far more than they have bytes; what is made of them is linear in
/// these. After an error nothing that is written has a meaning.
/// </summary>
/// <param name="bytes">How many bytes the types are written in.</param>
internal sealed class EncodeBudget(long bytes)
{
    private const long PerByte = 16, AtLeast = 1 << 20;

    private long left = AtLeast + (PerByte * bytes);

    /// <summary>The first error, if there was one.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>Takes work off the budget; false, with an error, where there is none left, and after any error.</summary>
    public bool Spend(long steps)
    {
        if ((left -= steps) < 0)
        {
            Fail(
                DiagnosticCode.TooLarge,
                "the types of the component's imports and exports write out to far more than the component has bytes: write fewer of them, or flatter ones");
        }
        return Error is null;
    }

    /// <summary>Records an error, where there is none yet.</summary>
    public void Fail(DiagnosticCode code, string message) => Error ??= new Diagnostic(code, message);
}
