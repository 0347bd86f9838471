using System;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Tasks;

/// <summary>Elements of a stream, or the value of a future, on their way.</summary>
internal closed record Elements
{
    private Elements()
    {
    }

    /// <summary>Nothing but their number: there is no element type.</summary>
    public sealed record Units : Elements;

    /// <summary>Numbers, as they are in memory.</summary>
    public sealed record Numbers(ReadOnlyMemory<byte> Bytes) : Elements;

    /// <summary>Any values.</summary>
    public sealed record Values(EquatableArray<ComponentValue> Items) : Elements;
}

/// <summary>Where elements come from or go to. Spec: <c>Buffer</c>.</summary>
internal interface ICopyBuffer
{
    /// <summary>How many elements are left. Spec: <c>remain</c>.</summary>
    int Remain { get; }

    /// <summary>How many elements were copied. Spec: <c>progress</c>.</summary>
    int Progress { get; }

    /// <summary>Spec: <c>is_zero_length</c>.</summary>
    bool IsZeroLength { get; }
}

/// <summary>Spec: <c>ReadableBuffer</c>.</summary>
internal interface IReadableBuffer : ICopyBuffer
{
    /// <summary>Takes the next elements out of it. Spec: <c>read</c>.</summary>
    Elements Read(int count);
}

/// <summary>Spec: <c>WritableBuffer</c>.</summary>
internal interface IWritableBuffer : ICopyBuffer
{
    /// <summary>Puts elements into it; it has room. Spec: <c>write</c>.</summary>
    void Write(Elements elements, int count);
}
