using System;
using Fact.Ir;

namespace Fact.Conformance.Differential.Model;

/// <summary>A component value between the two guests.</summary>
internal closed record Lifted
{
    private Lifted()
    {
    }

    /// <summary>A scalar, flags or an enum's case, without garbage.</summary>
    public sealed record Bits(ulong Value) : Lifted;

    /// <summary>A string with the encoding that it came in, which decides how memory is allocated for it.</summary>
    public sealed record Text(string Value, StringEncoding Encoding, bool IsUtf16, ulong Units) : Lifted;

    /// <summary>A resource; for a borrow with the handle that it is lent from.</summary>
    public sealed record Resource(ulong Rep) : Lifted;

    /// <summary>A list or a map.</summary>
    public sealed record List(EquatableArray<Lifted> Elements) : Lifted;

    /// <summary>A record, tuple or list of fixed length.</summary>
    public sealed record Parts(EquatableArray<Lifted> Items) : Lifted;

    /// <summary>A variant, option or result.</summary>
    public sealed record Case(int Index, Lifted? Payload) : Lifted;
}

/// <summary>The specification says: trap.</summary>
internal sealed class ModelTrap(string message) : Exception(message)
{
    /// <summary>Traps where a condition holds. Spec: <c>trap_if</c>.</summary>
    public static void If(bool condition, string message)
    {
        if (condition)
            throw new ModelTrap(message);
    }
}
