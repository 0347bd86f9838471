using Fact.Ir;

namespace Fact.Host;

/// <summary>How components are run: how their adapters are compiled, what instances may take of this process, and what calls may.</summary>
public sealed record HostOptions
{
    /// <summary>How adapters are compiled: they convert strings themselves, with vectors, which the engine has, and a module of its own keeps handles. Without trap
    /// information, traps do not say where they happened.</summary>
    public CompileOptions Compile { get; init; } =
        new(ExceptionBarrier: true, TrapInfo: true, Names: true, Transcoders: Transcoders.Simd, HandleTables: HandleTables.Wasm);

    /// <summary>Whether a component instance may be entered while it is in a call already: by adapters, by destructors, by the host. It is the option of
    /// <see cref="Compile"/>, so set it after that.</summary>
    public Reentrance Reentrance
    {
        get => Compile.Reentrance;
        init => Compile = Compile with { Reentrance = value };
    }

    /// <summary>
    /// How many bytes of the managed heap the values that one call passes to the host may take, arguments or result. A byte of a
    /// <c>list&lt;u8&gt;</c> takes 1, a <c>u16</c> 32, a character of a string 2. Lists can share their elements, so that a small memory could
    /// become values without end.
    /// </summary>
    public ulong MaxLiftedBytes { get; init; } = 1 << 28;

    /// <summary>
    /// Where the choices start that the specification leaves to a host of asynchronous calls: which of the threads that are ready goes on, which event comes
    /// first. Null for none: then it is
    /// always the one that has waited longest, and the same component does the same every time.
    /// </summary>
    public int? ScheduleSeed { get; init; }

    /// <summary>
    /// How many handles all instances of a component together may have, and how many of them may be lent at a time; one more is a trap. Each takes 16 to 100 bytes, in
    /// the memory of the runtime module or, where <see cref="Compile"/> leaves handles to the host, in its own. So many threads may each instance have, too.
    /// </summary>
    public int MaxHandles { get; init; } = 1 << 20;

    /// <summary>
    /// How many bytes all memories of a component together may have, that of the runtime module included; null for no limit but those of the memories. What they need at
    /// first must fit in. The rest is shared out among them, so that the memories which say no smaller maximum themselves can all grow to the same size; growing
    /// further fails, as the guest sees. Where modules can make objects, the heap of these is one more memory.
    /// </summary>
    public long? MaxMemoryBytes { get; init; } = 1L << 34;

    /// <summary>
    /// How many elements all tables of a component together may have, shared out as memory is; null for no limit but those of the tables. An
    /// element takes 8 bytes and more.
    /// </summary>
    public long? MaxTableElements { get; init; } = 10_000_000;

    /// <summary>What every call may take, and every instantiation.</summary>
    public CallLimits Limits { get; init; } = CallLimits.None;

    /// <summary>
    /// Whether calls may have limits of time, or be stopped, although <see cref="Limits"/> does not say so. Guest code that can be stopped looks at every turn of a
    /// loop whether it
    /// is to stop, and takes up to some tenths longer.
    /// </summary>
    public bool Interruptible { get; init; }

    /// <summary>Whether calls may have limits of fuel although <see cref="Limits"/> does not say so. Counting takes guest code longer still.</summary>
    public bool Metered { get; init; }

    /// <summary>
    /// How many bytes of a thread's stack guest code may take; more is a trap. At least 64 KiB and at most 1 MiB are used; threads that call must have so much, and
    /// some more. Null for the
    /// engine's default of 512 KiB.
    /// </summary>
    public int? MaxStackBytes { get; init; }

    internal bool CanInterrupt => Interruptible || Limits.Interrupts;

    internal bool CanMeter => Metered || Limits.Fuel is not null;

    /// <summary>0 for the engine's default.</summary>
    internal int StackBytes => MaxStackBytes is { } bytes ? System.Math.Clamp(bytes, 1 << 16, 1 << 20) : 0;

    /// <summary>The greatest number of bytes of a string or list that passes between host and guest: as in adapters.</summary>
    internal uint MaxByteLength => (uint)Compile.ByteLimit;

    /// <summary>Whether core modules and adapters are compiled and instantiated as one module, where that is possible; nobody can tell, but for what it costs.</summary>
    internal bool MergeModules { get; init; } = true;

    internal int HandleLimit => System.Math.Max(MaxHandles, 0);
}
