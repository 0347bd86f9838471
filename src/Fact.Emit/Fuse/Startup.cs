using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// What happens when parts are instantiated, in its order: for each part its element segments, its data segments, its start function. The merged module does all segments
/// before its start function. So the segments behind the first start function are passive there, and the start function of the merged module applies them and calls
/// those of the parts, one after the other.
/// </summary>
/// <param name="program">What is merged.</param>
/// <param name="numbers">The numbers of everything.</param>
internal sealed class Startup(FuseProgram program, MergeNumbers numbers)
{
    private const byte Call = 0x10, I32Const = 0x41, End = 0x0B, Prefix = 0xFC;
    private const uint DataDrop = 9, TableInit = 12, ElemDrop = 13;

    private readonly int first = FirstStart(program);

    /// <summary>Whether a segment of a part is applied by code, if it is active.</summary>
    public bool IsLate(int part) => part > first;

    /// <summary>The function that does everything, where one of the parts' is enough; null otherwise.</summary>
    public uint? OnlyFunction => first < program.Parts.Length && !NeedsFunction ? FunctionOf(first) : null;

    /// <summary>Whether a function must be made.</summary>
    public bool NeedsFunction
    {
        get
        {
            if (first == program.Parts.Length)
                return program.Start is not null;
            for (int i = first + 1; i < program.Parts.Length; i++)
            {
                if (program.Parts[i].Module.Start is not null || HasActive(program.Parts[i].Module, numbers.Parts[i]))
                    return true;
            }
            return false;
        }
    }

    /// <summary>Writes the body of the function that is made, without its size.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="copy">Copies an expression of a part.</param>
    public void Write(Sink to, CopyConstant copy)
    {
        to.Unsigned(0);
        for (int i = first; i < program.Parts.Length; i++)
        {
            var module = program.Parts[i].Module;
            if (IsLate(i))
                Segments(to, i, module, copy);
            if (module.Start is null)
                continue;
            to.Byte(Call);
            to.Unsigned(FunctionOf(i));
        }
        to.Byte(End);
    }

    private void Segments(Sink to, int part, CoreModuleParts module, CopyConstant copy)
    {
        var own = numbers.Parts[part];
        for (int i = 0; i < module.Elements.Length; i++)
        {
            uint number = own.Elements[i];
            if (number == PartNumbers.None || module.Elements[i].Mode is not SegmentMode.Active(var table, var at))
            {
                // What a declarative segment has is gone once it is instantiated, and so it is when it is written.
                continue;
            }
            copy(to, part, at, withEnd: false);
            Instruction(to, TableInit, ElemDrop, module.Elements[i].Count, number, own.Of(CoreExternKind.Table)[(int)table]);
        }
        for (int i = 0; i < module.Data.Length; i++)
        {
            uint number = own.Data[i];
            if (number == PartNumbers.None || module.Data[i].Mode is not SegmentMode.Active(var memory, var at))
                continue;
            copy(to, part, at, withEnd: false);
            Instruction(to, Opcodes.MemoryInit, DataDrop, module.Data[i].Content.Length, number, own.Of(CoreExternKind.Memory)[(int)memory]);
        }
    }

    // The place is on the stack. A segment that is empty is applied as well: it traps where the place is outside.
    private static void Instruction(Sink to, uint init, uint drop, int length, uint segment, uint target)
    {
        to.Byte(I32Const);
        to.Signed(0);
        to.Byte(I32Const);
        to.Signed(length);
        to.Byte(Prefix);
        to.Unsigned(init);
        to.Unsigned(segment);
        to.Unsigned(target);
        to.Byte(Prefix);
        to.Unsigned(drop);
        to.Unsigned(segment);
    }

    private uint FunctionOf(int part) => numbers.Parts[part].Of(CoreExternKind.Func)[(int)program.Parts[part].Module.Start!.Value.Value];

    private static bool HasActive(CoreModuleParts module, PartNumbers own)
    {
        for (int i = 0; i < module.Elements.Length; i++)
        {
            if (own.Elements[i] != PartNumbers.None && module.Elements[i].Mode is SegmentMode.Active)
                return true;
        }
        for (int i = 0; i < module.Data.Length; i++)
        {
            if (own.Data[i] != PartNumbers.None && module.Data[i].Mode is SegmentMode.Active)
                return true;
        }
        return false;
    }

    private static int FirstStart(FuseProgram program)
    {
        int part = 0;
        while (part < program.Parts.Length && program.Parts[part].Module.Start is null)
            part++;
        return part;
    }
}

/// <summary>Copies a constant expression of a part, with its <c>end</c> or without.</summary>
internal delegate ConstantKind CopyConstant(Sink to, int part, ByteRange expression, bool withEnd = true);
