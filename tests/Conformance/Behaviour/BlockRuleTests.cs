using System;
using System.Linq;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Lower.Passes;
using Fact.Model;
using Fact.Model.Guests;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>Lists that are copied in blocks, by vectors and by words, are those that the specification's functions make, wherever they are and however long.</summary>
public sealed class BlockRuleTests
{
    /// <summary>The most elements of a list, and the most bytes: guests have a few pages.</summary>
    private const int Longest = 100, MostBytes = 0x8000;

    private static readonly CompileOptions[] Modes =
    [
        Make.Explained with { Transcoders = Fact.Ir.Transcoders.Simd, Optimize = Optimize.Speed },
        Make.Explained with { Transcoders = Fact.Ir.Transcoders.Simd },
        Make.Explained with { Transcoders = Fact.Ir.Transcoders.Wasm, Optimize = Optimize.Speed },
    ];

    private static readonly (MemoryPlan Lower, MemoryPlan Lift)[] Memories =
    [
        (MemoryPlan.With32, MemoryPlan.With32),
        (MemoryPlan.With32, MemoryPlan.With64),
        (MemoryPlan.With64, MemoryPlan.With32),
        (MemoryPlan.Bytes64, MemoryPlan.Bytes32),
    ];

    [SeededFact]
    public void Lists_of_every_length_are_copied_from_and_to_anywhere()
    {
        foreach (var element in BlockElements.All)
        {
            foreach (var options in Modes)
            {
                foreach (var (lower, lift) in Memories)
                {
                    using var rig = Make.Rig(Make.Takes(new ValType.List(element.Type)), new(Memory: lower), new(Memory: lift), options);
                    var random = Fuzz.Random(0);
                    bool all = (lower, lift) == Memories[0];
                    for (int length = 0; length <= Longest; length += all ? 1 : random.Next(1, 17))
                        Compare(rig, element, length, random, options);
                }
            }
        }
    }

    [SeededFact]
    public void Lists_of_any_elements_are_copied_from_and_to_anywhere()
    {
        var random = Fuzz.Random(0);
        for (int i = 0; i < (Fuzz.Cases ?? 80); i++)
        {
            var element = new BlockElement(BlockElements.Any(random));
            var options = Modes[random.Next(Modes.Length)];
            var (lower, lift) = Memories[random.Next(Memories.Length)];
            using var rig = Make.Rig(Make.Takes(new ValType.List(element.Type)), new(Memory: lower), new(Memory: lift), options);
            ulong most = ulong.Min(Longest, MostBytes / rig.Lower.Setup.Abi.ElemSize(element.Type));
            for (int length = random.Next(4); (ulong)length <= most; length += random.Next(1, 25))
                Compare(rig, element, length, random, options);
        }
    }

    [SeededFact]
    public void Lists_of_fixed_length_are_copied_in_blocks_too()
    {
        foreach (var element in BlockElements.All)
        {
            foreach (var options in Modes)
            {
                var type = new ValType.Tuple([Make.U8, .. new uint[] { 64, 17, 67 }.Select(length => new ValType.FixedLengthList(element.Type, length))]);
                using var rig = Make.Rig(Make.Takes(type), new(Memory: MemoryPlan.With64), options: options);
                var random = Fuzz.Random(0);
                for (int i = 0; i < 10; i++)
                {
                    ulong address = rig.Lower.Put(new ValueGen(random, StringEncoding.Utf8).Of(type), type);
                    var (lowerBytes, liftBytes) = (rig.Lower.Bytes.ToArray(), rig.Lift.Bytes.ToArray());
                    rig.Lift.Spec(() => liftBytes, rig.Lift.Heap.Copy()).LowerFlatValues(SpecAbi.MaxFlatParams, [rig.Lower.Setup.Load(address, type)], [type]);
                    rig.CallBits(address);
                    AssertSame(lowerBytes, rig.Lower.Bytes, "caller: " + element.Name);
                    AssertSame(liftBytes, rig.Lift.Bytes, "callee: " + element.Name);
                }
            }
        }
    }

