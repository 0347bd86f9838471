using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// What one check shares: where types are made, the modules found, the work left, the place it is at, and what is wrong.
/// After an error nothing more of the definition has a meaning; callers return as soon as they see it. The check then goes on with the next definition.
/// </summary>
/// <param name="cancellationToken">Stops the check.</param>
internal sealed class CheckContext(CancellationToken cancellationToken = default)
{
    private readonly List<(string Kind, int Index, string? Name)> places = [];
    private readonly DiagnosticList diagnostics = new(ComponentLimits.ErrorText);
    private long stepsLeft = ComponentLimits.CheckSteps;
    private uint resources;
    private uint numbers;

    /// <summary>Where value and function types are made.</summary>
    public TypeInterner Types { get; } = new();

    /// <summary>Where core types are made.</summary>
    public CoreTypeTable CoreTypes { get; } = new();

    /// <summary>What types are called where they are imported or exported.</summary>
    public TypeNames TypeNames { get; } = new();

    /// <summary>The core modules found so far, in the order of their bytes.</summary>
    public List<EmbeddedModule> Modules { get; } = [];

    /// <summary>Byte offset of the definition that is being checked.</summary>
    public long Offset { get; set; }

    /// <summary>The first error, if there was one.</summary>
    public Diagnostic? Error { get; private set; }

    /// <summary>All errors, in the order of the definitions.</summary>
    public EquatableArray<Diagnostic> Errors => diagnostics.ToArray();

    /// <summary>Whether the definition that is being checked is faulty, or depends on one that is.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether the check ends here: there is no work left to spend, or there are errors enough.</summary>
    public bool IsOver { get; private set; }

    /// <summary>A new resource type.</summary>
    public ResourceId NewResource() => new(resources++);

    /// <summary>A number from 1 that was not given before.</summary>
    public uint NewNumber() => ++numbers;

    /// <summary>Records an error at the current place, the first one of a definition.</summary>
    /// <param name="code">What kind of error it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <returns>False, so that a check can end with it.</returns>
    public bool Fail(DiagnosticCode code, string message)
    {
        if (!Failed && !IsOver)
        {
            var error = new Diagnostic(code, message, Path(), Offset);
            Error ??= error;
            diagnostics.Add(error);
            IsOver = diagnostics.IsFull;
        }
        return Depend();
    }

    /// <summary>Records an error after which every definition would have it too.</summary>
    /// <inheritdoc cref="Fail"/>
    public bool Stop(DiagnosticCode code, string message)
    {
        Fail(code, message);
        IsOver = true;
        return false;
    }

    /// <summary>The definition depends on a faulty one: that is an error already, and this is none.</summary>
    /// <returns>False, so that a check can end with it.</returns>
    public bool Depend()
    {
        Failed = true;
        return false;
    }

    /// <summary>Begins with a definition, or with what is after the last one; the ones before it can be faulty.</summary>
    /// <param name="offset">Byte offset of the definition.</param>
    /// <param name="depth">The <see cref="Depth"/> outside of it.</param>
    public void Begin(long offset, int depth)
    {
        (Offset, Failed) = (offset, IsOver);
        places.RemoveRange(depth, places.Count - depth);
    }

    /// <summary>How many definitions the check is inside of.</summary>
    public int Depth => places.Count;

    /// <summary>Ends the check where nobody waits for it any more.</summary>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public void HeedCancellation() => cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Takes work off the budget; false, with an error, when there is none left.</summary>
    /// <param name="steps">What the work costs, see <see cref="Cost"/>.</param>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public bool Spend(long steps)
    {
        HeedCancellation();
        stepsLeft -= steps;
        return stepsLeft >= 0
            ? !Failed
            : Stop(DiagnosticCode.TooLarge, "the component's types are too large to check: make instance and component types smaller or use them less often");
    }

    /// <summary>Goes into a definition.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="index">Its index, or −1 where it has none.</param>
    /// <param name="name">Its name, if it has one.</param>
    public void Enter(string kind, int index, string? name = null) => places.Add((kind, index, name));

    /// <summary>Leaves the definition that was entered last.</summary>
    public void Leave() => places.RemoveAt(places.Count - 1);

    private string Path()
    {
        var text = new StringBuilder();
        foreach (var (kind, index, name) in places)
        {
            text.Append(text.Length > 0 ? " · " : "").Append(kind);
            if (index >= 0)
                text.Append(' ').Append(index.ToString(CultureInfo.InvariantCulture));
            if (name is not null)
                text.Append(" \"").Append(name).Append('"');
        }
        return text.ToString();
    }
}
