using System;
using System.Collections.Generic;
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
    private readonly CoreEngine compiler;
    private readonly CallPieces pieces;

    public CoreValueProperties()
    {
        compiler = new CoreEngine(engine, cache: null);
        pieces = new CallPieces(compiler, "pieces");
    }

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
        CoreValType[] integers = [CoreValType.I32], all = [CoreValType.I32, CoreValType.I64, CoreValType.F32, CoreValType.F64];
        foreach (bool makesTypes in (bool[])[true, false])
        {
            AssertInPlace(parameters, results, integers, makesTypes);
            AssertInPlace(parameters, results, all, makesTypes);
        }
    }

    private void AssertInPlace(int parameters, int results, CoreValType[] kinds, bool makesTypes)
    {
        CoreFuncType type = new(
            [.. Enumerable.Range(0, parameters).Select(i => kinds[i % kinds.Length])],
            [.. Enumerable.Range(1, results).Select(i => kinds[i % kinds.Length])]);
        ulong[] Bits(int count, ulong seed) => [.. Enumerable.Range(0, count).Select(i => seed + (ulong)i)];
        using var store = new Store(engine);
        var function = new HostFunctions(store, pieces, makesTypes).Define(type, (arguments, returned) =>
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
        var function = new HostFunctions(store, pieces).Define(new([type], [type]), arguments =>
        {
            Assert.Equal(bits, arguments[0]);
            return arguments;
        });
        Assert.Equal([bits], CoreValues.Call(function, new([type], [type]), [bits]));
    }

    /// <summary>With functions among the parameters, in any places.</summary>
    [Theory]
    [InlineData("f", false)]
    [InlineData("fi", true)]
    [InlineData("ffiiiiilidDfilidDilidDi", false)]
    [InlineData("ffiiiiilidDfilidDilidDi", true)]
    [InlineData("iiiiiiiiiiiif", true)]
    public void Functions_pass_in_their_places_too(string parameters, bool areSame)
    {
        CoreFuncType type = new(
            [.. parameters.Select(letter => letter switch
            {
                'f' => CoreValType.FuncRef,
                'l' => CoreValType.I64,
                'd' => CoreValType.F32,
                'D' => CoreValType.F64,
                _ => CoreValType.I32,
            })],
            [CoreValType.F32]);
        using var store = new Store(engine);
        var functions = new HostFunctions(store, pieces);
        var names = new List<int>();
        var function = functions.DefineWithFunctions(type, areSame, arguments =>
        {
            for (int i = 0; i < parameters.Length; i++)
                names.Add(parameters[i] == 'f' ? (int)CoreValues.Call(arguments.Function(i).Function, new([], [CoreValType.I32]), [])[0] : (int)arguments.Bits[i]);
            return [0xFFC12345];
        });
        ValueBox[] given = [.. parameters.Select((letter, i) => letter switch
        {
            'f' => (ValueBox)functions.Define(new([], [CoreValType.I32]), (_, results) => results[0] = (ulong)i),
            'l' => (long)i,
            'd' => BitConverter.UInt32BitsToSingle((uint)i),
            'D' => BitConverter.UInt64BitsToDouble((ulong)i),
            _ => (ValueBox)i,
        })];

        for (int call = 0; call < 2; call++)
        {
            float result = (float)function.Invoke(given)!;
            Assert.Equal(0xFFC12345, BitConverter.SingleToUInt32Bits(result));
        }

        Assert.Equal([.. Enumerable.Range(0, parameters.Length), .. Enumerable.Range(0, parameters.Length)], names);
    }

    /// <summary>A call that is made while another is in progress does not see its arguments.</summary>
    [Fact]
    public void Calls_in_calls_have_their_own_arguments()
    {
        CoreFuncType type = new([.. Enumerable.Repeat(CoreValType.I32, 14)], [CoreValType.I32]);
        using var store = new Store(engine);
        CoreCall call = null!;
        var function = new HostFunctions(store, pieces).Define(type, (arguments, results) =>
        {
            if (arguments[0] > 0)
                call.Invoke([.. arguments.ToArray().Select(argument => argument - 1)], results);
            results[0] += arguments[13];
        });
        call = CoreCall.Of(function, type);

        Assert.Equal([3UL + 2 + 1], call.Invoke([.. Enumerable.Repeat(2UL, 13), 3], type));
    }

    public void Dispose()
    {
        pieces.Dispose();
        compiler.Dispose();
    }
}
