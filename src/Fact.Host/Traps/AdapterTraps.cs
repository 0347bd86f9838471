using System;
using System.Linq;
using Fact.Ir;
using Fact.Traps;

namespace Fact.Host.Traps;

/// <summary>What an adapter module says of its traps. Its sections are read when the first trap asks.</summary>
internal sealed class AdapterTraps
{
    private readonly ResolvedModule module;
    private readonly Func<string, string?> funcOf;
    private readonly Lazy<ModuleTraps> traps;

    /// <param name="bytes">The module in the binary format.</param>
    /// <param name="module">The module.</param>
    /// <param name="name">The name that backtraces give it; no other module has it.</param>
    /// <param name="funcOf">What the caller of an adapter calls the function, by the name of the adapter.</param>
    public AdapterTraps(ReadOnlyMemory<byte> bytes, ResolvedModule module, string name, Func<string, string?> funcOf)
    {
        (this.module, Name, this.funcOf) = (module, name, funcOf);
        traps = new(() => ModuleTraps.Read(bytes).Match(Right: found => found, Left: errors => throw new System.Diagnostics.UnreachableException(errors.ToString())));
    }

    /// <summary>The name that backtraces give the module.</summary>
    public string Name { get; }

    /// <summary>The function of a frame; null where the frame is not to be believed.</summary>
    public uint? Func(ulong moduleOffset, ulong functionOffset) =>
        moduleOffset >= functionOffset && moduleOffset - functionOffset <= uint.MaxValue ? traps.Value.FuncAt((uint)(moduleOffset - functionOffset)) : null;

    /// <summary>Why the module traps at a place.</summary>
    public string? Message(uint func, ulong offset) => At(func, offset) is { Message.Length: > 0 } site ? site.Message : null;

    /// <summary>
    /// The place of the <c>unreachable</c> that the engine means: it makes one instruction of <c>if unreachable end</c> and then names the <c>if</c>.
    /// So it is the first one that does not come before what the engine says.
    /// </summary>
    public ulong Site(uint func, ulong offset) => offset <= uint.MaxValue && traps.Value.From(func, (uint)offset) is { } site ? site.FuncOffset : offset;

    /// <summary>Which value a place is about.</summary>
    public string? Path(uint func, ulong offset) => At(func, offset)?.Path;

    /// <summary>The adapter, or part of one, that a function is, and what its caller calls the function; both empty for helpers.</summary>
    public (string Adapter, string Func) Adapter(uint func)
    {
        string name = module.Exports.Items.Where(e => e.Func == new CoreFuncIdx(func)).Select(e => e.Name).FirstOrDefault("");
        // The parts of an asynchronous adapter are called [part]adapter.
        return (name, funcOf(name[(name.LastIndexOf(']') + 1)..]) ?? "");
    }

    private TrapSite? At(uint func, ulong offset) => offset <= uint.MaxValue ? traps.Value.At(func, (uint)offset) : null;
}