    [SeededFact]
    public void The_first_invalid_element_traps_and_nothing_is_written_from_it_on()
    {
        foreach (var element in BlockElements.All.Where(element => element.Invalid is not null))
        {
            foreach (var options in Modes)
            {
                using var rig = Make.Rig(Make.Takes(new ValType.List(element.Type)), new(Memory: MemoryPlan.With64), options: options);
                ulong size = rig.Lift.Setup.Abi.ElemSize(element.Type);
                foreach (int length in new[] { 1, 7, 8, 16, 33, 64, 65, 100 })
                {
                    var random = Fuzz.Random(length);
                    ulong src = Fill(rig.Lower, element, length, random);
                    for (int bad = 0; bad < length; bad++)
                    {
                        byte[] before = rig.Lower.Bytes.Slice((int)src, length * (int)size).ToArray();
                        element.Invalid!(rig.Lower.Bytes[(int)(src + ((ulong)bad * size))..], random);
                        // Another one behind it, which must not come first.
                        if (bad + 1 < length)
                            element.Invalid(rig.Lower.Bytes[(int)(src + ((ulong)random.Next(bad + 1, length) * size))..], random);
                        ulong dst = Place(rig.Lift, element, length, random);
                        rig.Lift.Heap.Answer = (_, _) => dst;
                        byte[] old = rig.Lift.Bytes.ToArray();
                        var report = rig.Traps(src, (ulong)length);
                        Assert.Equal((element.Message, "param \"p0\" · list element" + element.Path), (report.Message, report.Path));
                        // Of an element with several parts, those before the invalid one may have been written.
                        int from = (int)(dst + ((ulong)(element.Path.Length == 0 ? bad : bad + 1) * size));
                        AssertSame(old.AsSpan(from), rig.Lift.Bytes[from..], $"callee, from the invalid {element.Name} on");
                        AssertSame(old.AsSpan(0, (int)dst), rig.Lift.Bytes[..(int)dst], "callee, before the list");
                        before.CopyTo(rig.Lower.Bytes[(int)src..]);
                    }
                }
            }
        }
    }

    [SeededFact]
    public void Where_an_allocator_gives_the_list_itself_elements_are_copied_in_order()
    {
        foreach (var element in BlockElements.All)
        {
            foreach (var options in Modes)
            {
                var side = new SidePlan(Memory: MemoryPlan.With32);
                var plan = AdapterPlan.Of(Make.Takes(new ValType.List(element.Type)), side, side) with { Kinship = Kinship.Self };
                using var rig = new AdapterRig(plan.Build(), options);
                using var oneByOne = new AdapterRig(plan.Build(), options, passes: PassList.All.Without("validate-then-copy").Without("bit-select"));
                Assert.Same(rig.Lower.Memory, rig.Lift.Memory);
                var random = Fuzz.Random(0);
                int size = (int)rig.Lift.Setup.Abi.ElemSize(element.Type), alignment = (int)rig.Lift.Setup.Abi.Alignment(element.Type);
                for (int distance = -150 / alignment * alignment; distance <= 150; distance += alignment * random.Next(1, 9))
                {
                    int length = random.Next(1, Longest);
                    ulong src = Fill(rig.Lower, element, length, random), dst = src + (ulong)(long)distance;
                    rig.Lower.Bytes.CopyTo(oneByOne.Lower.Bytes);
                    foreach (var one in new[] { rig, oneByOne })
                    {
                        one.Lift.Heap.Answer = (_, _) => dst;
                        try
                        {
                            one.CallBits(src, (ulong)length);
                        }
                        catch (Wasmtime.WasmtimeException)
                        {
                            // Half an element over another may be none.
                            foreach (var flags in one.Flags.Values)
                                flags.SetValue(3);
                        }
                    }
                    AssertSame(oneByOne.Lower.Bytes, rig.Lower.Bytes, $"both, {distance} bytes apart");
                }
            }
        }
    }

