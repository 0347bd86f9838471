using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Model.Tasks;

/// <summary>Where a guest has elements, or wants them. Spec: <c>BufferGuestImpl</c>.</summary>
public sealed class SpecBuffer
{
    /// <summary>The greatest number of elements. Spec: <c>MAX_LENGTH</c>.</summary>
    public const uint MaxLength = (1 << 28) - 1;

    private readonly LiftLowerContext cx;
    private readonly ValType? t;
    private readonly uint length;
    private ulong ptr;

    /// <param name="cx">The guest.</param>
    /// <param name="t">The type of the elements; null for none.</param>
    /// <param name="ptr">Where they are.</param>
    /// <param name="length">How many.</param>
    public SpecBuffer(LiftLowerContext cx, ValType? t, ulong ptr, uint length)
    {
        SpecTrap.If(length > MaxLength, "stream read/write count too large");
        if (t is not null && length > 0)
        {
            SpecTrap.If(ptr % cx.Abi.Alignment(t) != 0, "pointer not aligned");
            SpecTrap.If(!cx.Memory.Has(ptr, length * cx.Abi.ElemSize(t)), "pointer out of bounds of memory");
        }
        (this.cx, this.t, this.ptr, this.length) = (cx, t, ptr, length);
    }

    /// <summary>Spec: <c>progress</c>.</summary>
    public uint Progress { get; private set; }

    /// <summary>Spec: <c>remain</c>.</summary>
    public uint Remain => length - Progress;

    /// <summary>Spec: <c>is_zero_length</c>.</summary>
    public bool IsZeroLength => length == 0;

    /// <summary>Spec: <c>read</c>.</summary>
    public IReadOnlyList<SpecValue> Read(uint n)
    {
        var vs = new List<SpecValue>();
        for (uint i = 0; i < n; i++)
            vs.Add(t is null ? new SpecValue.Record([]) : cx.Load(ptr + (i * cx.Abi.ElemSize(t)), t));
        Advance(n);
        return vs;
    }

    /// <summary>Spec: <c>write</c>.</summary>
    public void Write(IReadOnlyList<SpecValue> vs)
    {
        for (int i = 0; i < vs.Count && t is not null; i++)
            cx.Store(vs[i], t, ptr + ((ulong)i * cx.Abi.ElemSize(t)));
        Advance((uint)vs.Count);
    }

    private void Advance(uint n)
    {
        Progress += n;
        if (t is not null)
            ptr += n * cx.Abi.ElemSize(t);
    }
}
