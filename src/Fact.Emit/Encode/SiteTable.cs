using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The content of a custom section that says something about the traps of a module:
/// <code>
/// vec(text: name)                                             each text once, in the order of first use
/// vec(func: u32, vec(offset: u32, text: u32))                 for each function with something to say
/// </code>
/// A function is an index in the function index space. An offset counts bytes from the start of the function's body (the
/// vector of locals is at 0) to the opcode of an <c>unreachable</c>, or in the paths also of a <c>call</c>. A text is a
/// position in the first vector.
/// </summary>
internal sealed class SiteTable
{
    private readonly List<string> texts = [];
    private readonly List<(CoreFuncIdx Func, List<(int Offset, int Text)> Sites)> funcs = [];

    private SiteTable(TrapSites traps, Func<Instr, string?> textOf)
    {
        var numbers = new Dictionary<string, int>();
        foreach (var func in traps.Funcs)
        {
            List<(int, int)> sites = [];
            foreach (var site in traps.Of(func))
            {
                if (textOf(site.Instr) is not { } text)
                    continue;
                if (numbers.TryAdd(text, texts.Count))
                    texts.Add(text);
                sites.Add((site.Offset, numbers[text]));
            }
            if (sites.Count > 0)
                funcs.Add((func.Func, sites));
        }
    }

    /// <summary>The messages: what the reference compiler calls <c>wasmtime-trampoline-traps</c>.</summary>
    public static SiteTable Messages(TrapSites traps) => new(traps, instr => instr is Instr.Trap trap ? TrapMessages.Of(trap.Code) : null);

    /// <summary>
    /// Which part of the adapter's values each check is about: our own <c>fact-trap-paths</c>, of the same form. What is checked in a
    /// helper is at the path of the call, followed by that of the check.
    /// </summary>
    public static SiteTable Paths(TrapSites traps) => new(traps, instr => instr switch
    {
        Instr.Trap trap => trap.Path,
        Instr.Call call => call.Path,
        _ => null,
    });

    /// <summary>Whether there is no trap in it.</summary>
    public bool IsEmpty => funcs.Count == 0;

    /// <summary>The number of bytes.</summary>
    public long Length()
    {
        long length = Leb128.Length((uint)texts.Count) + Leb128.Length((uint)funcs.Count);
        foreach (string text in texts)
            length += Values.NameLength(text);
        foreach (var (func, sites) in funcs)
        {
            length += Leb128.Length(func.Value) + Leb128.Length((uint)sites.Count);
            foreach (var (offset, text) in sites)
                length += Leb128.Length((uint)offset) + Leb128.Length((uint)text);
        }
        return length;
    }

    /// <summary>Writes the content.</summary>
    public int Write(Span<byte> to, int at)
    {
        at = Leb128.Write(to, at, (uint)texts.Count);
        foreach (string text in texts)
            at = Values.Name(to, at, text);
        at = Leb128.Write(to, at, (uint)funcs.Count);
        foreach (var (func, sites) in funcs)
        {
            at = Leb128.Write(to, at, func.Value);
            at = Leb128.Write(to, at, (uint)sites.Count);
            foreach (var (offset, text) in sites)
            {
                at = Leb128.Write(to, at, (uint)offset);
                at = Leb128.Write(to, at, (uint)text);
            }
        }
        return at;
    }
}
