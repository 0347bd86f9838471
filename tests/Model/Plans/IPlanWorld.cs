using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Model.Plans;

/// <summary>Who is around a call that a plan describes: guests with their memories and functions, and the host.</summary>
internal interface IPlanWorld
{
    /// <summary>A memory.</summary>
    MemInst Memory(Import.Memory memory);

    /// <summary>An allocator is called, with sizes in bytes. It may throw.</summary>
    ulong Reallocate(Import.Realloc realloc, ulong old, ulong oldSize, ulong alignment, ulong newSize);

    /// <summary>The lifted function is called. It may throw.</summary>
    IReadOnlyList<CoreValue> Call(Import.Callee callee, IReadOnlyList<CoreValue> arguments);

    /// <summary>Post-return is called. It may throw.</summary>
    void PostReturn(Import.PostReturn func, IReadOnlyList<CoreValue> arguments);

    /// <summary>The host moves a handle, and says what it is in the other table.</summary>
    uint Transfer(TransferKind kind, uint handle, uint from, uint to);

    /// <summary>The host is handed a call with an asynchronous side, and says what the caller gets at once.</summary>
    IReadOnlyList<CoreValue> Start(Act.HandToHost act, IReadOnlyList<CoreValue> arguments);
}

/// <summary>What a plan leaves to those who write it.</summary>
/// <param name="MostBytes">The most bytes that a string or list may have.</param>
/// <param name="ExceptionsTrap">Whether an exception of an allocator is a trap. Those of other guests are where a plan has a guard.</param>
internal sealed record PlanRules(ulong MostBytes, bool ExceptionsTrap);

/// <summary>Something that a guest or the host can see.</summary>
/// <param name="What">Who is called, or what is moved.</param>
/// <param name="Arguments">With what.</param>
/// <param name="Flags">Where a guest is entered, the flags of all instances, which it could look at.</param>
internal sealed record PlanEvent(string What, EquatableArray<ulong> Arguments, string Flags = "")
{
    /// <inheritdoc/>
    public override string ToString() => $"{What}({string.Join(", ", Arguments.Items)}){(Flags.Length > 0 ? " " + Flags : "")}";
}
