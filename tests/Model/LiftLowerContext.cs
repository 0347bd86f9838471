using System;
using Fact.Ir;

namespace Fact.Model;

/// <summary>A guest's allocator: old address, old size, alignment, new size in bytes; the new address.</summary>
public delegate ulong SpecRealloc(ulong old, ulong oldSize, ulong alignment, ulong newSize);

/// <summary>
/// One side of a call as <c>definitions.py</c> sees it: memory, encoding, allocator, handles. Loading and storing are in the other parts of this class, each
/// function named as there. Spec: <c>LiftLowerContext</c>.
/// </summary>
/// <param name="memory">The memory.</param>
/// <param name="encoding">How strings are encoded.</param>
/// <param name="realloc">The allocator.</param>
/// <param name="handles">What handles stand for.</param>
/// <param name="dialect">Whose rules are followed.</param>
public partial class LiftLowerContext(MemInst memory, StringEncoding encoding, SpecRealloc realloc, IHandles handles, Dialect dialect)
{
    /// <summary>Sizes, alignments and core types.</summary>
    public SpecAbi Abi { get; } = SpecAbi.For(memory.Is64);

    /// <summary>How strings are encoded.</summary>
    public StringEncoding Encoding => encoding;

    /// <summary>The memory.</summary>
    public MemInst Memory => memory;

    // def utf16_tag(ptr_type)
    private ulong Tag => memory.Is64 ? 1UL << 63 : 1UL << 31;

    /// <summary>LiftLowerContext.reallocate, with the checks of the address that follow every call of it.</summary>
    protected ulong Reallocate(ulong old, ulong oldSize, ulong alignment, ulong newSize)
    {
        ulong ptr = realloc(old, oldSize, alignment, newSize);
        Check(ptr, alignment, newSize);
        return ptr;
    }

    /// <summary>LiftLowerContext.allocate.</summary>
    protected ulong Allocate(ulong alignment, ulong size) => Reallocate(0, 0, alignment, size);

    private void Check(ulong ptr, ulong alignment, ulong size)
    {
        SpecTrap.If(ptr % alignment != 0, "unaligned");
        SpecTrap.If(!memory.Has(ptr, size), "out of bounds");
    }
}

/// <summary>What the handles of an instance stand for. Spec: <c>lift_own</c>, <c>lower_own</c> and those of the other handles.</summary>
public interface IHandles
{
    /// <summary>Takes what a handle stands for out of the instance, or lends it.</summary>
    SpecValue.Handle Lift(ValType type, uint index);

    /// <summary>Gives the instance a handle, and says which.</summary>
    uint Lower(ValType type, SpecValue.Handle handle);
}
