using System;

namespace Fact.Lower.Abi;

/// <summary>
/// When a translation is put into a helper. Costs are instructions, roughly; they are computed bottom-up over types, with
/// a part that gets a helper counted as a call, so that the code of a type is linear in its own parts.
/// </summary>
internal static class Budget
{
    /// <summary>What calling a helper costs.</summary>
    public const int Call = 5;

    /// <summary>A value that costs more than this is translated in a helper.</summary>
    public const int InPlace = 40;

    /// <summary>
    /// What the largest translation that is one function may cost. An instruction with its operands takes up to 25 bytes in a
    /// debug build, and engines refuse functions of more than 7,654,321.
    /// </summary>
    public const int Largest = 250_000;

    /// <summary>Saturation: nothing costs more.</summary>
    public const int Most = 1 << 24;

    /// <summary>What choosing among so many cases costs: an entry of a table each, which counts where there are many.</summary>
    public static int Table(int cases) => Math.Max(0, (cases - FewCases) / 2);

    /// <summary>So many cases are chosen among in place even where they have other numbers on the other side, and so an arm each.</summary>
    public const int FewCases = 8;

    /// <summary>What a part adds to the cost of the whole.</summary>
    public static int Part(AbiType part) => IsOutlined(part) ? Call : part.Cost;

    /// <summary>Whether a type is translated in a helper wherever it occurs.</summary>
    public static bool IsOutlined(AbiType type) => type.Cost > InPlace || type is AbiType.String or AbiType.List;

    /// <summary>Adds costs without overflow.</summary>
    public static int Add(int a, int b) => a + b > Most ? Most : a + b;
}
