using System.Globalization;
using Fact.Ir;

namespace Fact.Traps;

/// <summary>An instruction of an adapter module that a trap can come from: an <c>unreachable</c>, or a call of a helper with such instructions in it.</summary>
/// <param name="Func">The function: an index in the function index space of the module.</param>
/// <param name="FuncOffset">Bytes from the start of the function's body, where the vector of its locals is, to the opcode.</param>
/// <param name="Offset">Bytes from the start of the module to the opcode.</param>
/// <param name="Code">Why it traps; null for a call, and where the message is none of ours.</param>
/// <param name="Message">Why it traps, in words; empty for a call.</param>
/// <param name="Path">
/// Which part of the adapter's values it is about, such as <c>param "p" · record field "x" · list element</c>; empty for all of them. What is checked in a helper is at
/// the path of the call, followed by that of the check.
/// </param>
public readonly record struct TrapSite(uint Func, uint FuncOffset, uint Offset, TrapCode? Code, string Message, string Path)
{
    /// <summary>The offset in the module, the message and the path on one line. Characters of names that cannot be seen are escaped.</summary>
    public override string ToString() => Printable.Of(string.Create(
        CultureInfo.InvariantCulture, $"0x{Offset:x}: {(Message.Length == 0 ? "call" : Message)}{(Path.Length == 0 ? "" : " (" + Path + ")")}"));
}
