using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Differential.Generate;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Guests;

namespace Fact.Conformance.Streams;

/// <summary>Registers and data of the guests of a case while it is made.</summary>
internal sealed class CaseBuilder(StreamSetting setting, Choice choice)
{
    private readonly int[] registers = new int[setting.Instances], at = [.. Enumerable.Repeat(Machine.Data, setting.Instances)];
    private readonly byte[][] memories = [.. Enumerable.Range(0, setting.Instances).Select(i => Background(choice))];

    /// <summary>The functions that something calls, each once.</summary>
    public HashSet<int> Called { get; } = [];

    /// <summary>What the functions do.</summary>
    public EquatableArray<Step>[] Scripts { get; } = [.. setting.Funcs.Items.Select(_ => (EquatableArray<Step>)[new Step(StepOp.End)])];

    /// <summary>Whether there are buffers out of bounds, not aligned, or too long.</summary>
    public bool Misplaced { get; set; }

    /// <summary>Whether functions block whose type is not async.</summary>
    public bool BlocksPlain { get; set; }

    public StreamSetting Setting => setting;

    public Choice Choice => choice;

    /// <summary>A number of registers of an instance, one behind the other; null where there are no more.</summary>
    public int? Registers(int instance, int count)
    {
        if (registers[instance] + count > 40)
            return null;
        registers[instance] += count;
        return registers[instance] - count;
    }

    /// <summary>What the guests hold at the start.</summary>
    public EquatableArray<EquatableArray<byte>> Data() =>
        [.. memories.Select(memory => (EquatableArray<byte>)[.. memory.AsSpan(Machine.Data, Machine.DataSize).ToArray()])];

    /// <summary>Room for elements.</summary>
    /// <param name="instance">Whose.</param>
    /// <param name="element">Their type.</param>
    /// <param name="count">How many.</param>
    /// <param name="filled">Whether there are elements in it.</param>
    public int Room(int instance, ValType? element, int count, bool filled)
    {
        if (element is null)
            return choice.Between(0, 100);
        ulong size = SpecAbi.With32.ElemSize(element), alignment = SpecAbi.With32.Alignment(element);
        int start = Take(instance, (int)size * count, (int)alignment);
        if (!filled || SpecAbi.Contains(element, part => part is ValType.Own or ValType.Stream or ValType.Future))
            return start;
        var values = new ValueGen(new Random(choice.Between(0, int.MaxValue - 1)), StringEncoding.Utf8);
        var cx = new Laying(new ByteMemory(false, memories[instance]), (alignment, size) => (ulong)Take(instance, (int)size, (int)alignment));
        for (int i = 0; i < count; i++)
            cx.Store(values.Of(element), element, (ulong)start + ((ulong)i * size));
        if (choice.OneIn(30))
            Corruption.Corrupt(memories[instance].AsSpan(start, (int)size * count), new Random(choice.Between(0, 1000)));
        return start;
    }

    // Where there is no room left, what was there is overwritten: guests read what it makes of it.
    private int Take(int instance, int size, int alignment)
    {
        int start = (at[instance] + alignment - 1) / alignment * alignment;
        if (start + size > Machine.Heap)
            start = Machine.Data;
        at[instance] = start + size;
        return start;
    }

    private static byte[] Background(Choice choice)
    {
        var memory = new byte[0x10000];
        memory.AsSpan(Machine.Data, Machine.DataSize).Fill((byte)choice.Between(0, 255));
        return memory;
    }

    /// <summary>Lays values out before guests run.</summary>
    private sealed class Laying(MemInst memory, Func<ulong, ulong, ulong> allocate)
        : LiftLowerContext(memory, StringEncoding.Utf8, (_, _, alignment, size) => allocate(alignment, size), new NoHandles(), Dialect.Specification);

    private sealed class NoHandles : IHandles
    {
        public SpecValue.Handle Lift(ValType type, uint index) => throw new NotSupportedException();

        public uint Lower(ValType type, SpecValue.Handle handle) => throw new NotSupportedException();
    }
}
