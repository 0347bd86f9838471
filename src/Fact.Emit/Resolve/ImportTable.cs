using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The imports of a module: each denotation once, numbered per kind in the order in which they are first mentioned.</summary>
/// <param name="types">The types of the module.</param>
/// <param name="expected">How many imports there may be: tables start that large.</param>
internal sealed class ImportTable(TypeTable types, int expected)
{
    private SmallMap<ImportKey, uint> indices = new(expected);
    private readonly List<ResolvedImport> imports = new(expected);
    private SmallMap<AdapterName, bool> adapterNames = new(expected / 2);
    private Dictionary<string, uint>? adapterNumbers;
    private uint funcs, memories, globals;

    /// <summary>How many functions are imported so far.</summary>
    public uint Funcs => funcs;

    /// <summary>How many memories are imported so far.</summary>
    public uint Memories => memories;

    /// <summary>How many globals are imported so far.</summary>
    public uint Globals => globals;

    /// <summary>Mentions an import for its own sake.</summary>
    public void Mention(Import import) => Index(import, Key(import));

    /// <summary>The index of an imported function.</summary>
    public CoreFuncIdx Func(Import import) => import is Import.Memory or Import.InstanceFlags
        ? throw new UnreachableException("not a function")
        : new CoreFuncIdx(Index(import, Key(import)));

    /// <summary>The index of a memory.</summary>
    public CoreMemoryIdx Memory(Import.Memory memory) => new(Index(memory, new(ImportKind.Memory, memory.Id.Value)));

    /// <summary>The index of the global that holds an instance's flags.</summary>
    public CoreGlobalIdx Global(Import.InstanceFlags flags) => new(Index(flags, new(ImportKind.Flags, flags.Instance.Value)));

    public EquatableArray<ResolvedImport> ToArray() => new([.. imports]);

    private ImportKey Key(Import import) => import switch
    {
        Import.InstanceFlags flags => new(ImportKind.Flags, flags.Instance.Value),
        Import.Memory memory => new(ImportKind.Memory, memory.Id.Value),
        Import.Realloc realloc => CoreFunc(realloc.Func, realloc),
        Import.Callback callback => CoreFunc(callback.Func, callback),
        Import.Callee callee => CoreFunc(callee.Func, callee),
        Import.PostReturn postReturn => CoreFunc(postReturn.Func, postReturn),
        Import.Transcode transcode =>
            new(ImportKind.FirstTranscoder + (uint)transcode.Op, Memory(transcode.From).Value, Memory(transcode.To).Value),
        Import.Transfer transfer => new(ImportKind.Transfer, (uint)transfer.Kind),
        Import.ResourceEnterCall => new(ImportKind.EnterCall),
        Import.ResourceExitCall => new(ImportKind.ExitCall),
        Import.ResourceDrop drop => new(ImportKind.ResourceDrop, drop.Resource.Value),
        Import.PrepareCall prepare => new(
            ImportKind.PrepareCall,
            AdapterNumber(prepare.Adapter),
            Type(prepare).Value,
            prepare.LiftMemory is { } memory ? Memory(memory).Value + 1 : 0),
        Import.SyncStartCall start => new(
            start.CallbackFunc is null ? ImportKind.SyncStartCall : ImportKind.SyncStartCallWithCallback,
            AdapterNumber(start.Adapter),
            Type(start).Value,
            start.CallbackFunc.GetValueOrDefault().Value),
        Import.AsyncStartCall start => new(
            (start.CallbackFunc, start.PostReturnFunc) switch
            {
                (null, null) => ImportKind.AsyncStartCall,
                (not null, null) => ImportKind.AsyncStartCallWithCallback,
                (null, not null) => ImportKind.AsyncStartCallWithPostReturn,
                (not null, not null) => ImportKind.AsyncStartCallWithBoth,
            },
            start.CallbackFunc.GetValueOrDefault().Value,
            start.PostReturnFunc.GetValueOrDefault().Value),
    };

    private ImportKey CoreFunc(CoreFuncId func, Import import) => new(ImportKind.CoreFunc, func.Value, Type(import).Value);

    private CoreTypeIdx Type(Import import) => types.Index(ImportTypes.Of(import) ?? throw new UnreachableException("not a function"));

    private uint AdapterNumber(string adapter)
    {
        adapterNumbers ??= [];
        ref uint number = ref CollectionsMarshal.GetValueRefOrAddDefault(adapterNumbers, adapter, out bool known);
        if (!known)
            number = (uint)adapterNumbers.Count;
        return number;
    }

    private uint Index(Import import, ImportKey key)
    {
        ref uint index = ref indices.GetOrAdd(key, out bool known);
        if (!known)
            index = Add(import, key);
        return index;
    }

    private uint Add(Import import, ImportKey key)
    {
        string module = ImportNames.Module(import), name = import is Import.Transcode transcode
            ? ImportNames.Name(transcode.Op, new CoreMemoryIdx(key.A), new CoreMemoryIdx(key.B))
            : ImportNames.Name(import, (int)funcs, (int)memories);
        CoreExternType type = import switch
        {
            Import.InstanceFlags => MutableI32,
            Import.Memory memory => new CoreExternType.Memory(memory.Type),
            _ => new CoreExternType.Func(Type(import)),
        };
        imports.Add(new ResolvedImport(module, NamedByAdapter(import) ? Unique(module, name) : name, type, import));
        return type switch
        {
            CoreExternType.Func => funcs++,
            CoreExternType.Memory => memories++,
            CoreExternType.Global => globals++,
            CoreExternType.Table or CoreExternType.Tag => throw new UnreachableException("adapters import no tables and tags"),
        };
    }

    private static readonly CoreExternType MutableI32 = new CoreExternType.Global(CoreGlobalType.MutableI32);

    /// <summary>Whether the name comes from the caller, so that only the caller's care makes it unique.</summary>
    private static bool NamedByAdapter(Import import) => import
        is Import.Callee or Import.PostReturn or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall;

    private string Unique(string module, string name)
    {
        string unique = name;
        for (int i = 1; !adapterNames.TryAdd(new(module, unique), true); i++)
            unique = $"{name}#{i}";
        return unique;
    }

    /// <param name="module">One of the names of <see cref="ImportNames"/>, always the same object.</param>
    /// <param name="name">The second name.</param>
    private readonly struct AdapterName(string module, string name) : IEquatable<AdapterName>
    {
        private readonly string module = module, name = name;

        public bool Equals(AdapterName other) => ReferenceEquals(module, other.module) && name == other.name;

        public override bool Equals(object? obj) => obj is AdapterName other && Equals(other);

        // Hardly any name is there for two modules.
        public override int GetHashCode() => name.GetHashCode();
    }
}
