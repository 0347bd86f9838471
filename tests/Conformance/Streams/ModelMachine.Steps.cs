using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Tasks;

namespace Fact.Conformance.Streams;

// What steps do.
internal sealed partial class ModelMachine
{
    private async Task Do(Step step)
    {
        uint d = (uint)step.D, r;
        switch (step.Op)
        {
            case StepOp.New:
                var channel = setting.Channels[(step.D - Machine.Channels) / Machine.OfChannel];
                var (readable, writable) = SpecCopyEnd.New(Instance, channel.IsStream, channel.Element);
                Hold(step.A, readable);
                Hold(step.A + 1, writable);
                Tell(1, d, readable, writable);
                break;
            case StepOp.CopyStream or StepOp.CopyFuture:
                var (end, builtin) = End(step.D);
                uint n = step.Op == StepOp.CopyStream ? (uint)step.C : 1;
                var cx = Canon.Context(Options(false), Instance, null, null);
                bool isAsync = builtin is Machine.Read or Machine.Write;
                r = await SpecCopyEnd.Copy(Thread, end, isAsync, values[step.A], () => new(cx, end.Element, (uint)step.B, n)).ConfigureAwait(false);
                Know(step.A, r, !end.IsStream);
                Tell((int)step.Op, d, (uint)step.A, r);
                break;
            case StepOp.Cancel:
                var (given, how) = End(step.D);
                r = await SpecCopyEnd.Cancel(Thread, given, how is Machine.CancelReadAsync or Machine.CancelWriteAsync, values[step.A]).ConfigureAwait(false);
                Know(step.A, r, !given.IsStream);
                Tell(4, d, (uint)step.A, r);
                break;
            case StepOp.Drop:
                Drop(step.D, Take(step.A));
                Tell(5, d, (uint)step.A, 0);
                break;
            case StepOp.Forward:
                uint from = Take(step.A), to = Take(step.B);
                SpecCopyEnd.Forward(Instance, End(step.D).Type with { IsReadable = true }, from, to);
                Tell(6, d, (uint)step.A, (uint)step.B);
                break;
            case StepOp.NewSet:
                Hold(step.A, Instance.Handles.AddEntry(new SpecWaitableSet()));
                Tell(7, (uint)step.A, values[step.A], 0);
                break;
            case StepOp.Join:
                Instance.Handles.Get<SpecWaitable>(values[step.A]).Join(values[step.B] == 0 ? null : Instance.Handles.Get<SpecWaitableSet>(values[step.B]));
                Tell(8, (uint)step.A, (uint)step.B, 0);
                break;
            case StepOp.Poll:
                Happen(Instance.Handles.Get<SpecWaitableSet>(values[step.B]).Poll(Instance.Store));
                break;
            case StepOp.Call:
                await Call(step).ConfigureAwait(false);
                break;
            case StepOp.Load:
                Hold(step.A, BinaryPrimitives.ReadUInt32LittleEndian(memory.AsSpan(step.B)));
                Tell(13, (uint)step.A, values[step.A], 0);
                break;
            case StepOp.Store:
                BinaryPrimitives.WriteUInt32LittleEndian(memory.AsSpan(step.B), Take(step.A));
                Tell(14, (uint)step.A, 0, 0);
                break;
            case StepOp.Return:
                int returned = (step.B - Machine.Calls(setting)) / 3;
                CanonTasks.TaskReturn(Thread, returned == setting.Funcs.Length || setting.Funcs[returned].Result is null ? [] : [I32(Take(step.Args[0]))]);
                Tell(15, (uint)step.B, 0, 0);
                break;
            case StepOp.Make:
                Hold(step.A, Canon.ResourceNew(Instance, resource, (uint)step.C));
                Tell(16, (uint)step.A, values[step.A], 0);
                break;
            case StepOp.CancelSubtask:
                r = await CanonTasks.SubtaskCancel(Thread, step.D == 1, values[step.A]).ConfigureAwait(false);
                pending[step.A] = r == SpecCopyEnd.Blocked;
                Tell(17, (uint)step.A, d, r);
                break;
            case StepOp.CancelTask:
                CanonTasks.TaskCancel(Thread);
                Tell(18, 0, 0, 0);
                break;
            case StepOp.Backpressure:
                CanonTasks.Backpressure(Instance, step.D == 1 ? -1 : 1);
                Tell(19, d, 0, 0);
                break;
            case StepOp.Context when step.D == 1:
                Tell(20, (uint)Thread.Storage[0], 0, 0);
                break;
            case StepOp.Context:
                Thread.Storage[0] = (uint)step.C;
                break;
            default:
                throw new ArgumentException($"{step.Op}");
        }
    }

    private void Drop(int builtin, uint index)
    {
        switch (builtin)
        {
            case Machine.DropSubtask:
                CanonTasks.SubtaskDrop(Instance, index);
                break;
            case Machine.DropSet:
                Instance.Handles.Get<SpecWaitableSet>(index).Drop();
                Instance.Handles.Remove<SpecWaitableSet>(index);
                break;
            case Machine.DropResource:
                Canon.ResourceDrop(Instance, resource, index, Instance.Store.Dialect);
                break;
            default:
                SpecCopyEnd.DropEnd(Instance, End(builtin).Type, index);
                break;
        }
    }

    private async Task Call(Step step)
    {
        int j = (step.B - Machine.Calls(setting)) / 3;
        bool isAsync = step.D == 1;
        List<CoreValue> arguments = [];
        foreach (var passed in setting.Funcs[j].Params)
        {
            for (int i = 0; i < passed.Flat; i++)
            {
                int register = step.Args[arguments.Count];
                arguments.Add(I32(passed is Passed.Borrow ? values[register] : Take(register)));
            }
        }
        if (isAsync && setting.Funcs[j].Result is not null)
            arguments.Add(I32((uint)step.C));
        var results = await CanonTasks.Lower(functions(j), setting.Funcs[j].Type(setting), Options(isAsync), Thread, arguments).ConfigureAwait(false);
        uint r = results.Count == 0 ? 0 : (uint)results[0].Bits;
        Tell(12, (uint)step.B, (uint)step.D, r);
        Hold(step.A, isAsync ? r >> 4 : r);
        if (isAsync)
            pending[step.A] = (r & 15) < 2;
    }

    /// <summary>What a built-in of a channel is about.</summary>
    private (SpecEndType Type, int Builtin) End(int number)
    {
        int builtin = (number - Machine.Channels) % Machine.OfChannel;
        var channel = setting.Channels[(number - Machine.Channels) / Machine.OfChannel];
        bool isReadable = builtin is Machine.Read or Machine.ReadSync or Machine.CancelRead or Machine.CancelReadAsync or Machine.DropReadable;
        return (new(channel.IsStream, isReadable, channel.Element), builtin);
    }

    private static CoreValue I32(uint bits) => new(CoreValType.I32, bits);
}
