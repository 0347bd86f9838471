using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>Sees to it that the memories and the tables of a component stay within the limits of its host.</summary>
internal sealed class StoreLimits
{
    private readonly Store store;
    private readonly Share memories, tables;

    /// <param name="store">Where they are made.</param>
    /// <param name="maxMemoryBytes">How many bytes all memories may have; null for no limit.</param>
    /// <param name="maxTableElements">How many elements all tables may have; null for no limit.</param>
    /// <param name="handles">The memory that handles are kept in; null where there is none.</param>
    /// <param name="modules">The core modules that will be instantiated, each as often as it will be.</param>
    /// <exception cref="LimitSignal">They cannot keep the limits.</exception>
    public StoreLimits(Store store, long? maxMemoryBytes, long? maxTableElements, Growable? handles, IReadOnlyCollection<LoadedModule> modules)
    {
        this.store = store;
        // A store has one heap of objects, which the engine keeps in a memory of its own.
        Growable[] more = modules.Any(m => m.Surface.HasObjects) ? [new(0, 1UL << 32)] : [];
        if (handles is { } memory)
            more = [.. more, memory];
        memories = new("memories", "bytes", "MaxMemoryBytes", maxMemoryBytes, modules, m => m.Memories, more);
        tables = new("tables", "elements", "MaxTableElements", maxTableElements, modules, m => m.Tables, []);
        store.SetLimits(memories.Each, Elements(tables.Each), null, null, null);
    }

    /// <summary>Instantiates a core module. What is larger at first than it could grow to is let through; nothing can grow meanwhile.</summary>
    public Instance Instantiate(LoadedModule module, Func<Instance> instantiate) => Instantiate(module.Memories, module.Tables, instantiate);

    /// <summary>The same for several at once.</summary>
    /// <param name="newMemories">The memories that are made.</param>
    /// <param name="newTables">The tables that are made.</param>
    /// <param name="instantiate">Makes them; no guest code runs meanwhile.</param>
    public Instance Instantiate(IReadOnlyList<Growable> newMemories, IReadOnlyList<Growable> newTables, Func<Instance> instantiate)
    {
        if (memories.Lets(newMemories) && tables.Lets(newTables))
            return instantiate();
        store.SetLimits(memories.Raised(newMemories), Elements(tables.Raised(newTables)), null, null, null);
        try
        {
            return instantiate();
        }
        finally
        {
            store.SetLimits(memories.Each, Elements(tables.Each), null, null, null);
        }
    }

    /// <summary>What a memory can have.</summary>
    public static Growable Of(CoreMemoryType type) => Of(type.Limits, type.Limits.Is64 ? ulong.MaxValue : 1UL << 32, UInt128.One << type.PageSizeLog2);

    /// <summary>What a table can have.</summary>
    public static Growable Of(CoreTableType type) => Of(type.Limits, type.Limits.Is64 ? ulong.MaxValue : uint.MaxValue, 1);

    private static Growable Of(CoreLimits limits, UInt128 most, UInt128 unit) => new(limits.Min * unit, UInt128.Min(most, (limits.Max ?? ulong.MaxValue) * unit));

    private static uint? Elements(long? limit) => limit is { } value ? (uint)Math.Min(value, uint.MaxValue) : null;

    /// <summary>One limit, shared out.</summary>
    private sealed class Share
    {
        private readonly UInt128? each;

        public Share(
            string what,
            string unit,
            string option,
            long? limit,
            IReadOnlyCollection<LoadedModule> modules,
            Func<LoadedModule, IReadOnlyList<Growable>> select,
            Growable[] more)
        {
            if (limit is not { } total)
                return;
            UInt128 most = (UInt128)Math.Max(total, 0);
            var all = modules.SelectMany(select).ToList();
            each = SharedLimit.Each([.. all, .. more], most);
            // A start function of a module that needs the limit raised could use it to grow something else.
            if (each is { } size && modules.Where(m => m.Surface.HasStart).SelectMany(select).All(one => one.Min <= size))
                return;
            throw new LimitSignal(string.Create(
                CultureInfo.InvariantCulture,
                $"the {all.Count} {what} of the component have {SharedLimit.Together(all, 0)} {unit} at first, and the limit of this host is {most}: raise {option}"));
        }

        /// <summary>The engine's limit; null for none.</summary>
        public long? Each => each is { } size ? (long)size : null;

        /// <summary>Whether a module can be instantiated under it.</summary>
        public bool Lets(IReadOnlyList<Growable> made) => each is not { } size || made.All(one => one.Min <= size);

        /// <summary>The engine's limit while a module is instantiated.</summary>
        public long? Raised(IReadOnlyList<Growable> made) => each is { } size ? (long)made.Aggregate(size, (most, one) => UInt128.Max(most, one.Min)) : null;
    }
}

/// <summary>Carries the news that a component cannot keep the host's limits.</summary>
internal sealed class LimitSignal(string message) : Exception(message);
