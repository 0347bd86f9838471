using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The types of all parts together: recursion groups that are the same are there once, as the specification has it that they are the same types. A group is
/// looked up with the types before it numbered as they are in the merged module, and its own types by their place in it. Spec: <c>rec</c>, rolling up.
/// </summary>
internal sealed class TypeMerge
{
    private const uint Own = 1u << 31;

    private readonly Dictionary<EquatableArray<CoreSubType>, uint> known = new(CoreGroupComparer.Instance);
    private readonly List<CoreRecType> groups = [];

    /// <summary>How many types there are.</summary>
    public uint Count { get; private set; }

    /// <summary>Adds the types of a part.</summary>
    /// <param name="types">Its recursion groups.</param>
    /// <param name="problem">What is wrong with them; null where nothing is.</param>
    /// <returns>The number of each in the merged module.</returns>
    public uint[] Add(EquatableArray<CoreRecType> types, out string? problem)
    {
        problem = null;
        var numbers = new List<uint>();
        foreach (var group in types)
        {
            uint first = (uint)numbers.Count, end = first + (uint)group.Types.Length;
            foreach (uint mentioned in Mentions(group))
            {
                if (mentioned >= end)
                    problem ??= $"core type {mentioned} is mentioned where there are {end}";
            }
            if (problem is not null)
                return [];
            uint at = Add(TypeRenumbering.Of(group, index => index.Value >= first ? Own | (index.Value - first) : numbers[(int)index.Value]));
            for (uint i = 0; i < group.Types.Length; i++)
                numbers.Add(at + i);
        }
        return [.. numbers];
    }

    /// <summary>The number of a function type that no part has to have.</summary>
    public uint Add(CoreFuncType type) =>
        Add(new CoreRecType([new CoreSubType(IsFinal: true, [], new CoreCompType(IsShared: false, null, null, new CoreShape.Func(type)))], IsExplicit: true));

    /// <summary>Forgets the groups that nobody needs, and numbers the others anew.</summary>
    /// <param name="needed">Which types are needed. Those that they mention are added.</param>
    /// <returns>The new number of each; <see cref="PartNumbers.None"/> of those that are not there any more.</returns>
    public uint[] Keep(bool[] needed)
    {
        uint[] numbers = new uint[Count];
        uint end = Count;
        for (int i = groups.Count - 1; i >= 0; i--)
        {
            uint first = end - (uint)groups[i].Types.Length;
            if (needed.AsSpan((int)first, groups[i].Types.Length).Contains(true))
            {
                foreach (uint mentioned in Mentions(groups[i]))
                    needed[mentioned] = true;
                needed.AsSpan((int)first, groups[i].Types.Length).Fill(true);
            }
            end = first;
        }
        var all = groups.ToArray();
        uint at = 0;
        known.Clear();
        groups.Clear();
        Count = 0;
        foreach (var group in all)
        {
            uint first = at;
            at += (uint)group.Types.Length;
            if (needed[first])
            {
                uint to = Add(TypeRenumbering.Of(group, index => index.Value >= first ? Own | (index.Value - first) : numbers[index.Value]));
                for (uint i = 0; i < (uint)group.Types.Length; i++)
                    numbers[first + i] = to + i;
            }
            else
            {
                numbers.AsSpan((int)first, group.Types.Length).Fill(PartNumbers.None);
            }
        }
        return numbers;
    }

    /// <summary>Writes the groups.</summary>
    public void Write(Sink to)
    {
        foreach (var group in groups)
            TypeWriter.Write(to, group);
    }

    /// <summary>How many groups there are.</summary>
    public int Groups => groups.Count;

    private uint Add(CoreRecType group)
    {
        // Whether a group of one is written as such says nothing.
        if (known.TryGetValue(group.Types, out uint at) || group.Types.IsEmpty)
            return at;
        at = Count;
        known.Add(group.Types, at);
        groups.Add(TypeRenumbering.Of(group, index => (index.Value & Own) != 0 ? at + (index.Value & ~Own) : index.Value));
        Count += (uint)group.Types.Length;
        return at;
    }

    private static List<uint> Mentions(CoreRecType group)
    {
        var mentions = new List<uint>();
        TypeRenumbering.Of(group, index =>
        {
            mentions.Add(index.Value);
            return index.Value;
        });
        return mentions;
    }
}
