using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The locals that a function gets for the code of others that is put into it. What stands one behind the other has the same.</summary>
/// <param name="first">How many locals the function has without.</param>
internal sealed class InlineLocals(uint first)
{
    private readonly List<CoreValType> types = [];
    private readonly Dictionary<CoreValType, Stack<uint>> free = [];

    /// <summary>Takes one of a type that nothing else has now.</summary>
    public uint Take(CoreValType type)
    {
        if (free.TryGetValue(type, out var left) && left.TryPop(out uint local))
            return local;
        types.Add(type);
        return first + (uint)types.Count - 1;
    }

    /// <summary>Gives it back.</summary>
    public void GiveBack(CoreValType type, uint local)
    {
        if (!free.TryGetValue(type, out var left))
            free.Add(type, left = []);
        left.Push(local);
    }

    /// <summary>How many declarations <see cref="Write"/> writes.</summary>
    public uint Declarations => (uint)types.Count;

    /// <summary>Declares them.</summary>
    public void Write(Sink to)
    {
        foreach (var type in types)
        {
            to.Unsigned(1);
            to.ValType(type);
        }
    }
}
