using System;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Values that are their bytes: lists of any length, and records of any size, wherever they are, and nothing beside them.</summary>
public sealed class ByteCopyTests
{
    private const int Most = 70;

    private static readonly CompileOptions Fast = Make.Explained with { Optimize = Optimize.Speed };

    private static readonly ValType[] Elements =
    [
        Make.U8, Make.U16, Make.U32, Make.U64,
        new ValType.Tuple([Make.U8, Make.U8, Make.U8]),
        new ValType.Tuple([Make.U16, Make.U16, Make.U16]),
        new ValType.Tuple([Make.U32, Make.F32, Make.U32]),
        new ValType.Tuple([Make.F64, Make.U64]),
    ];

    [Theory]
    [MemberData(nameof(ListTests.Memories), MemberType = typeof(ListTests))]
    public void Lists_of_every_length_are_copied_to_where_they_go_and_nowhere_else(MemoryPlan lower, MemoryPlan lift)
    {
        foreach (var element in Elements)
        {
            using var rig = Make.Rig(Make.Takes(new ValType.List(element)), new(Memory: lower), new(Memory: lift), Fast);
            int size = (int)rig.Lift.Setup.Abi.ElemSize(element), alignment = (int)rig.Lift.Setup.Abi.Alignment(element);
            for (int count = 0; count * size <= Most; count++)
            {
                Copies(rig, count, count * size, 0x5000 + (3 * alignment), 0x9000 + alignment);
                Copies(rig, count, count * size, AtEnd(rig.Lower, count * size, alignment), AtEnd(rig.Lift, count * size, alignment));
            }
        }
    }

    [Theory]
    [InlineData(MemoryPlan.With32)]
    [InlineData(MemoryPlan.With64)]
    public void Lists_that_overlap_with_their_copies_are_copied_as_they_were(MemoryPlan memory)
    {
        foreach (var element in Elements)
        {
            using var rig = Make.Rig(Make.Takes(new ValType.List(element)), new(Memory: memory), new(Memory: memory), Fast, Kinship.Self);
            int size = (int)rig.Lift.Setup.Abi.ElemSize(element), alignment = (int)rig.Lift.Setup.Abi.Alignment(element);
            for (int count = 0; count * size <= Most; count++)
            {
                for (int distance = -20; distance <= 20; distance++)
                    Copies(rig, count, count * size, 0x5000, 0x5000 + (distance * alignment));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ListTests.Memories), MemberType = typeof(ListTests))]
    public void Records_of_every_size_are_copied_to_where_they_go_and_nowhere_else(MemoryPlan lower, MemoryPlan lift)
    {
        for (int count = 1; count <= Most; count++)
        {
            foreach (var part in new[] { Make.U8, Make.U16, Make.U32, Make.U64 })
            {
                int size = count * (int)SpecAbi.For(false).ElemSize(part);
                if (size > Most)
                    continue;
                var parts = new ValType.Tuple([.. Enumerable.Repeat(part, count)]);
                using var rig = Make.Rig(Make.Takes(new ValType.List(new ValType.Tuple([Make.Bool, parts, Make.Bool]))), new(Memory: lower), new(Memory: lift), Fast);
                int alignment = size / count, whole = (int)SpecAbi.AlignTo((ulong)(alignment + size + 1), (ulong)alignment);
                byte[] bytes = Pattern(whole);
                int src = AtEnd(rig.Lower, whole, alignment), dst = AtEnd(rig.Lift, whole, alignment);
                bytes.CopyTo(rig.Lower.Bytes[src..]);
                rig.Lift.Bytes[(dst - 100)..].Fill(0xEE);
                rig.Lift.Heap.Answer = (_, _) => (ulong)dst;
                rig.CallBits((ulong)src, 1);
                byte[] expected = [.. Enumerable.Repeat((byte)0xEE, 100 + whole)];
                expected[100] = expected[100 + alignment + size] = 1;
                bytes.AsSpan(alignment, size).CopyTo(expected.AsSpan(100 + alignment));
                Assert.Equal(expected, rig.Lift.Bytes.Slice(dst - 100, 100 + whole).ToArray());
            }
        }
    }

    /// <summary>The last address where so many bytes are in the memory of a guest.</summary>
    private static int AtEnd(Guest guest, int bytes, int alignment) => (guest.Bytes.Length - bytes) / alignment * alignment;

    private static byte[] Pattern(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)(i * 37))];

    private static void Copies(AdapterRig rig, int count, int bytes, int src, int dst)
    {
        rig.Lift.Bytes[(dst - 100)..Math.Min(dst + bytes + 100, rig.Lift.Bytes.Length)].Fill(0xEE);
        Pattern(bytes).CopyTo(rig.Lower.Bytes[src..]);
        byte[] expected = rig.Lift.Bytes.ToArray(), sources = rig.Lower.Bytes.ToArray();
        Pattern(bytes).CopyTo(expected, dst);
        rig.Lift.Heap.Answer = (_, _) => (ulong)dst;
        rig.CallBits((ulong)src, (ulong)count);
        Assert.Equal([(ulong)dst, (ulong)count], rig.Received!.Select(value => value.Bits));
        Assert.True(rig.Lift.Bytes.SequenceEqual(expected), $"{count} elements of together {bytes} bytes from {src} to {dst}");
        Assert.True(rig.Lower == rig.Lift || rig.Lower.Bytes.SequenceEqual(rig.Lower.Side.Options.Memory == rig.Lift.Side.Options.Memory ? expected : sources));
    }
}
