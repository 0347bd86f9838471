using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Lower.Check;

/// <summary>Collects what is wrong with the adapters of a module. So that output is linear in input, what is wrong besides a few megabytes is not reported.</summary>
internal sealed class ErrorList
{
    private readonly List<AdapterError> errors = [];
    private long length;

    public int Count => errors.Count;

    /// <summary>Whether no more is taken.</summary>
    public bool IsFull => length > InputLimits.MaxErrorText;

    public void Add(string adapter, string where, string message)
    {
        if (IsFull)
            return;
        length += where.Length + message.Length;
        errors.Add(new(adapter, where, message));
    }

    public EquatableArray<AdapterError> ToArray() => errors.ToEquatableArray();
}
