using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Random imports of every kind. The same thing may be there twice: as another object, or wanted for something else.</summary>
internal sealed class ImportPool
{
    public ImportPool(Random random)
    {
        Memories = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(i => new Import.Memory(new((uint)(i * 7 % 4)), new CoreMemoryType(random.Next(2) == 0)))];
        Memories.Add(new(Memories[0].Id, Memories[0].Type));
        Flags = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => new Import.InstanceFlags(new((uint)random.Next(300))))];
        var types = Enumerable.Range(0, 3).Select(_ => ModuleSample.Type(random)).ToList();
        Funcs = [.. Enumerable.Range(0, 3 + random.Next(30)).Select(_ => Func(random, types))];
    }

    public List<Import.Memory> Memories { get; }

    public List<Import.InstanceFlags> Flags { get; }

    public List<Import> Funcs { get; }

    /// <summary>Some of them, in any order.</summary>
    public EquatableArray<Import> Some(Random random)
    {
        Import[] all = [.. Memories, .. Flags, .. Funcs];
        random.Shuffle(all);
        return [.. all[..random.Next(all.Length)]];
    }

    private Import Func(Random random, List<CoreFuncType> types)
    {
        CoreFuncId func = new((uint)random.Next(4)), other = new((uint)random.Next(2));
        string adapter = $"adapter{random.Next(3)}";
        var memory = Memories[random.Next(Memories.Count)];
        return random.Next(12) switch
        {
            0 => new Import.Realloc(func, random.Next(2) == 0 ? CoreValType.I32 : CoreValType.I64),
            1 => new Import.Callback(func),
            2 => new Import.Callee(adapter, func, types[(int)func.Value % types.Count]),
            3 => new Import.PostReturn(adapter, func, new(types[(int)func.Value % types.Count].Params, [])),
            4 => new Import.Transcode(Pick<TranscodeOp>(random), memory, Memories[random.Next(Memories.Count)]),
            5 => new Import.Transfer(Pick<TransferKind>(random)),
            6 => new Import.ResourceEnterCall(),
            7 => new Import.ResourceExitCall(),
            11 => new Import.ResourceDrop(new((uint)random.Next(3))),
            8 => new Import.PrepareCall(adapter, types[0].Params, random.Next(2) == 0 ? null : memory),
            9 => new Import.SyncStartCall(adapter, random.Next(2) == 0 ? null : func, types[0].Results),
            _ => new Import.AsyncStartCall(adapter, random.Next(2) == 0 ? null : func, random.Next(2) == 0 ? null : other),
        };
    }

    private static T Pick<T>(Random random)
        where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
