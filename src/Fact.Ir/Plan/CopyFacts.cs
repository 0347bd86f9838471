using System;

namespace Fact.Ir.Plan;

/// <summary>What is known of a copy from the moment it is made: folds over the tree.</summary>
/// <param name="Cost">About how many instructions it takes in place, helpers counted as calls; saturated at <see cref="MostCost"/>.</param>
/// <param name="Allocates">Whether it calls the allocator of the target.</param>
/// <param name="Texts">Whether a string is converted.</param>
/// <param name="Borrows">Whether a borrow is moved.</param>
/// <param name="IsBytes">Whether the bytes of a value in memory are the value: every bit pattern is one, and no byte is padding.</param>
/// <param name="Checks">About how many instructions more it takes in place where its checks are written out, not called; saturated at <see cref="MostCost"/>.</param>
internal readonly record struct CopyFacts(int Cost, bool Allocates, bool Texts, bool Borrows, bool IsBytes, int Checks = 0)
{
    /// <summary>What calling a helper costs, or copying bytes.</summary>
    public const int Call = 5;

    /// <summary>Saturation: nothing costs more.</summary>
    public const int MostCost = 1 << 24;

    /// <summary>So many cases are chosen among without a table that counts.</summary>
    private const int FewCases = 8;

    /// <summary>What a loop takes around its body.</summary>
    private const int Loop = 16;

    /// <summary>What checking, allocating and converting a string takes, and what doing so for a list takes around its elements.</summary>
    private const int TextCost = 64, ListCost = 48;

    /// <summary>What loading and storing a few bytes takes, however many they are.</summary>
    private const int ShortCopy = 60;

    /// <summary>What copying in blocks takes besides copying one element after another.</summary>
    private const int BlocksCost = 60;

    /// <summary>About how many instructions more than its call a check takes: of a range, of what an allocator returns, of a char.</summary>
    public const int RangeCheck = 12, AllocationCheck = 16, CharCheck = 6;

    /// <summary>A tagged string is checked and allocated in two ways.</summary>
    public static CopyFacts Text { get; } = new(TextCost, true, true, false, false, 2 * (RangeCheck + AllocationCheck));

    public static CopyFacts Bytes { get; } = new(Call, false, false, false, true);

    public static CopyFacts OfScalar(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => new(6, false, false, false, false),
        PrimitiveType.Char => new(5, false, false, false, false, CharCheck),
        _ => new(4, false, false, false, true),
    };

    public static CopyFacts OfFlags(int bits) => bits is 8 or 16 or 32 ? new(4, false, false, false, true) : new(6, false, false, false, false);

    public static CopyFacts OfHandle(TransferKind kind) => new(6, false, false, kind == TransferKind.Borrow, false);

    public static CopyFacts OfPair(Copy conversion) => conversion.Facts with { Cost = Add(conversion.Facts.Cost, TextCost) };

    public static CopyFacts OfHelper(Copy body) => body.Facts with { Cost = Call, Checks = 0 };

    public static CopyFacts OfBlocks(Copy element) => element.Facts with { Cost = Add(element.Facts.Cost, BlocksCost) };

    public static CopyFacts OfList(Copy element)
    {
        var facts = element.Facts;
        int around = element is Copy.Bytes { InlineShort: true } ? ListCost + ShortCopy : ListCost;
        return new(Add(around, facts.Cost), true, facts.Texts, facts.Borrows, false, Add(RangeCheck + AllocationCheck, facts.Checks));
    }

    public static CopyFacts OfRepeat(Copy element, uint count, bool unrolled)
    {
        var facts = element.Facts;
        return facts with
        {
            Cost = facts.IsBytes ? Call : (int)Math.Min(Math.Min(MostCost, count * (long)facts.Cost), Loop + (long)facts.Cost),
            Checks = unrolled ? (int)Math.Min(MostCost, count * (long)facts.Checks) : facts.Checks,
        };
    }

    public static CopyFacts OfSeq(ReadOnlySpan<Part> parts, ReadOnlySpan<PartRun> runs, TypeLayout source)
    {
        int cost = 0, checks = 0;
        ulong size = 0;
        bool allocates = false, texts = false, borrows = false, isBytes = true;
        foreach (ref readonly var part in parts)
        {
            var facts = part.Copy.Facts;
            cost = Add(cost, facts.Cost);
            checks = Add(checks, facts.Checks);
            size += part.Copy.Source.ElemSize;
            allocates |= facts.Allocates;
            texts |= facts.Texts;
            borrows |= facts.Borrows;
            isBytes &= facts.IsBytes;
        }
        foreach (var run in runs)
        {
            foreach (ref readonly var part in parts.Slice(run.First, run.Count))
                cost -= part.Copy.Facts.Cost;
            cost += Call;
        }
        // Bytes that belong to no part are padding.
        return new(cost, allocates, texts, borrows, isBytes && size == source.ElemSize, checks);
    }

    public static CopyFacts OfCases(VariantFlavor flavor, int count, ReadOnlySpan<Arm> arms, ReadOnlySpan<int> armOf)
    {
        int cost = 8 + (flavor == VariantFlavor.Enum ? 0 : Math.Max(0, (count - FewCases) / 2));
        if (armOf.IsEmpty && arms[0].Payload is { } only)
            cost = (int)Math.Min(MostCost, cost + (count * (4L + only.Facts.Cost)));
        foreach (int arm in armOf)
        {
            if (arms[arm].Payload is { } payload)
                cost = Add(cost, 4 + payload.Facts.Cost);
        }
        bool allocates = false, texts = false, borrows = false;
        int checks = 0;
        foreach (ref readonly var arm in arms)
        {
            checks = Add(checks, arm.Payload?.Facts.Checks ?? 0);
            allocates |= arm.Payload is { Facts.Allocates: true };
            texts |= arm.Payload is { Facts.Texts: true };
            borrows |= arm.Payload is { Facts.Borrows: true };
        }
        return new(cost, allocates, texts, borrows, false, checks);
    }

    private static int Add(int a, int b) => a + b > MostCost ? MostCost : a + b;
}
