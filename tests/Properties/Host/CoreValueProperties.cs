using System;
using System.Linq;
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

    /// <summary>Whatever the type of a function: those that the engine's package has delegates for, and others.</summary>
    [Theory]
    [MemberData(nameof(Arities))]
    public void Every_argument_and_result_passes_in_its_place(int parameters, int results)
    {
        CoreValType[] kinds = [CoreValType.I32, CoreValType.I64, CoreValType.F64, CoreValType.F32];
        CoreFuncType type = new([.. Enumerable.Range(0, parameters).Select(i => kinds[i % 4])], [.. Enumerable.Range(1, results).Select(i => kinds[i % 4])]);
        ulong[] Bits(int count, ulong seed) => [.. Enumerable.Range(0, count).Select(i => seed + (ulong)i)];
        using var store = new Store(engine);
        var function = CoreCallback.Define(store, type, (arguments, returned) =>
        {
            Assert.Equal(Bits(parameters, 7), arguments.ToArray());
            Bits(results, 0x80000001).CopyTo(returned);
        });

        ulong[] got = CoreCall.Of(function, type).Invoke(Bits(parameters, 7), type);

        Assert.Equal(Bits(results, 0x80000001), got);
    }

    /// <summary>Numbers of parameters and results, beyond what lifted and lowered functions have.</summary>
    public static TheoryData<int, int> Arities
    {
        get
        {
            var arities = new TheoryData<int, int>();
            for (int parameters = 0; parameters <= 18; parameters++)
            {
                for (int results = 0; results <= 3; results++)
                    arities.Add(parameters, results);
            }
            return arities;
        }
    }

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
