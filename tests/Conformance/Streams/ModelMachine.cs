using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Tasks;

namespace Fact.Conformance.Streams;

/// <summary>A guest without WebAssembly: it does what <see cref="MachineText"/> says, with the built-ins of the model.</summary>
internal sealed partial class ModelMachine
{
    private readonly byte[] memory = new byte[0x10000];
    private readonly Dictionary<int, (EquatableArray<Step> Steps, int At)> scripts = [];
    private readonly StreamSetting setting;
    private readonly int number;
    private readonly Action<StreamLine> log;
    private readonly Func<int, AsyncFuncInst> functions;
    private readonly SpecResourceType resource;
    private uint free = Machine.Heap;
    private int result = Machine.Zero;

    /// <param name="setting">The setting.</param>
    /// <param name="case">What is done.</param>
    /// <param name="number">Which guest it is.</param>
    /// <param name="store">Where its threads are.</param>
    /// <param name="resource">The resource type.</param>
    /// <param name="log">Hears what guests tell.</param>
    /// <param name="functions">The functions of all guests.</param>
    public ModelMachine(
        StreamSetting setting,
        StreamCase @case,
        int number,
        SpecStore store,
        SpecResourceType resource,
        Action<StreamLine> log,
        Func<int, AsyncFuncInst> functions)
    {
        (this.setting, this.number, this.resource, this.log, this.functions) = (setting, number, resource, log, functions);
        Instance = new(store);
        @case.Data[number].AsSpan().CopyTo(memory.AsSpan(Machine.Data));
        for (int i = 0; i < setting.Funcs.Length; i++)
            scripts[i] = (@case.Scripts[i], 0);
        scripts[Machine.RunSlot] = (@case.Run, 0);
    }

    public SpecInstance Instance { get; }

    private SpecThread Thread => Instance.Store.Current!;

    /// <summary>What is called from outside.</summary>
    public AsyncFuncInst Run() => Function(Machine.RunSlot, new(0, [], null, setting.Run, 0));

    /// <summary>One of its functions.</summary>
    public AsyncFuncInst Function(int j) => Function(j, setting.Funcs[j]);

    private AsyncFuncInst Function(int j, StreamFunc func)
    {
        async Task<IReadOnlyList<CoreValue>> Callee(IReadOnlyList<CoreValue> arguments)
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                Hold(func.ParamsAt + i, (uint)arguments[i].Bits);
                Tell(Machine.LogStart, (uint)j, (uint)i, (uint)arguments[i].Bits);
            }
            uint code = await Go(j).ConfigureAwait(false);
            return func.Lifting == Lifting.Callback ? [I32(code)] : func.Lifting == Lifting.Stackful || func.Result is null ? [] : [I32(Take(result))];
        }

        async Task<IReadOnlyList<CoreValue>> Callback(IReadOnlyList<CoreValue> told)
        {
            Happen(new((SpecEventCode)told[0].Bits, (uint)told[1].Bits, (uint)told[2].Bits));
            if (told[0].Bits == (ulong)SpecEventCode.TaskCancelled)
                Hold(func.CancelledAt, 1);
            return [I32(await Go(j).ConfigureAwait(false))];
        }

        bool isAsync = func.Lifting is Lifting.Callback or Lifting.Stackful;
        return CanonTasks.Lift(new(func.Type(setting), Options(isAsync), Instance, Callee, func.Lifting == Lifting.Callback ? Callback : null));
    }

    private SpecOptions Options(bool isAsync) => new(StringEncoding.Utf8, new ByteMemory(false, memory), Realloc, _ => resource, Async: isAsync);

    private ulong Realloc(ulong old, ulong oldSize, ulong alignment, ulong newSize)
    {
        uint at = (free + (uint)alignment - 1) & (0 - (uint)alignment);
        free = at + (uint)newSize;
        uint kept = (uint)Math.Min(oldSize, newSize);
        SpecTrap.If(at + kept > memory.Length || old + kept > (ulong)memory.Length, "out of bounds memory access");
        memory.AsSpan((int)old, (int)kept).CopyTo(memory.AsSpan((int)at));
        return at;
    }

    // Registers, and what is known of them.
    private readonly uint[] values = new uint[Machine.Registers];
    private readonly bool[] pending = new bool[Machine.Registers], done = new bool[Machine.Registers];

    private void Hold(int r, uint value) => (values[r], pending[r], done[r]) = (value, false, false);

    private uint Take(int r)
    {
        uint value = values[r];
        Hold(r, 0);
        return value;
    }

    private void Know(int r, uint value, bool isFuture)
    {
        pending[r] = value == SpecCopyEnd.Blocked;
        done[r] = isFuture ? value < 2 : (value & 15) == 1 && value != SpecCopyEnd.Blocked;
    }

    private void Happen(SpecEvent told)
    {
        Tell(Machine.LogEvent, (uint)told.Code, told.Index, told.Payload);
        for (int r = 0; r < Machine.Zero && told.Index != 0; r++)
        {
            if (values[r] != told.Index)
                continue;
            if (told.Code == SpecEventCode.Subtask)
                pending[r] = told.Payload < 2;
            else
                Know(r, told.Payload, told.Code is SpecEventCode.FutureRead or SpecEventCode.FutureWrite);
        }
    }

    private bool Now(int r, When when) => when switch
    {
        When.Always => true,
        When.Usable => values[r] != 0 && !pending[r] && !done[r],
        When.Pending => pending[r],
        When.Idle => values[r] != 0 && !pending[r],
        When.Done => values[r] != 0 && done[r],
        When.Held => values[r] != 0,
        When.Empty => values[r] == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(when)),
    };

    private void Tell(int what, uint a, uint b, uint c)
    {
        uint hash = 0;
        for (int at = Machine.Data; at < Machine.Data + Machine.DataSize; at += 4)
            hash = (hash ^ BinaryPrimitives.ReadUInt32LittleEndian(memory.AsSpan(at))) * 16777619;
        log(new(number, what, a, b, c, hash));
    }

    /// <summary>Goes on with a script until it ends or a callback returns: the code that it returns.</summary>
    private async Task<uint> Go(int f)
    {
        while (true)
        {
            var (steps, at) = scripts[f];
            var step = steps[at];
            scripts[f] = (steps, at + 1);
            if (!Now(step.A, step.Only))
                continue;
            switch (step.Op)
            {
                case StepOp.End:
                    result = step.A;
                    Tell(0, 0x100 + (uint)f, 0, 0);
                    return (uint)CanonTasks.Exit;
                case StepOp.Await when step.D < 2 && !pending[step.A]:
                    break;
                case StepOp.Await:
                    if (step.D == 0)
                        scripts[f] = (steps, at);
                    if (step.C == 1)
                        return (uint)CanonTasks.Wait | (values[step.B] << 4);
                    Happen(await Instance.Handles.Get<SpecWaitableSet>(values[step.B]).WaitForEvent(Thread).ConfigureAwait(false));
                    break;
                case StepOp.Yield when step.C == 1:
                    return (uint)CanonTasks.Yield;
                case StepOp.Yield:
                    await Thread.WaitUntil(() => true).ConfigureAwait(false);
                    break;
                default:
                    await Do(step).ConfigureAwait(false);
                    break;
            }
        }
    }
}