    [Fact]
    public void Without_vectors_there_are_none()
    {
        foreach (var element in BlockElements.All)
        {
            var adapter = AdapterPlan.Of(Make.Takes(new ValType.List(element.Type)));
            Assert.DoesNotContain("v128", Compiled.Module(adapter, Modes[2]).ToText(), StringComparison.Ordinal);
            Assert.Contains("v128", Compiled.Module(adapter, Modes[0]).ToText(), StringComparison.Ordinal);
        }
    }

    /// <summary>Calls with a list somewhere, which an allocator takes elsewhere, sometimes with bits of it spoilt; and does what the specification does.</summary>
    private static void Compare(AdapterRig rig, BlockElement element, int length, Random random, CompileOptions options)
    {
        var type = new ValType.List(element.Type);
        ulong size = rig.Lower.Setup.Abi.ElemSize(element.Type), src = Fill(rig.Lower, element, length, random), dst = Place(rig.Lift, element, length, random);
        if (random.Next(4) == 0 && length > 0)
            rig.Lower.Bytes[(int)src + random.Next(length * (int)size)] ^= (byte)(1 << random.Next(8));
        rig.Lift.Heap.Answer = (_, _) => dst;
        var (lowerBytes, liftBytes) = (rig.Lower.Bytes.ToArray(), rig.Lift.Bytes.ToArray());
        CoreValue[] arguments = [new(rig.Lower.Setup.Abi.Ptr, src), new(rig.Lower.Setup.Abi.Ptr, (ulong)length)];
        bool isValid = true;
        try
        {
            var values = rig.Lower.Setup.LiftFlatValues(SpecAbi.MaxFlatParams, new CoreValueIter.Values(arguments), [type]);
            rig.Lift.Spec(() => liftBytes, rig.Lift.Heap.Copy()).LowerFlatValues(SpecAbi.MaxFlatParams, values, [type]);
        }
        catch (SpecTrap)
        {
            isValid = false;
        }
        if (!isValid)
        {
            rig.Traps(src, (ulong)length);
            AssertSame(lowerBytes, rig.Lower.Bytes, "caller: " + element.Name);
            return;
        }
        rig.Call(arguments);
        string what = $"{length} of {element.Name} at {src} to {dst}, {options.Transcoders} {options.Optimize}";
        Assert.Equal([dst, (ulong)length], rig.Received!.Select(value => value.Bits));
        AssertSame(lowerBytes, rig.Lower.Bytes, "caller: " + what);
        AssertSame(liftBytes, rig.Lift.Bytes, "callee: " + what);
    }

    /// <summary>Puts any values, in any padding, somewhere into a memory, or at its very end.</summary>
    private static ulong Fill(Guest guest, BlockElement element, int length, Random random)
    {
        ulong at = Place(guest, element, length, random), size = guest.Setup.Abi.ElemSize(element.Type);
        random.NextBytes(guest.Bytes.Slice((int)at, length * (int)size));
        for (int i = 0; i < length; i++)
            guest.Setup.Store(new ValueGen(random, StringEncoding.Utf8).Of(element.Type), element.Type, at + ((ulong)i * size));
        if (element.IsFree)
            random.NextBytes(guest.Bytes.Slice((int)at, length * (int)size));
        return at;
    }

    private static ulong Place(Guest guest, BlockElement element, int length, Random random)
    {
        ulong alignment = guest.Setup.Abi.Alignment(element.Type), bytes = guest.Setup.Abi.ElemSize(element.Type) * (ulong)length;
        return random.Next(3) == 0 ? (ulong)guest.Bytes.Length - bytes : 0x8000 + (alignment * (ulong)random.Next(40));
    }

    private static void AssertSame(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string whose)
    {
        int at = expected.CommonPrefixLength(actual);
        Assert.True(at == expected.Length, at == expected.Length ? "" : $"{whose}: {actual[at]:x2} at {at}; rather {expected[at]:x2}");
    }
}
