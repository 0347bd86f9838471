using System;
using System.Collections.Generic;
using System.Numerics;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>What every rule of translation works with: the function being built, the helpers, the options and where in the value it is.</summary>
/// <param name="options">How to lower.</param>
/// <param name="adapters">How many adapters are going to be lowered: tables start with a size to match.</param>
internal sealed class Scope(LowerOptions options, int adapters)
{
    /// <summary>Names in paths may be long; so much of one takes about the space of an instruction.</summary>
    private const int CharsPerInstruction = 16;

    private readonly Instr.Memory?[] accesses = new Instr.Memory?[BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(adapters * 8, 16, 512))];

    public FuncBuilder Code { get; } = new();

    public LowerOptions Options { get; } = options;

    public Helpers Helpers { get; } = new(adapters);

    public InstanceFlagCode Flags { get; } = new();

    /// <summary>Whether checks are written out where they are needed; they are called where it is not so.</summary>
    public bool InlineChecks { get; set; }

    /// <summary>Whether an exception that is thrown where code is written becomes a trap there.</summary>
    public bool IsGuarded { get; set; }

    private readonly ValuePath path = new();

    /// <summary>Goes into a part of a record, tuple or parameter list.</summary>
    public void Enter(Copy.Seq copy, int part)
    {
        if (Options.TrapPaths)
            path.Push(copy.Segment(part));
    }

    /// <summary>Goes into the payload of an arm of a variant.</summary>
    public void Enter(Copy.Cases copy, int arm)
    {
        if (Options.TrapPaths)
            path.Push(copy.Segment(arm));
    }

    /// <summary>Goes into a part of a value.</summary>
    public void Enter(PathSegment part)
    {
        if (Options.TrapPaths)
            path.Push(part);
    }

    /// <summary>Comes out of it again.</summary>
    public void Leave()
    {
        if (Options.TrapPaths)
            path.Pop();
    }

    /// <summary>The path to where translation is; null where paths are not asked for, or at the root.</summary>
    public string? Path
    {
        get
        {
            if (!Options.TrapPaths || path.ToString() is not { Length: > 0 } text)
                return null;
            Code.Charge(text.Length / CharsPerInstruction);
            return text;
        }
    }

    /// <summary>A load or store; equal ones are one object where that is cheap to know.</summary>
    public void Access(MemoryOp op, Side side, uint offset, byte alignLog2)
    {
        ref var known = ref accesses[(((int)op * 37) + (side.MemoryNumber * 199) + (int)offset) & (accesses.Length - 1)];
        if (known is not { } access || access.Op != op || access.Arg != new MemArg(offset, alignLog2) || !ReferenceEquals(access.Mem, side.Memory))
            known = access = new(op, new(offset, alignLog2), side.Memory!);
        Code.Access(access);
    }
}
