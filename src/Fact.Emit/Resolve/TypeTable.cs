using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The function types of a module, each once, in the order of first use.</summary>
internal sealed class TypeTable
{
    /// <summary>Few modules have fewer, so that the first tables would all be outgrown.</summary>
    private const int Expected = 10;

    private SmallMap<Key, CoreTypeIdx> indices;
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

    /// <summary>A type as the key of a map whose keys are structs.</summary>
    private readonly struct Key(CoreFuncType type) : IEquatable<Key>
    {
        private readonly CoreFuncType type = type;

        public bool Equals(Key other) => type.Equals(other.type);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => type.GetHashCode();
    }
}
