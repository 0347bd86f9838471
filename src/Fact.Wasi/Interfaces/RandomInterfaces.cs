using System;
using System.Buffers.Binary;
using System.Globalization;
using Fact.Host;
using Fact.Values;
using Fact.Wasi.Errors;
using Fact.Wasi.Instance;

namespace Fact.Wasi.Interfaces;

/// <summary>Spec: the package <c>wasi:random</c>.</summary>
internal static class RandomInterfaces
{
    /// <summary>The greatest number of bytes that one call returns.</summary>
    private const int MaxBytes = 1 << 26;

    private static readonly Func<WasiState, RandomBytes> Secure = s => s.Random, Insecure = s => s.InsecureRandom;

    public static HostImports AddTo(HostImports imports, HostState<WasiState> state)
    {
        imports = new InterfaceImports(imports, state, "wasi:random/random")
            .Function("get-random-bytes", (s, a) => Bytes(Secure(s), a.U64(0)))
            .Function("get-random-u64", (s, _) => Number(Secure(s)))
            .Imports;
        imports = new InterfaceImports(imports, state, "wasi:random/insecure")
            .Function("get-insecure-random-bytes", (s, a) => Bytes(Insecure(s), a.U64(0)))
            .Function("get-insecure-random-u64", (s, _) => Number(Insecure(s)))
            .Imports;
        return new InterfaceImports(imports, state, "wasi:random/insecure-seed")
            .Function("insecure-seed", (s, _) => ComponentValues.Tuple(Number(Insecure(s)), Number(Insecure(s))))
            .Imports;
    }

    private static ComponentValue Bytes(RandomBytes random, ulong length)
    {
        if (length > MaxBytes)
            throw new WasiTrapException(
                string.Create(CultureInfo.InvariantCulture, $"{length} random bytes are asked for in one call, which returns {MaxBytes} at most"));
        byte[] bytes = new byte[length];
        random(bytes);
        return ComponentValues.ListOfU8(bytes);
    }

    private static ComponentValue Number(RandomBytes random)
    {
        Span<byte> bytes = stackalloc byte[8];
        random(bytes);
        return ComponentValues.U64(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }
}
