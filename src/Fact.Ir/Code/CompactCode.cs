namespace Fact.Ir;

/// <summary>
/// The code of one function before resolution, as it is kept: in the binary format of core WebAssembly, so that it takes little more than what it becomes, and is written
/// once. Where that format has an index of a function, memory, global or type, there is the number of a symbol; where it has the index of a local, there is the virtual
/// local; and what it has no place for is there too (<see cref="CompactForm"/>). Beside it stands what was noted while it was written. To look at its instructions,
/// <see cref="Read"/> them.
/// </summary>
internal sealed record CompactCode
{
    /// <summary>The instructions; the end of the function is left out.</summary>
    public required EquatableArray<byte> Bytes { get; init; }

    /// <summary>What the numbers in it stand for, those of other functions of the program among them.</summary>
    public required SymbolTable Symbols { get; init; }

    /// <summary>The symbols that have an index, in the order of first mention; the same may be there more than once.</summary>
    public required EquatableArray<SymbolUse> Uses { get; init; }

    /// <summary>The slots of the locals, shared by those that are not in use at the same time.</summary>
    public required LocalSlots Slots { get; init; }

    /// <summary>The bytes of the instructions in the module, without those of the indices of symbols; each local is counted as one byte.</summary>
    public required int FixedLength { get; init; }

    /// <summary>A hash of what the instructions say that is not a local, a label or a function of the program.</summary>
    public required int Fingerprint { get; init; }

    /// <summary>Writes instructions.</summary>
    /// <param name="body">The instructions.</param>
    /// <param name="parameters">How many parameters the function has.</param>
    /// <param name="locals">Its locals, the parameters first.</param>
    /// <param name="shareSlots">Whether locals share slots.</param>
    public static CompactCode Of(EquatableArray<Instr> body, int parameters, EquatableArray<VirtualLocal> locals, bool shareSlots = true) =>
        new CodeWriter(shareSlots).Write(body, parameters, locals.AsSpan());

    /// <summary>The instructions, made anew each time; labels are numbered in the order of the blocks.</summary>
    public ReadCode Read() => CodeReader.Read(this);

    /// <summary>Whether the instructions are the same, whatever numbers symbols have.</summary>
    public bool Equals(CompactCode? other) =>
        ReferenceEquals(this, other) || (other is not null && FixedLength == other.FixedLength && Read().Body == other.Read().Body);

    /// <inheritdoc/>
    public override int GetHashCode() => FixedLength;
}

/// <summary>That code names a symbol.</summary>
/// <param name="Symbol">Its number.</param>
/// <param name="Uses">How many immediates name it.</param>
internal readonly record struct SymbolUse(int Symbol, int Uses);
