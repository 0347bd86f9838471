using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Model;
using Wasmtime;

namespace Fact.Conformance.Behaviour.Rig;

/// <summary>Why a call trapped, as the custom sections of a module tell it.</summary>
/// <param name="Message">From <c>wasmtime-trampoline-traps</c>; the engine's or host's own words where the trap is none of the adapter's.</param>
/// <param name="Path">From <c>fact-trap-paths</c>: of every frame, the outermost first.</param>
/// <param name="Function">The function that trapped, from the name section.</param>
internal sealed record TrapReport(string Message, string Path, string? Function = null)
{
    /// <summary>Runs something that must trap.</summary>
    public static TrapReport Of(AdapterRig rig, Action run)
    {
        rig.Innermost = null;
        try
        {
            run();
        }
        catch (HostFault)
        {
            throw;
        }
        catch (WasmtimeException e)
        {
            return Of(rig, e);
        }
        throw new InvalidOperationException("the call did not trap");
    }

    /// <summary>Explains the trap of a call.</summary>
    public static TrapReport Of(AdapterRig rig, WasmtimeException trap) => Explain(rig.Module.Bytes.AsSpan(), rig.Innermost ?? trap);

    private static TrapReport Explain(ReadOnlySpan<byte> module, WasmtimeException trap)
    {
        if (trap.InnerException is { } host)
            return new(host.GetType().Name + ": " + host.Message, "");
        if (trap is not TrapException { Frames: { Count: > 0 } frames })
            return new(trap.Message, "");
        var sections = new TrapSections(module);
        string? message = sections.Message(frames[0].ModuleOffset);
        var paths = frames.Reverse().Select(frame => sections.Path(frame.ModuleOffset)).Where(path => path is not null);
        return new(message ?? trap.Message, string.Join(" · ", paths), frames[0].FunctionName);
    }
}

/// <summary>Reads the two sections, and the code section to know what an offset in the module is in.</summary>
internal sealed class TrapSections
{
    private const int LengthOfIf = 2;

    private readonly List<(int Start, int Index)> bodies = [];
    private readonly Dictionary<(int Func, int Offset), string> messages = [], paths = [];

    public TrapSections(ReadOnlySpan<byte> module)
    {
        int at = 8, importedFuncs = 0;
        while (at < module.Length)
        {
            int id = module[at++], size = Number(module, ref at), end = at + size;
            if (id == 2)
                importedFuncs = Imports(module, at);
            else if (id == 10)
                Code(module, at, importedFuncs);
            else if (id == 0)
                Custom(module, at);
            at = end;
        }
    }

    /// <summary>Of the <c>unreachable</c> at an offset, or of the one that the <c>if</c> there guards: the engine makes one conditional trap of the two.</summary>
    public string? Message(nuint moduleOffset) => At(messages, moduleOffset) ?? At(messages, moduleOffset + LengthOfIf);

    /// <summary>Of the trap or call at an offset.</summary>
    public string? Path(nuint moduleOffset) => At(paths, moduleOffset) ?? (At(messages, moduleOffset) is null ? At(paths, moduleOffset + LengthOfIf) : null);

    /// <summary>Every trap of the module: function, offset, message.</summary>
    public IReadOnlyDictionary<(int Func, int Offset), string> Messages => messages;

    /// <summary>Where in the module the body of a function begins.</summary>
    public int StartOf(int func) => bodies.Single(body => body.Index == func).Start;

    private string? At(Dictionary<(int, int), string> table, nuint moduleOffset)
    {
        var body = bodies.LastOrDefault(b => (nuint)b.Start <= moduleOffset);
        return table.GetValueOrDefault((body.Index, (int)moduleOffset - body.Start));
    }

    private static int Imports(ReadOnlySpan<byte> module, int at)
    {
        int count = Number(module, ref at), funcs = 0;
        for (int i = 0; i < count; i++)
        {
            Skip(module, ref at);
            Skip(module, ref at);
            switch (module[at++])
            {
                case 0:
                    Number(module, ref at);
                    funcs++;
                    break;
                case 2:
                    int flags = module[at++];
                    Number(module, ref at);
                    if ((flags & 8) != 0)
                        Number(module, ref at);
                    break;
                default:
                    at += 2;
                    break;
            }
        }
        return funcs;
    }

    private void Code(ReadOnlySpan<byte> module, int at, int index)
    {
        int count = Number(module, ref at);
        for (int i = 0; i < count; i++)
        {
            int size = Number(module, ref at);
            bodies.Add((at, index + i));
            at += size;
        }
    }

    private void Custom(ReadOnlySpan<byte> module, int at)
    {
        string name = Text(module, ref at);
        if (name is not "wasmtime-trampoline-traps" and not "fact-trap-paths")
            return;
        var table = name == "fact-trap-paths" ? paths : messages;
        string[] texts = new string[Number(module, ref at)];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Text(module, ref at);
        int funcs = Number(module, ref at);
        for (int i = 0; i < funcs; i++)
        {
            int func = Number(module, ref at), sites = Number(module, ref at);
            for (int j = 0; j < sites; j++)
            {
                int offset = Number(module, ref at);
                table.Add((func, offset), texts[Number(module, ref at)]);
            }
        }
    }

    private static int Number(ReadOnlySpan<byte> module, ref int at)
    {
        int value = 0, shift = 0;
        while (true)
        {
            byte b = module[at++];
            value |= (b & 0x7F) << shift;
            if (b < 0x80)
                return value;
            shift += 7;
        }
    }

    private static string Text(ReadOnlySpan<byte> module, ref int at)
    {
        int length = Number(module, ref at);
        at += length;
        return Encoding.UTF8.GetString(module.Slice(at - length, length));
    }

    private static void Skip(ReadOnlySpan<byte> module, ref int at)
    {
        int length = Number(module, ref at);
        at += length;
    }
}
