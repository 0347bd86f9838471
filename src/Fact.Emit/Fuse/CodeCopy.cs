using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Copies code of a part into the merged module: what mentions something by its number gets the new number, and all bytes between are copied as they are. Time is
/// linear in the code. Code that is not understood is an error, never a copy.
/// </summary>
/// <param name="numbers">The new numbers.</param>
/// <param name="references">Which functions have references.</param>
/// <param name="constants">The globals whose values can be written out.</param>
internal sealed class CodeCopy(PartNumbers numbers, References references, GlobalConstants constants)
{
    private const int GlobalGet = 0x23, End = 0x0B;
    private const uint HasMemory = 1 << 6;

    /// <summary>What is wrong with the code that was copied, and where in it; null where nothing is.</summary>
    public CodeProblem? Problem { get; private set; }

    /// <summary>Of what kind that is.</summary>
    public DiagnosticCode ProblemCode { get; private set; } = DiagnosticCode.Malformed;

    /// <summary>Copies the body of a function, without its size.</summary>
    public void Body(ReadOnlySpan<byte> body, Sink to)
    {
        var reader = BodyReader.Function(body);
        int copied = 0;
        while (reader.Next())
        {
            while (reader.NextImmediate())
            {
                if (!Immediate(ref reader, body, to, ref copied, inBody: true))
                    return;
            }
        }
        Problem = reader.Problem;
        to.Bytes(body[copied..]);
    }

    /// <summary>Copies a constant expression.</summary>
    /// <param name="expression">The expression, its <c>end</c> included.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="withEnd">Whether its <c>end</c> is copied.</param>
    public ConstantKind Constant(ReadOnlySpan<byte> expression, Sink to, bool withEnd = true)
    {
        var reader = BodyReader.Constant(expression);
        int copied = 0;
        var kind = ConstantKind.Plain;
        while (reader.Next())
        {
            int opcode = reader.Opcode;
            bool isRead = opcode == GlobalGet && reader.NextImmediate();
            if (isRead && constants.Find(reader.Value, numbers) is { IsEmpty: false } value)
            {
                to.Bytes(expression[copied..reader.Start]);
                to.Bytes(value.Span);
                copied = reader.At;
                continue;
            }
            if (!GlobalConstants.IsPlain(opcode) && kind == ConstantKind.Plain)
                kind = ConstantKind.Computed;
            if (isRead && !Immediate(ref reader, expression, to, ref copied, inBody: false))
                return kind;
            if (isRead && constants.IsDefined(reader.Value, numbers))
                kind = ConstantKind.ReadsGlobals;
            while (reader.NextImmediate())
            {
                if (!Immediate(ref reader, expression, to, ref copied, inBody: false))
                    return kind;
            }
        }
        Problem = reader.Problem;
        to.Bytes(expression[copied..(withEnd || Problem is not null ? expression.Length : expression.Length - 1)]);
        return kind;
    }

    // Writes the immediate if it is another than it was; false where it names nothing.
    private bool Immediate(ref BodyReader reader, ReadOnlySpan<byte> code, Sink to, ref int copied, bool inBody)
    {
        switch (reader.Kind)
        {
            case ImmediateKind.Func:
                return Unsigned(ref reader, numbers.Of(CoreExternKind.Func), "function", code, to, ref copied) && Referenced(ref reader, inBody);
            case ImmediateKind.Type:
                return Unsigned(ref reader, numbers.Types, "core type", code, to, ref copied);
            case ImmediateKind.Table:
                return Unsigned(ref reader, numbers.Of(CoreExternKind.Table), "table", code, to, ref copied);
            case ImmediateKind.Memory:
                return Unsigned(ref reader, numbers.Of(CoreExternKind.Memory), "memory", code, to, ref copied);
            case ImmediateKind.Global:
                return Unsigned(ref reader, numbers.Of(CoreExternKind.Global), "global", code, to, ref copied);
            case ImmediateKind.Tag:
                return Unsigned(ref reader, numbers.Of(CoreExternKind.Tag), "tag", code, to, ref copied);
            case ImmediateKind.Elem:
                return Segment(ref reader, numbers.Elements, numbers.ElementCount, "element segment", code, to, ref copied);
            case ImmediateKind.Data:
                return Segment(ref reader, numbers.Data, numbers.DataCount, "data segment", code, to, ref copied);
            case ImmediateKind.Access:
                return Access(ref reader, code, to, ref copied);
            case ImmediateKind.BlockTypeIndex:
                if (!Known(ref reader, numbers.Types.Length, "core type"))
                    return false;
                if (Changed(numbers.Types[reader.Value], ref reader, code, to, ref copied))
                    to.Signed(numbers.Types[reader.Value]);
                return true;
            case ImmediateKind.ValType:
                return ValType(ref reader, code, to, ref copied);
            case ImmediateKind.HeapType:
                return HeapType(ref reader, code, to, ref copied);
            case ImmediateKind.None or ImmediateKind.Label or ImmediateKind.Local or ImmediateKind.Field or ImmediateKind.Length
                or ImmediateKind.I32 or ImmediateKind.I64 or ImmediateKind.F32 or ImmediateKind.F64 or ImmediateKind.V128 or ImmediateKind.Lanes
                or ImmediateKind.Lane or ImmediateKind.Zero or ImmediateKind.Ordering or ImmediateKind.CastFlags or ImmediateKind.EmptyBlock
                or ImmediateKind.Offset or ImmediateKind.Count or ImmediateKind.LocalCount or ImmediateKind.CatchKind or ImmediateKind.HandlerKind:
                return true;
            default:
                throw Broken.No("single immediate of kind", (int)reader.Kind);
        }
    }

