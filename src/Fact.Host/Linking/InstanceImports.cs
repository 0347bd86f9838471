using System;
using System.Collections.Generic;
using System.Threading;
using Fact.Ir;

namespace Fact.Host.Linking;

/// <summary>What a host gives to one instance, with the state that is of this instance alone.</summary>
/// <param name="imports">What it gives to all.</param>
/// <param name="waiting">Tells host functions that wait that they are to end; null where nothing is stopped.</param>
/// <param name="report">Is told why some state could not be made.</param>
internal sealed class InstanceImports(HostImports imports, StopSource? waiting, Action<Diagnostic> report) : IDisposable
{
    private readonly Dictionary<IHostState, object?> states = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tells host functions that wait that they are to end; null where nothing is stopped.</summary>
    public StopSource? Waiting => waiting;

    /// <summary>Whether what is missing traps when it is called.</summary>
    public bool MissingTraps => imports.MissingTraps;

    /// <summary>What has a name; null where nothing does, or where its state could not be made.</summary>
    public HostDefinition? Find(string name) =>
        imports.Find(name) is not { } found ? null
        : found is not HostDefinition.OfState(var state, var make) ? found
        : Of(state) is { } made ? make(made) : null;

    private object? Of(IHostState state)
    {
        if (states.TryGetValue(state, out object? made))
            return made;
        try
        {
            made = state.Create(() => waiting?.Token ?? CancellationToken.None);
        }
        catch (Exception e)
        {
            report(new Diagnostic(DiagnosticCode.WrongImport, $"what the host keeps for the instance could not be made: {ExceptionText.Of(e)}"));
        }
        states.Add(state, made);
        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (object? state in states.Values)
            (state as IDisposable)?.Dispose();
    }
}
