namespace Fact.Host.Values;

/// <summary>Why a value does not belong to a type.</summary>
/// <param name="Path">Where in the value, such as <c>param "p" · record field "x" · list element 3</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ValueError(string Path, string Message)
{
    /// <summary>One line: path and message.</summary>
    public override string ToString() => Path.Length == 0 ? Message : Path + ": " + Message;
}
