namespace Fact.Values;

internal enum WaveTokenKind
{
    End,
    Invalid,
    BraceOpen,
    BraceClose,
    ParenOpen,
    ParenClose,
    BracketOpen,
    BracketClose,
    Colon,
    Comma,
    Number,
    Label,
    Char,
    String,
    MultilineString,
}

/// <summary>A token by its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last character.</param>
internal readonly record struct WaveToken(WaveTokenKind Kind, int Start, int End);
