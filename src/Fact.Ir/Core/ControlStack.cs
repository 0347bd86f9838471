using System;

namespace Fact.Ir;

/// <summary>The blocks that are open in a body. Costs no allocation up to 32 of them, and above that two bits for each.</summary>
internal struct ControlStack
{
    private const int PerWord = 32, Bits = 2;

    private ulong inner;
    private ulong[]? outer;

    /// <summary>How many blocks are open.</summary>
    public int Depth { get; private set; }

    /// <summary>What the innermost block is; <see cref="ControlKind.Plain"/> where none is open.</summary>
    public readonly ControlKind Top => (ControlKind)(inner & 3);

    /// <summary>Opens a block.</summary>
    public void Push(ControlKind kind)
    {
        if (Depth > 0 && Depth % PerWord == 0)
        {
            int word = (Depth / PerWord) - 1;
            if (outer is null || word >= outer.Length)
                Array.Resize(ref outer, Math.Max(4, 2 * word));
            outer[word] = inner;
        }
        inner = (inner << Bits) | (ulong)kind;
        Depth++;
    }

    /// <summary>Closes the innermost block.</summary>
    public void Pop()
    {
        Depth--;
        inner = Depth > 0 && Depth % PerWord == 0 ? outer![(Depth / PerWord) - 1] : inner >> Bits;
    }
}

/// <summary>What can stand in a block besides instructions and <c>end</c>.</summary>
internal enum ControlKind : byte
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>An <c>else</c>.</summary>
    If,

    /// <summary>A <c>catch</c>, a <c>catch_all</c>, or in place of the <c>end</c> a <c>delegate</c>.</summary>
    Try,

    /// <summary>Another <c>catch</c>, or a <c>catch_all</c>.</summary>
    Catch,
}
