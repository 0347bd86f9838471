namespace Fact.Ir.Plan;

/// <summary>
/// What a copy needs to know of the two places that it works between, besides their types: whether each is in memory or flat, how wide its pointers are and how its
/// strings are encoded. Which memories they are it need not know: the plan of a type serves all of them.
/// </summary>
internal readonly record struct CopyForm
{
    private readonly ushort bits;

    private CopyForm(ushort bits) => this.bits = bits;

    public CopyForm(bool sourceInMemory, bool targetInMemory, bool source64, bool target64, StringEncoding from, StringEncoding to) =>
        bits = (ushort)((sourceInMemory ? SourceMemory : 0) | (targetInMemory ? TargetMemory : 0) | (source64 ? Source64Bit : 0) | (target64 ? Target64Bit : 0)
            | ((int)from << FromShift) | ((int)to << ToShift));

    private const int SourceMemory = 1, TargetMemory = 2, BothMemory = 3, Source64Bit = 4, Target64Bit = 8, FromShift = 4, ToShift = 6;
    private const int Encodings = 0xF << FromShift, Widths = Source64Bit | Target64Bit;

    /// <summary>Whether the value comes from memory; otherwise it is flat.</summary>
    public bool SourceInMemory => (bits & SourceMemory) != 0;

    /// <summary>Whether the value goes to memory; otherwise it becomes flat.</summary>
    public bool TargetInMemory => (bits & TargetMemory) != 0;

    /// <summary>Whether it goes from memory to memory.</summary>
    public bool InMemory => (bits & BothMemory) == BothMemory;

    public bool Source64 => (bits & Source64Bit) != 0;

    public bool Target64 => (bits & Target64Bit) != 0;

    public StringEncoding From => (StringEncoding)((bits >> FromShift) & 3);

    public StringEncoding To => (StringEncoding)((bits >> ToShift) & 3);

    /// <summary>A number that is different for different forms.</summary>
    public int Number => bits;

    /// <summary>The form of what is behind a pointer.</summary>
    public CopyForm Behind => new((ushort)(bits | BothMemory));

    /// <summary>The form between core values.</summary>
    public CopyForm Flat => new((ushort)(bits & ~BothMemory));

    /// <summary>Without what makes no difference for a type, so that plans are shared.</summary>
    public CopyForm For(ValType type) => Keep((type.Contents & TypeContents.Strings) != 0, (type.Contents & TypeContents.Pointers) != 0);

    /// <summary>Without what makes no difference for a copy: the form for the type that it is of.</summary>
    public CopyForm For(Copy copy) => Keep(copy.Facts.Texts, copy.Facts.Allocates);

    /// <inheritdoc/>
    public override string ToString() => $"form {Number}";

    private CopyForm Keep(bool encodings, bool widths)
    {
        int kept = bits;
        if (!encodings)
            kept &= ~Encodings;
        if (!widths)
            kept &= ~Widths;
        return new((ushort)kept);
    }
}
