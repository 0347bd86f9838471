using Fact.Emit;
using Fact.Ir;
using Fact.Lower;
using Fact.Lower.Passes;

namespace Fact;

/// <summary>How an adapter module is compiled.</summary>
/// <param name="ByteLimit">The most bytes a string or list may have.</param>
/// <param name="ExceptionBarrier">Whether an exception of a callee, a post-return function or an allocator becomes a trap. The target must have exceptions.</param>
/// <param name="Assertions">Whether the module also checks what only a fault in its host, or in this compiler, could break; and, though the specification lets any
/// bits pass there, that a guest leaves the upper half of a 64-bit slot that carries 32 bits empty.</param>
/// <param name="TrapInfo">Whether the module says for each trap why it trapped, and where in which value: the custom sections <c>wasmtime-trampoline-traps</c> and
/// <c>fact-trap-paths</c>.</param>
/// <param name="Names">Whether the module has a name section.</param>
/// <param name="Reentrance">Whether a call may enter a component instance that is in a call already.</param>
/// <param name="Transcoders">Who converts strings.</param>
/// <param name="HandleTables">Who keeps the tables of resource handles. Adapter modules are the same either way; whole components get a runtime module or not.</param>
/// <param name="Optimize">Whether code is short or fast.</param>
public sealed record CompileOptions(
    ByteLimit ByteLimit = ByteLimit.Spec,
    bool ExceptionBarrier = false,
    bool Assertions = false,
    bool TrapInfo = false,
    bool Names = false,
    Reentrance Reentrance = Reentrance.Allow,
    Transcoders Transcoders = Transcoders.Wasm,
    HandleTables HandleTables = HandleTables.Wasm,
    Optimize Optimize = Optimize.Speed)
{
    /// <summary>The fastest module that runs on any engine.</summary>
    public static CompileOptions Default { get; } = new();

    /// <summary>A debug build: assertions, reasons for traps, names.</summary>
    public static CompileOptions Debug { get; } = new(Assertions: true, TrapInfo: true, Names: true);

    /// <summary>What a host of the reference compiler's modules expects: it converts strings and keeps handles itself, and every adapter is in a module.</summary>
    public static CompileOptions Reference { get; } = new(Transcoders: Transcoders.Imported, HandleTables: HandleTables.Imported, Optimize: Optimize.Size)
    {
        Passes = PassList.All.Without(ElideAdapters.PassName),
    };

    /// <summary>What makes adapters cheaper.</summary>
    internal PassList Passes { get; init; } = PassList.All;

    internal LowerOptions Lower => new(ByteLimit, ExceptionBarrier, Assertions, TrapInfo, Reentrance, Transcoders, Optimize) { Passes = Passes };

    internal EmitOptions Emit => new(new EncodeOptions(Names, TrapInfo));
}
