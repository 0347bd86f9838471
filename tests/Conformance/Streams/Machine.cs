using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Conformance.Streams;

/// <summary>Where a guest has what in its memories, one for itself and one for values, and how steps are encoded.</summary>
internal static class Machine
{
    /// <summary>Registers, of which the last is always zero.</summary>
    public const int Registers = 64, Zero = 63;

    /// <summary>Addresses of: registers, whether something is under way in them, the last result, whether nothing more is to come.</summary>
    public const int Values = 0, Pending = 0x100, Results = 0x200, Done = 0x300;

    /// <summary>Addresses of: the next step of each function, with that of <c>run</c> at <see cref="RunSlot"/>; events; where the allocator goes on.</summary>
    public const int Next = 0x400, Event = 0x4F0, Free = 0x4E0;

    /// <summary>The place of <c>run</c> among the functions.</summary>
    public const int RunSlot = 31;

    /// <summary>Address of the steps, and the size of one in bytes; arguments come in a step of their own.</summary>
    public const int Steps = 0x1000, StepSize = 24;

    /// <summary>Address and size of the data, which is part of what is logged; the allocator begins in the middle.</summary>
    public const int Data = 0x4000, DataSize = 0x800, Heap = 0x4500;

    /// <summary>Where what a guest is set up with goes.</summary>
    public const int Incoming = 0x8000;

    /// <summary>Built-ins of a channel, by their places behind those of the channel before.</summary>
    public const int New = 0, Read = 1, Write = 2, ReadSync = 3, WriteSync = 4, CancelRead = 5, CancelWrite = 6, DropReadable = 7, DropWritable = 8,
        Forward = 9, CancelReadAsync = 10, CancelWriteAsync = 11, OfChannel = 12;

    /// <summary>Other built-ins.</summary>
    public const int DropSubtask = 0, DropSet = 1, DropResource = 2, Channels = 3;

    /// <summary>What is logged beside steps: an event; a destructor; the parameters of a function.</summary>
    public const int LogEvent = 40, LogDestructor = 42, LogStart = 43;

    /// <summary>The number that a destructor logs itself with.</summary>
    public const int Leaf = 9;

    /// <summary>A built-in of a channel.</summary>
    public static int Builtin(int channel, int builtin) => Channels + (channel * OfChannel) + builtin;

    /// <summary>
    /// The first function behind the built-ins: for each function a synchronous call, an asynchronous one, and its return; in the end, those of <c>run</c>.
    /// </summary>
    public static int Calls(StreamSetting setting) => Builtin(setting.Channels.Length, 0);

    /// <summary>What an instance is set up with: pieces of memory, each with its address and size, as one character a byte.</summary>
    public static string Image(StreamSetting setting, StreamCase @case, int instance)
    {
        var pieces = new List<(int At, byte[] Bytes)> { (Free, Words(Heap)), (Data, [.. @case.Data[instance].Items]) };
        int at = Steps;
        for (int i = 0; i <= setting.Funcs.Length; i++)
        {
            bool isRun = i == setting.Funcs.Length;
            if ((isRun ? 0 : setting.Funcs[i].Owner) != instance)
                continue;
            byte[] steps = [.. (isRun ? @case.Run : @case.Scripts[i]).Items.SelectMany(Encode)];
            pieces.Add((Next + (4 * (isRun ? RunSlot : i)), Words(at)));
            pieces.Add((at, steps));
            at += steps.Length;
        }
        var image = new StringBuilder();
        foreach (var (to, bytes) in pieces)
        {
            foreach (byte b in (byte[])[.. Words(to, bytes.Length), .. bytes])
                image.Append((char)b);
        }
        return image.ToString();
    }

    private static byte[] Encode(Step step)
    {
        byte[] words = Words((int)step.Op, step.A, step.B, step.C, step.D, (int)step.Only);
        return HasArguments(step.Op) ? [.. words, .. Words([.. step.Args, .. Enumerable.Repeat(Zero, 6 - step.Args.Length)])] : words;
    }

    /// <summary>Whether arguments follow.</summary>
    public static bool HasArguments(StepOp op) => op is StepOp.Call or StepOp.Return;

    private static byte[] Words(params int[] words) => [.. words.SelectMany(BitConverter.GetBytes)];
}
