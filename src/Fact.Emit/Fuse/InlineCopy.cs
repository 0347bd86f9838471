using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Puts the code of functions in place of calls in a part. Spec: what <c>call</c> of a function without anything special is: a block with locals.</summary>
/// <param name="plan">Which calls.</param>
/// <param name="part">The part.</param>
/// <param name="copies">What copies code of each part.</param>
internal sealed class InlineCopy(InlinePlan plan, int part, CodeCopy[] copies)
{
    private const byte V128Const = 12;

    /// <summary>The locals that a function gets, and how it declares its own; null where no call in it becomes code.</summary>
    /// <param name="function">Which of those that the part defines.</param>
    /// <param name="body">Its body.</param>
    public (InlineLocals Locals, LocalsHeader Header, int Longest)? Into(int function, ReadOnlySpan<byte> body)
    {
        int longest = plan.Longest(part, function);
        if (longest == 0)
            return null;
        var header = LocalsHeader.Of(body);
        return (plan.LocalsOf(part, function, header), header, longest);
    }

    /// <inheritdoc cref="InlinePlan.At"/>
    public InlineBody? At(int opcode, ulong function, int longest) => plan.At(part, opcode, function, longest);

    /// <summary>Writes it. Its arguments are on the stack.</summary>
    public void Write(InlineBody body, InlineLocals locals, bool isNested, Sink to)
    {
        int arguments = body.Type.Params.Length;
        Span<uint> own = stackalloc uint[arguments + body.Locals.Length];
        for (int i = 0; i < own.Length; i++)
            own[i] = locals.Take(TypeOf(body, i));
        for (int i = arguments - 1; i >= 0; i--)
            to.Set(own[i]);

        // They are not new each time.
        for (int i = arguments; i < own.Length; i++)
        {
            Zero(TypeOf(body, i), to);
            to.Set(own[i]);
        }
        to.Byte(Opcodes.Block);
        if (body.Type.Results.IsEmpty)
            to.Byte(Opcodes.EmptyBlock);
        else
            to.ValType(body.Type.Results[0]);
        copies[body.Part].Inlined(body, own, isNested ? null : locals, to);
        for (int i = 0; i < own.Length; i++)
            locals.GiveBack(TypeOf(body, i), own[i]);
    }

    private static CoreValType TypeOf(InlineBody body, int local) =>
        local < body.Type.Params.Length ? body.Type.Params[local] : body.Locals[local - body.Type.Params.Length];

    private static void Zero(CoreValType type, Sink to)
    {
        switch (type)
        {
            case CoreValType.I32:
                to.I32(0);
                break;
            case CoreValType.I64:
                to.I64(0);
                break;
            case CoreValType.F32:
                to.Byte(Opcodes.F32Const);
                to.Bytes([0, 0, 0, 0]);
                break;
            case CoreValType.F64:
                to.Byte(Opcodes.F64Const);
                to.Bytes([0, 0, 0, 0, 0, 0, 0, 0]);
                break;
            default:
                to.Byte(Opcodes.VectorPrefix);
                to.Unsigned(V128Const);
                to.Bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
                break;
        }
    }
}
