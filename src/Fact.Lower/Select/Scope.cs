using System;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>What every rule of translation works with: the function being built, the helpers, the options and where in the value it is.</summary>
/// <param name="options">How to lower.</param>
/// <param name="adapters">How many adapters are going to be lowered: tables start with a size to match.</param>
internal sealed class Scope(LowerOptions options, int adapters)
{
    /// <summary>So many as functions of adapters mostly have at most, and never written to.</summary>
    private static readonly LocalId[] FewParameters = Numbered(CanonicalAbi.MaxFlatParams + 1);

    /// <summary>Names in paths may be long; so much of one takes about the space of an instruction.</summary>
    private const int CharsPerInstruction = 16;

    public FuncBuilder Code { get; } = new(Capacity.For(adapters));

    public LowerOptions Options { get; } = options;

    public Helpers Helpers { get; } = new(adapters);

    public InstanceFlagCode Flags { get; } = new();

    /// <summary>What is written out where it is needed.</summary>
    public Inlining Inline { get; set; }

    /// <summary>Whether checks are written out where they are needed; they are called where it is not so.</summary>
    public bool InlineChecks => (Inline & Inlining.Checks) != 0;

    /// <summary>Whether what a helper does is done in place.</summary>
    public bool IsInPlace(Copy.Helper helper) => (Inline & Inlining.Strings) != 0 && helper.IsString;

    /// <summary>Whether an exception that is thrown where code is written becomes a trap there.</summary>
    public bool IsGuarded { get; set; }

    private readonly ValuePath path = new();
    private string? text;
    private LocalId[] parameters = FewParameters;

    /// <summary>The parameters of the function that is being built: at least so many, in order.</summary>
    public LocalId[] Parameters(int count)
    {
        if (parameters.Length < count)
            parameters = Numbered(count);
        return parameters;
    }

    private static LocalId[] Numbered(int count)
    {
        var ids = new LocalId[count];
        for (int i = 0; i < count; i++)
            ids[i] = new(i);
        return ids;
    }

    /// <summary>Goes into a part of a record, tuple or parameter list.</summary>
    public void Enter(Copy.Seq copy, int part)
    {
        if (Options.TrapPaths)
            Enter(copy.Segment(part));
    }

    /// <summary>Goes into the payload of an arm of a variant.</summary>
    public void Enter(Copy.Cases copy, int arm)
    {
        if (Options.TrapPaths)
            Enter(copy.Segment(arm));
    }

    /// <summary>Goes into a part of a value.</summary>
    public void Enter(PathSegment part)
    {
        if (!Options.TrapPaths)
            return;
        path.Push(part);
        text = null;
    }

    /// <summary>Comes out of it again.</summary>
    public void Leave()
    {
        if (!Options.TrapPaths)
            return;
        path.Pop();
        text = null;
    }

    /// <summary>The path to where translation is; null where paths are not asked for, or at the root.</summary>
    public string? Path
    {
        get
        {
            if (!Options.TrapPaths)
                return null;
            // Several checks of one part have the same.
            text ??= path.ToString();
            if (text.Length == 0)
                return null;
            Code.Charge(text.Length / CharsPerInstruction);
            return text;
        }
    }

    /// <summary>A load or store.</summary>
    public void Access(MemoryOp op, Side side, uint offset, byte alignLog2) => Code.Access(op, new(offset, alignLog2), side.Memory!);
}
