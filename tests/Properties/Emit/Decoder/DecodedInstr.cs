using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>A decoded instruction and where it starts in its body, so that the custom sections can be looked up for it.</summary>
/// <param name="Offset">Bytes from the start of the body.</param>
/// <param name="Instr">The instruction; the bodies of control are in the other fields.</param>
/// <param name="Body">The body of control, or the first one.</param>
/// <param name="Else">The second body of an <c>if</c>.</param>
internal sealed record DecodedInstr(int Offset, CoreInstr Instr, List<DecodedInstr>? Body = null, List<DecodedInstr>? Else = null);
