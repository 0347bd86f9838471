using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Functions that do nothing but call another one of the same type with all that they are given: by its number, or through a table at an index that is always the same,
/// as toolchains do where two modules need each other.
/// </summary>
internal sealed class Forwarders
{
    private const byte LocalGet = 0x20, Call = 0x10, ReturnCall = 0x12, CallIndirect = 0x11, ReturnCallIndirect = 0x13, I32Const = 0x41, End = 0x0B;

    // A number has at most so many bytes.
    private const int LongestNumber = 5;

    private readonly FuseProgram program;
    private readonly MergeNumbers numbers;
    private readonly Definitions definitions;
    private readonly FunctionTypes types = new();
    private readonly uint?[] outside;

    public Forwarders(FuseProgram program, MergeNumbers numbers, Definitions definitions)
    {
        (this.program, this.numbers, this.definitions) = (program, numbers, definitions);
        outside = new uint?[numbers.Imported(CoreExternKind.Func)];
        for (int i = 0; i < program.Imports.Length; i++)
        {
            if (MergeNumbers.Type(program, i) is CoreExternType.Func(var type, _))
                outside[numbers.Outside[i]] = Number(program.Imports[i].Part, type);
        }
    }

    /// <summary>The number of the type of a function; null where it names none.</summary>
    public uint? TypeOf(uint function)
    {
        if (definitions.Of(CoreExternKind.Func, function) is var (part, index))
            return Number(part, program.Parts[part].Module.Funcs[index]);
        return outside[function];
    }

    /// <summary>What a function does, if it only calls another one.</summary>
    public Forwarding? Of(uint function)
    {
        if (definitions.Of(CoreExternKind.Func, function) is not var (part, index))
            return null;
        var module = program.Parts[part].Module;
        var body = module.Slice(module.Bodies[index]);
        if (types.Of(module, index) is not { } type || body.Length > 32 + (type.Params.Length * (LongestNumber + 1)) || body.IsEmpty || body[0] != 0)
            return null;
        int at = 1;
        for (uint i = 0; i < (uint)type.Params.Length; i++)
        {
            if (!Takes(body, ref at, LocalGet) || Read(body, ref at) != i)
                return null;
        }
        var own = numbers.Parts[part];
        string? problem = null;
        uint slot = 0;
        bool isIndirect = Takes(body, ref at, I32Const);
        if (isIndirect)
            slot = (uint)Leb128.ReadSigned(body, ref at, 32, ref problem);
        if (!Takes(body, ref at, isIndirect ? CallIndirect : Call) && !Takes(body, ref at, isIndirect ? ReturnCallIndirect : ReturnCall))
            return null;
        ulong first = Read(body, ref at), second = isIndirect ? Read(body, ref at) : 0;
        if (problem is not null || !Takes(body, ref at, End) || at != body.Length)
            return null;
        if (!isIndirect)
            return first < (uint)own.Of(CoreExternKind.Func).Length ? new Forwarding(own.Of(CoreExternKind.Func)[(int)first], null) : null;
        return first < (uint)own.Types.Length && second < (uint)own.Of(CoreExternKind.Table).Length && own.Types[first] == TypeOf(function)
            ? new Forwarding(slot, own.Of(CoreExternKind.Table)[(int)second])
            : null;
    }

    private uint? Number(int part, CoreTypeIdx type) => type.Value < (uint)numbers.Parts[part].Types.Length ? numbers.Parts[part].Types[type.Value] : null;

    private static bool Takes(ReadOnlySpan<byte> body, ref int at, byte opcode)
    {
        if (at >= body.Length || body[at] != opcode)
            return false;
        at++;
        return true;
    }

    // What is no good is a number that nothing has.
    private static ulong Read(ReadOnlySpan<byte> body, ref int at)
    {
        string? problem = null;
        ulong value = Leb128.ReadUnsigned(body, ref at, 32, ref problem);
        return problem is null ? value : ulong.MaxValue;
    }
}

/// <summary>What a function does that only calls another one.</summary>
/// <param name="Target">The other one; or where it is in a table.</param>
/// <param name="Table">The table.</param>
internal readonly record struct Forwarding(uint Target, uint? Table);
