using Fact.Ir;

namespace Fact.Lower;

/// <summary>Why an adapter cannot be compiled.</summary>
/// <param name="Adapter">The name of the adapter; null where no adapter by itself is at fault, but all of them together.</param>
/// <param name="Path">Where in it: a side, then a path such as <c>param "p" · record field "x" · list element</c>; empty for the whole adapter.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record AdapterError(string? Adapter, string Path, string Message)
{
    /// <summary>One line: adapter, path and message. Characters of names that cannot be seen are escaped.</summary>
    public override string ToString() => Printable.Of((Adapter, Path.Length) switch
    {
        (null, _) => Message,
        (_, 0) => $"adapter \"{Adapter}\": {Message}",
        _ => $"adapter \"{Adapter}\": {Path}: {Message}",
    });
}
