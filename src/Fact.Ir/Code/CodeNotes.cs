namespace Fact.Ir;

/// <summary>
/// What resolving must know of the code of one function, without looking at the code: what it mentions, in order, and where its locals are in use. Whoever builds
/// code notes it on the way with a <see cref="CodeNoter"/>; for other code one walk finds it out.
/// </summary>
/// <param name="Body">The code that this is about: notes about other code are of no use.</param>
/// <param name="Parameters">How many parameters the function has.</param>
/// <param name="Locals">How many virtual locals it has, with the parameters.</param>
/// <param name="Ranges">The live ranges of the locals that are mentioned, and of all parameters: these first, then the others in the order of their first
/// mention.</param>
/// <param name="LocalMentions">How often locals are mentioned: the last position in <paramref name="Ranges"/> is at most this.</param>
/// <param name="Named">What the code names that has an index in the module, in the order of first mention; the same may be there more than once.</param>
/// <param name="Immediates">
/// For every immediate that has an index, in the order of the code: a label's relative depth; for anything else the position in <paramref name="Named"/>.
/// </param>
/// <param name="Bytes">The bytes of the instructions, without those of the indices of what is named; each local is counted as one byte.</param>
/// <param name="Fingerprint">A hash of what the rest does not tell: which instructions without immediates, loads, stores and constants there are, in order.</param>
internal sealed record CodeNotes(
    EquatableArray<Instr> Body,
    int Parameters,
    int Locals,
    EquatableArray<LiveRange> Ranges,
    int LocalMentions,
    EquatableArray<NamedThing> Named,
    EquatableArray<uint> Immediates,
    int Bytes,
    int Fingerprint)
{
    /// <summary>Whether they are about this function as it is.</summary>
    public bool AreAbout(SymbolicFunc func) =>
        Body.AsSpan() == func.Body.AsSpan() && Locals == func.Locals.Length && Parameters == func.Type.Params.Length;

    /// <summary>The notes about a function: its own if they are about the code that it has, or else those of a walk.</summary>
    /// <param name="func">The function.</param>
    /// <param name="walker">Walks where that is necessary; made when it is.</param>
    public static CodeNotes Of(SymbolicFunc func, ref CodeNoter? walker) =>
        func.Notes is { } notes && notes.AreAbout(func) ? notes : (walker ??= new()).Walk(func);
}

/// <summary>From where to where a virtual local is in use. Positions count mentions of locals in the linear order of the code, from 1; parameters are in use from
/// position 0.</summary>
/// <remarks>
/// Because every local is written before it is read on every path, the code between the first and the last mention is all
/// that can see its value, with one exception: a loop that starts after the first mention may come back to an earlier
/// mention, so that the range reaches to the end of such a loop.
/// </remarks>
internal readonly record struct LiveRange(LocalId Local, int First, int Last);

/// <summary>Something that code names and that has an index in the module.</summary>
/// <param name="What">A <see cref="FuncRef"/>, an <see cref="IMemory"/>, an <see cref="IGlobal"/>, an <see cref="OwnTable"/>, or the <see cref="CoreFuncType"/> of a
/// block or of an indirect call.</param>
/// <param name="Use">How its index is written.</param>
/// <param name="Uses">How many immediates name it.</param>
internal readonly record struct NamedThing(object What, IndexUse Use, int Uses);

/// <summary>How an index is written.</summary>
internal enum IndexUse : byte
{
    /// <summary>As an unsigned number.</summary>
    Plain,
    /// <summary>As the memory of a load or store: the index 0 is not written.</summary>
    Access,
    /// <summary>As the type of a block: a signed number. Spec: <c>blocktype</c>.</summary>
    BlockType,
}
