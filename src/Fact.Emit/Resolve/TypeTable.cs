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

    private readonly Dictionary<CoreFuncType, CoreTypeIdx> indices = new(Expected, ByTypes.Instance);
    private readonly List<CoreFuncType> types = new(Expected);
    private CoreFuncType? last;
    private CoreTypeIdx lastIndex;

    /// <summary>The index of a type, which becomes the next one if it is new.</summary>
    public CoreTypeIdx Index(CoreFuncType type)
    {
        if (ReferenceEquals(type, last))
            return lastIndex;
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indices, type, out bool known);
        if (!known)
        {
            index = new CoreTypeIdx((uint)types.Count);
            types.Add(type);
        }
        last = type;
        return lastIndex = index;
    }

    public EquatableArray<CoreFuncType> ToArray() => new([.. types]);

    /// <summary>Structural equality over the bits of the value types: the record's own equality goes element by element.</summary>
    private sealed class ByTypes : IEqualityComparer<CoreFuncType>
    {
        public static readonly ByTypes Instance = new();

        public bool Equals(CoreFuncType? a, CoreFuncType? b) =>
            ReferenceEquals(a, b)
            || (a is not null && b is not null
                && Bytes(a.Params).SequenceEqual(Bytes(b.Params))
                && Bytes(a.Results).SequenceEqual(Bytes(b.Results)));

        public int GetHashCode(CoreFuncType type)
        {
            uint hash = 0;
            foreach (var param in type.Params)
                hash = (hash * 31) + Fold(param);
            hash = (hash * 31) + 1;
            foreach (var result in type.Results)
                hash = (hash * 31) + Fold(result);
            return (int)hash;
        }

        private static uint Fold(CoreValType type) => (uint)type ^ (uint)((ulong)type >> 32);

        private static ReadOnlySpan<byte> Bytes(EquatableArray<CoreValType> types) => MemoryMarshal.AsBytes(types.AsSpan());
    }
}
