using System;

namespace Fact.Ir;

/// <summary>A function before resolution.</summary>
/// <param name="Id">Its id, unique in the program.</param>
/// <param name="Role">What it is for. A <see cref="FuncRole.Helper"/> may be merged with an equal one; the others keep their identity.</param>
/// <param name="Name">What a reader calls it; the name section has it. It takes no part in merging.</param>
/// <param name="Type">Its type.</param>
/// <param name="Locals">The virtual locals: the parameters first. Each is written before it is read on every path, so that slots can be shared.</param>
/// <param name="Body">Its code.</param>
internal sealed record SymbolicFunc(
    FuncId Id,
    FuncRole Role,
    string Name,
    CoreFuncType Type,
    EquatableArray<VirtualLocal> Locals,
    EquatableArray<Instr> Body)
{
    /// <summary>What was noted while the code was built; null for code that was made otherwise. It follows from the rest, and two functions are equal whatever they
    /// have of it.</summary>
    internal CodeNotes? Notes { get; init; }

    /// <inheritdoc/>
    public bool Equals(SymbolicFunc? other) =>
        other is not null && Id == other.Id && Role == other.Role && Name == other.Name && Type == other.Type && Locals == other.Locals && Body == other.Body;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Role, Name, Type, Locals, Body);
}

/// <summary>A local before it has a slot.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">What it holds, for the name section.</param>
internal readonly record struct VirtualLocal(CoreValType Type, string Name);

/// <summary>What a function of an adapter program is for.</summary>
internal enum FuncRole
{
    /// <summary>The adapter itself.</summary>
    Adapter,
    /// <summary>Translates parameters when the host starts an async call.</summary>
    AsyncStart,
    /// <summary>Translates results when an async callee returns.</summary>
    AsyncReturn,
    /// <summary>Translates a value for other functions.</summary>
    Helper,
    /// <summary>A function of the runtime module that adapters, guests or the host call.</summary>
    Runtime,
}
