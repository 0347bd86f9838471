using System;
using System.Collections.Generic;

namespace Fact.Lower.Abi;

/// <summary>One level of a type over interned parts: what two types must have in common to be the same.</summary>
internal readonly struct Shape(int kind, uint number, AbiType?[] parts, string[] names)
{
    public readonly int Kind = kind;
    public readonly uint Number = number;
    public readonly AbiType?[] Parts = parts;
    public readonly string[] Names = names;

    /// <summary>Compares one level: equal parts are the same object already.</summary>
    public sealed class Comparer : IEqualityComparer<Shape>
    {
        public bool Equals(Shape a, Shape b)
        {
            if (a.Kind != b.Kind || a.Number != b.Number || a.Parts.Length != b.Parts.Length)
                return false;
            for (int i = 0; i < a.Parts.Length; i++)
            {
                if (!ReferenceEquals(a.Parts[i], b.Parts[i]))
                    return false;
            }
            return ReferenceEquals(a.Names, b.Names) || a.Names.AsSpan().SequenceEqual(b.Names);
        }

        public int GetHashCode(Shape shape)
        {
            int hash = (shape.Kind * 31) + (int)shape.Number;
            foreach (var part in shape.Parts)
                hash = (hash * 31) + (part?.Id ?? -1);
            // Every name: thousands of types may differ in one of them only.
            foreach (string name in shape.Names)
                hash = (hash * 31) + name.GetHashCode(StringComparison.Ordinal);
            return hash;
        }
    }
}