    private bool Unsigned(ref BodyReader reader, ReadOnlySpan<uint> space, string what, ReadOnlySpan<byte> code, Sink to, ref int copied)
    {
        if (!Known(ref reader, space.Length, what))
            return false;
        uint number = space[(int)reader.Value];
        if (Changed(number, ref reader, code, to, ref copied))
            to.Unsigned(number);
        return true;
    }

    private bool Segment(ref BodyReader reader, uint first, int count, string what, ReadOnlySpan<byte> code, Sink to, ref int copied)
    {
        if (!Known(ref reader, count, what))
            return false;
        if (Changed(first + reader.Value, ref reader, code, to, ref copied))
            to.Unsigned(first + (uint)reader.Value);
        return true;
    }

    private bool Access(ref BodyReader reader, ReadOnlySpan<byte> code, Sink to, ref int copied)
    {
        var memories = numbers.Of(CoreExternKind.Memory);
        if (!Known(ref reader, memories.Length, "memory"))
            return false;
        uint memory = memories[(int)reader.Value];
        if (!Changed(memory, ref reader, code, to, ref copied))
            return true;
        to.Unsigned((uint)reader.AlignLog2 | (memory == 0 ? 0 : HasMemory));
        if (memory != 0)
            to.Unsigned(memory);
        return true;
    }

    private bool ValType(ref BodyReader reader, ReadOnlySpan<byte> code, Sink to, ref int copied)
    {
        var type = (CoreValType)reader.Value;
        if (!type.IsRef || type.Heap.Defined is not { } index)
            return true;
        if (!Known(ref reader, index.Value, numbers.Types.Length, "core type"))
            return false;
        var renumbered = numbers.Renumber(type);
        if (Changed((ulong)renumbered, ref reader, code, to, ref copied))
            to.ValType(renumbered);
        return true;
    }

    private bool HeapType(ref BodyReader reader, ReadOnlySpan<byte> code, Sink to, ref int copied)
    {
        var type = new CoreHeapType(reader.Value);
        if (type.Defined is not { } index)
            return true;
        if (!Known(ref reader, index.Value, numbers.Types.Length, "core type"))
            return false;
        var renumbered = new CoreHeapType(numbers.Renumber(index), type.IsExact);
        if (Changed(renumbered.Bits, ref reader, code, to, ref copied))
            to.HeapType(renumbered);
        return true;
    }

    // Copies what stands before the immediate, if that is another now.
    private static bool Changed(ulong value, ref BodyReader reader, ReadOnlySpan<byte> code, Sink to, ref int copied)
    {
        if (value == reader.Value)
            return false;
        to.Bytes(code[copied..reader.ImmediateStart]);
        copied = reader.At;
        return true;
    }

    private bool Known(ref BodyReader reader, int count, string what) => Known(ref reader, reader.Value, count, what);

    private bool Known(ref BodyReader reader, ulong index, int count, string what)
    {
        if (index < (uint)count)
            return true;
        ProblemCode = DiagnosticCode.NotDefined;
        Problem = new CodeProblem($"there is no {what} {index}: the module has {count}", reader.ImmediateStart);
        return false;
    }

    private bool Referenced(ref BodyReader reader, bool inBody)
    {
        if (reader.Opcode == References.RefFunc)
            references.Add(numbers.Of(CoreExternKind.Func)[(int)reader.Value], inBody);
        return true;
    }
}

/// <summary>What a constant expression is made of.</summary>
internal enum ConstantKind
{
    /// <summary>Of numbers and functions: its value is the same wherever it is written.</summary>
    Plain,

    /// <summary>Of something else, objects for example.</summary>
    Computed,

    /// <summary>Of globals that the merged module defines.</summary>
    ReadsGlobals,
}
