using System;
using System.Linq;
using System.Security.Cryptography;
using Fact.Component.Plan;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Component;

/// <summary>The hash that plans have of their component is SHA-256, as .NET has it.</summary>
public sealed class Sha256Laws
{
    [Fact]
    public void Of_every_length_around_the_ends_of_blocks() => Assert.All(Enumerable.Range(0, 300), Holds);

    [Fact]
    public void Of_much() => Holds((1 << 20) + 7);

    private static void Holds(int length)
    {
        byte[] bytes = new byte[length];
        Fuzz.Random(length).NextBytes(bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Sha256.Hex(bytes));
    }
}
