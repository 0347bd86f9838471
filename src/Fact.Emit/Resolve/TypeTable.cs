using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The function types of a module, each once, in the order of first use.</summary>
internal sealed class TypeTable
{
    /// <summary>Few modules have fewer, so that the first tables would all be outgrown.</summary>
    private const int Expected = 10;

    private SmallMap<Bits, CoreTypeIdx> indices;
    private readonly List<CoreFuncType> types = new(Expected);
    private CoreFuncType? last;
    private CoreTypeIdx lastIndex;

    /// <summary>The index of a type, which becomes the next one if it is new.</summary>
    public CoreTypeIdx Index(CoreFuncType type)
    {
        if (ReferenceEquals(type, last))
            return lastIndex;
        ref var index = ref indices.GetOrAdd(new(type), out bool known);
        if (!known)
        {
            index = new CoreTypeIdx((uint)types.Count);
            types.Add(type);
        }
        last = type;
        return lastIndex = index;
    }

    public EquatableArray<CoreFuncType> ToArray() => new([.. types]);

    /// <summary>A type by the bits of its value types: the record's own equality goes element by element.</summary>
    private readonly struct Bits(CoreFuncType type) : IEquatable<Bits>
    {
        private readonly CoreFuncType type = type;

        public bool Equals(Bits other) =>
            ReferenceEquals(type, other.type)
            || (Bytes(type.Params).SequenceEqual(Bytes(other.type.Params)) && Bytes(type.Results).SequenceEqual(Bytes(other.type.Results)));

        public override bool Equals(object? obj) => obj is Bits other && Equals(other);

        public override int GetHashCode() => type.GetHashCode();

        private static ReadOnlySpan<byte> Bytes(EquatableArray<CoreValType> types) => MemoryMarshal.AsBytes(types.AsSpan());
    }
}
