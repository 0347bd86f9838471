using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Fact.Host.Engine;

/// <summary>
/// The names of adapter modules: such as no guest has, because backtraces tell modules apart by their names, and guests choose theirs. They are
/// <c>adapters-0</c> and so on, or <c>adapters7-0</c> where guests have the former somewhere in their bytes.
/// </summary>
internal sealed class ModuleNames
{
    // Longer numbers are never chosen: no guest has a thousand million names.
    private const int MostDigits = 9;

    private readonly string prefix;

    private ModuleNames(string prefix) => this.prefix = prefix;

    /// <summary>The module with a name section behind it that gives it a name, which backtraces show.</summary>
    public static byte[] Named(ReadOnlySpan<byte> module, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        // Names of one byte in length: there are no longer ones here.
        byte[] section = [4, .. "name"u8, 0, (byte)(text.Length + 1), (byte)text.Length, .. text];
        return [.. module, 0, (byte)section.Length, .. section];
    }

    /// <summary>Chooses names, in one pass over the guests.</summary>
    public static ModuleNames Avoiding(IEnumerable<ReadOnlyMemory<byte>> guests)
    {
        var taken = new HashSet<int>();
        foreach (var guest in guests)
            AddTaken(guest.Span, taken);
        int number = 0;
        while (taken.Contains(number))
            number++;
        return new(number == 0 ? "adapters-" : string.Create(CultureInfo.InvariantCulture, $"adapters{number}-"));
    }

    /// <summary>The name of an adapter module.</summary>
    public string this[int index] => prefix + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds n for each <c>adaptersn-</c>, and 0 where there is no number.</summary>
    private static void AddTaken(ReadOnlySpan<byte> bytes, HashSet<int> taken)
    {
        while (bytes.IndexOf("adapters"u8) is var found and >= 0)
        {
            bytes = bytes[(found + "adapters"u8.Length)..];
            int digits = bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits < 0)
                return;
            if (bytes[digits] != (byte)'-' || digits > MostDigits)
                continue;
            taken.Add(digits == 0 ? 0 : int.Parse(bytes[..digits], CultureInfo.InvariantCulture));
        }
    }
}
