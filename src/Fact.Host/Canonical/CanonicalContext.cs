using System.Collections.Generic;
using System.Globalization;
using Fact.Host.Engine;
using Fact.Host.Resources;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Canonical;

/// <summary>A guest's allocator, called with its flags set as the specification has it.</summary>
/// <param name="old">The address of what is to be resized; 0 where there is nothing.</param>
/// <param name="oldSize">Its bytes.</param>
/// <param name="alignment">Bytes.</param>
/// <param name="newSize">The bytes that are wanted.</param>
/// <returns>An address that nothing is known of.</returns>
internal delegate ulong Realloc(ulong old, ulong oldSize, uint alignment, ulong newSize);

/// <summary>
/// What lifting and lowering of one call need. Spec: <c>LiftLowerContext</c>. Where a guest breaks a rule, <see cref="TrapSignal"/> is thrown with the path
/// of the value.
/// </summary>
/// <param name="Encoding">How the guest's strings are encoded.</param>
/// <param name="Memory">The guest's memory; null where it gave none.</param>
/// <param name="Realloc">The guest's allocator; null where it gave none.</param>
/// <param name="Resources">The handles of all instances.</param>
/// <param name="Async">The streams, futures and error contexts of all instances.</param>
/// <param name="Scope">The call, as far as borrows go; null where no borrow can be passed.</param>
/// <param name="MaxByteLength">The greatest number of bytes of a string or list.</param>
/// <param name="MaxLiftedBytes">The greatest number of bytes on the managed heap that the values of one call may take.</param>
internal sealed record CanonicalContext(
    StringEncoding Encoding,
    ILinearMemory? Memory,
    Realloc? Realloc,
    IResourceTables Resources,
    AsyncValues Async,
    CallScope? Scope,
    uint MaxByteLength,
    ulong MaxLiftedBytes)
{
    private readonly bool is64 = Memory is { Is64: true };

    /// <summary>How many bytes the lifted values take on the managed heap so far.</summary>
    public ulong Lifted { get; private set; }

    /// <summary>The same, for a copy that counts by itself.</summary>
    public CanonicalContext Afresh() => this with { Lifted = 0 };

    /// <summary>The same for another call.</summary>
    public CanonicalContext Anew() => new(Encoding, Memory, Realloc, Resources, Async, Scope, MaxByteLength, MaxLiftedBytes);

    /// <summary>The value that is being looked at.</summary>
    public ValuePath Path { get; } = new();

    /// <summary>The memory, where the types say that one is needed.</summary>
    public ILinearMemory NeededMemory => Memory ?? throw Trap("a value is passed through memory, but the function has no memory option");

    /// <summary>Bytes of a pointer.</summary>
    public int PtrSize => is64 ? 8 : 4;

    /// <summary>How a type is laid out in the guest.</summary>
    public TypeLayout LayoutOf(ValType type) => type.LayoutFor(is64);

    /// <summary>Bytes of a value of a type that was checked: less than 2^28.</summary>
    public int SizeOf(ValType type) => (int)LayoutOf(type).ElemSize;

    /// <summary>Goes to a field of the value at <see cref="Path"/>, of a record or tuple.</summary>
    public void PushField(ValType type, int index)
    {
        if (type is ValType.Record record)
            Path.Push("record field", record.Fields[index].Name);
        else
            Path.Push("tuple element", index);
    }

    /// <summary>Goes to the payload of the value at <see cref="Path"/>, of a variant, option or result.</summary>
    public void PushCase(ValType type, int index)
    {
        if (type is ValType.Variant variant)
            Path.Push("variant case", variant.Cases[index].Name);
        else
            Path.Push(type is ValType.Option ? "option some" : index == 0 ? "result ok" : "result error");
    }

    /// <summary>A trap that says which value it is about.</summary>
    public TrapSignal Trap(string message) => new(new Trap(message, "", Path.ToString()));

    /// <summary>The result of an operation on handles, or its trap with the path.</summary>
    public T OrTrap<T>(Either<Trap, T> result) => result.IfLeft(trap => throw Trap(trap.Message));

    /// <summary>
    /// Counts bytes on the managed heap, before they are allocated for what a guest passes: values take more there than in its memory, and lists may
    /// share their elements, so that a small memory could become values without end.
    /// </summary>
    public void Spend(ulong bytes)
    {
        Lifted += bytes;
        if (Lifted > MaxLiftedBytes)
            throw Trap(string.Create(
                CultureInfo.InvariantCulture,
                $"the values that the call passes to the host take more than {MaxLiftedBytes} bytes here, the limit of this host"));
    }

    /// <summary>Traps unless a pointer is aligned and what it points to is in the memory.</summary>
    public void CheckRange(ulong address, ulong size, uint alignment, string outOfBounds)
    {
        if ((address & (alignment - 1)) != 0)
            throw Trap(TrapMessages.Of(TrapCode.UnalignedPointer));
        ulong length = NeededMemory.Length;
        if (address > length || size > length - address)
            throw Trap(outOfBounds);
    }

    /// <summary>Bytes from the guest's allocator, aligned and in the memory. Spec: <c>reallocate</c> and what follows every call of it.</summary>
    public ulong Reallocate(ulong old, ulong oldSize, uint alignment, ulong newSize)
    {
        if (Realloc is null)
            throw Trap("the callee must allocate, but the function has no realloc option");
        ulong address = Realloc(old, oldSize, alignment, newSize);
        if ((address & (alignment - 1)) != 0)
            throw Trap("realloc return: result not aligned");
        ulong length = NeededMemory.Length;
        if (address > length || newSize > length - address)
            throw Trap("realloc return: beyond end of memory");
        return address;
    }
}
