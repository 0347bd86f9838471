using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What a constant expression of numbers of 32 bits comes to. Spec: <c>extended-const</c>.</summary>
internal static class ConstantNumber
{
    /// <summary>Its value; null where it is made of something else.</summary>
    /// <param name="expression">A valid expression, its <c>end</c> included.</param>
    public static uint? Of(ReadOnlySpan<byte> expression)
    {
        var stack = new Stack<uint>();
        var reader = BodyReader.Constant(expression);
        while (reader.Next())
        {
            switch (reader.Opcode)
            {
                case Opcodes.I32Const when reader.NextImmediate():
                    stack.Push((uint)reader.Value);
                    break;
                case (int)PlainOp.I32Add when stack.Count > 1:
                    stack.Push(stack.Pop() + stack.Pop());
                    break;
                case (int)PlainOp.I32Sub when stack.Count > 1:
                    uint subtracted = stack.Pop();
                    stack.Push(stack.Pop() - subtracted);
                    break;
                case (int)PlainOp.I32Mul when stack.Count > 1:
                    stack.Push(stack.Pop() * stack.Pop());
                    break;
                case Opcodes.End:
                    break;
                default:
                    return null;
            }
        }
        return reader.Problem is null && stack.Count == 1 ? stack.Pop() : null;
    }
}
