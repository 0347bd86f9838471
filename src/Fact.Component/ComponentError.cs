using System.Globalization;
using Fact.Ir;

namespace Fact.Component;

/// <summary>What is wrong with a component, and where: the one error type of reading and linking.</summary>
/// <param name="Message">What is wrong and, where it helps, what to do; one sentence without a final full stop.</param>
/// <param name="Offset">Byte offset from the start of the input, or null where no byte is to blame.</param>
/// <param name="Path">The definition at fault, outermost first, such as
/// <c>component section at 0x51 · type 3 · record field "x"</c>; empty where the offset says it all.</param>
public sealed record ComponentError(string Message, long? Offset, string Path)
{
    /// <summary>An error whose place is a byte offset alone.</summary>
    public ComponentError(string message, long offset)
        : this(message, offset, "")
    {
    }

    /// <summary>The error on one line: path, message, offset. Characters of names that cannot be seen are escaped.</summary>
    public override string ToString()
    {
        string where = Offset is { } offset
            ? " (at offset 0x" + offset.ToString("x", CultureInfo.InvariantCulture) + ")"
            : "";
        return Printable.Of(Path.Length == 0 ? Message + where : Path + ": " + Message + where);
    }
}
