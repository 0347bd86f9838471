using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>Collects what is wrong with an input. The same is taken once; and so that output is linear in input, what is wrong besides so much text is not
/// taken.</summary>
/// <param name="maxText">How many characters all of it may have, some more at the end.</param>
internal sealed class DiagnosticList(long maxText)
{
    private readonly List<Diagnostic> diagnostics = [];
    private HashSet<Diagnostic>? known;
    private long length;

    public int Count => diagnostics.Count;

    /// <summary>Whether no more is taken.</summary>
    public bool IsFull => length > maxText;

    public void Add(Diagnostic diagnostic)
    {
        if (IsFull || !(known ??= []).Add(diagnostic))
            return;
        length += diagnostic.Path.Length + diagnostic.Message.Length;
        diagnostics.Add(diagnostic);
    }

    public EquatableArray<Diagnostic> ToArray() => diagnostics.ToEquatableArray();
}
