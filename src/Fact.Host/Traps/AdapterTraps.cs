using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Host.Traps;

/// <summary>What an adapter module says of its traps. Its sections are read when the first trap asks.</summary>
internal sealed class AdapterTraps
{
    private readonly AdapterModule module;
    private readonly Func<string, string?> funcOf;
    private readonly Lazy<Dictionary<int, uint>> funcsByStart;
    private readonly Lazy<Dictionary<(uint Func, uint Offset), string>> messages;
    private readonly Lazy<Dictionary<(uint Func, uint Offset), string>> paths;

    /// <param name="module">The module.</param>
    /// <param name="name">The name that backtraces give it; no other module has it.</param>
    /// <param name="funcOf">What the caller of an adapter calls the function, by the name of the adapter.</param>
    public AdapterTraps(AdapterModule module, string name, Func<string, string?> funcOf)
    {
        (this.module, Name, this.funcOf) = (module, name, funcOf);
        uint imported = (uint)module.Imports.Items.Count(i => i.Type is ModuleImportType.Func);
        funcsByStart = new(() => BinarySections.Bodies(module.Bytes.AsMemory()).Select((start, i) => (start, i)).ToDictionary(b => b.start, b => imported + (uint)b.i));
        messages = new(() => BinarySections.Texts(module.Bytes.AsMemory(), "wasmtime-trampoline-traps"));
        paths = new(() => BinarySections.Texts(module.Bytes.AsMemory(), "fact-trap-paths"));
    }

    /// <summary>The name that backtraces give the module.</summary>
    public string Name { get; }

    /// <summary>The function of a frame; null where the frame is not to be believed.</summary>
    public uint? Func(ulong moduleOffset, ulong functionOffset) =>
        moduleOffset >= functionOffset && moduleOffset - functionOffset <= int.MaxValue && funcsByStart.Value.TryGetValue((int)(moduleOffset - functionOffset), out uint func)
            ? func
            : null;

    /// <summary>Why the module traps at a place.</summary>
    public string? Message(uint func, ulong offset) => messages.Value.GetValueOrDefault((func, (uint)offset));

    /// <summary>
    /// The place of the <c>unreachable</c> that the engine means: it makes one instruction of <c>if unreachable end</c> and then names the <c>if</c>.
    /// So it is the first one that does not come before what the engine says.
    /// </summary>
    public ulong Site(uint func, ulong offset) =>
        messages.Value.Keys.Where(k => k.Func == func && k.Offset >= offset).Select(k => (ulong)k.Offset).DefaultIfEmpty(offset).Min();

    /// <summary>Which value a place is about.</summary>
    public string? Path(uint func, ulong offset) => paths.Value.GetValueOrDefault((func, (uint)offset));

    /// <summary>The adapter, or part of one, that a function is, and what its caller calls the function; both empty for helpers.</summary>
    public (string Adapter, string Func) Adapter(uint func)
    {
        string name = module.Code.Exports.Items.Where(e => e.Func == new CoreFuncIdx(func)).Select(e => e.Name).FirstOrDefault("");
        // The parts of an asynchronous adapter are called [part]adapter.
        return (name, funcOf(name[(name.LastIndexOf(']') + 1)..]) ?? "");
    }
}
