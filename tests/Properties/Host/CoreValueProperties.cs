using System;
using Fact.Host.Engine;
using Fact.Ir;
using Fact.Model.Laws;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Core values pass between the engine and the host bit for bit.</summary>
public sealed class CoreValueProperties : IDisposable
{
    private readonly Engine engine = new();

    [Law]
    public void Integers_of_64_bits_pass_both_ways(ulong bits) => AssertSame(CoreValType.I64, bits);

    [Law]
    public void Integers_of_32_bits_pass_both_ways(uint bits) => AssertSame(CoreValType.I32, bits);

    [Theory]
    [InlineData(CoreValType.I64, 0x8000000000000001)]
    [InlineData(CoreValType.I64, ulong.MaxValue)]
    [InlineData(CoreValType.I32, 0x80000001)]
    [InlineData(CoreValType.F32, 0x7F800001)]
    [InlineData(CoreValType.F32, 0xFFC12345)]
    [InlineData(CoreValType.F64, 0x7FF0000000000001)]
    [InlineData(CoreValType.F64, 0x8000000000000000)]
    public void What_doubles_cannot_hold_passes_too(CoreValType type, ulong bits) => AssertSame(type, bits);

    private void AssertSame(CoreValType type, ulong bits)
    {
        using var store = new Store(engine);
        var function = CoreValues.Define(store, new([type], [type]), arguments =>
        {
            Assert.Equal(bits, arguments[0]);
            return arguments;
        });
        Assert.Equal([bits], CoreValues.Call(function, new([type], [type]), [bits]));
    }

    public void Dispose() => engine.Dispose();
}
