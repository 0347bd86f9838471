using System;

namespace Fact.Lower;

/// <summary>How large tables start that grow with the number of adapters: a table that doubles a few times costs as much again.</summary>
internal static class Capacity
{
    private const int PerAdapter = 4, Most = 512;

    /// <summary>For tables of types or helpers.</summary>
    public static int For(int adapters) => Math.Min(adapters, Most / PerAdapter) * PerAdapter;
}
