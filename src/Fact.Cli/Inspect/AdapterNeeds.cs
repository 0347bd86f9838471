using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>What each adapter of a module needs of its host: what its code mentions, and that of the functions that it calls. Every function is looked at once.</summary>
internal sealed class AdapterNeeds
{
    private readonly AdapterModule module;
    private readonly int importedFuncs;
    private readonly List<uint> flags = [];
    private readonly List<string> intrinsics = [];
    private readonly int[] intrinsicOf;
    private readonly Needs?[] needs;
    private readonly Dictionary<string, int> exports;

    public AdapterNeeds(AdapterModule module)
    {
        this.module = module;
        var known = new Dictionary<string, int>();
        var funcs = new List<int>();
        foreach (var import in module.Imports)
        {
            if (import.Denotes is Import.InstanceFlags(var instance))
                flags.Add(instance.Value);
            if (import.Type is not ModuleImportType.Func)
                continue;
            if (Intrinsic(import) is not { } name)
                funcs.Add(-1);
            else if (known.TryGetValue(name, out int number))
                funcs.Add(number);
            else
                funcs.Add(Number(known, name));
        }
        intrinsicOf = [.. funcs];
        importedFuncs = funcs.Count;
        needs = new Needs?[module.Code.Funcs.Length];
        exports = module.Code.Exports.Items.ToDictionary(export => export.Name, export => (int)export.Func.Value);
    }

    /// <summary>The component instances whose flags an adapter reads or writes.</summary>
    public EquatableArray<uint> Flags(string adapter) => Of(adapter).Flags.Order().ToEquatableArray();

    /// <summary>What the host must implement for an adapter, such as <c>utf8-to-utf16</c> or <c>resource.transfer-own</c>, in the order of the alphabet.</summary>
    public EquatableArray<string> Intrinsics(string adapter)
    {
        var found = Of(adapter);
        return intrinsics.Where((_, i) => (found.Intrinsics & (1UL << i)) != 0).Order(StringComparer.Ordinal).ToEquatableArray();
    }

    private Needs Of(string adapter) => Of(exports[adapter]);

    // Helpers call others no deeper than types nest.
    private Needs Of(int func)
    {
        if (func < importedFuncs)
            return new Needs { Intrinsics = intrinsicOf[func] < 0 ? 0 : 1UL << intrinsicOf[func] };
        if (needs[func - importedFuncs] is { } known)
            return known;
        var found = new Needs();
        // What calls itself needs nothing more for it.
        needs[func - importedFuncs] = found;
        NumberedCode.Visit(module.Code.Funcs[func - importedFuncs], (instr, index) =>
        {
            if (instr is Instr.Call or Instr.RefFunc)
                found.Add(Of((int)index));
            else if (instr is Instr.Global)
                found.Flags.Add(flags[(int)index]);
        });
        return found;
    }

    private int Number(Dictionary<string, int> known, string name)
    {
        int number = intrinsics.Count;
        known.Add(name, number);
        intrinsics.Add(name);
        return number;
    }

    /// <summary>An import that is neither an export of a core instance nor flags.</summary>
    private static string? Intrinsic(ModuleImport import) => import.Denotes switch
    {
        Import.InstanceFlags or Import.Memory or Import.Realloc or Import.Callback or Import.Callee or Import.PostReturn => null,
        Import.Transcode => import.Name[..import.Name.IndexOf(' ', StringComparison.Ordinal)],
        Import.PrepareCall => "prepare-call",
        Import.SyncStartCall => "start-call (sync)",
        Import.AsyncStartCall => "start-call (async)",
        Import.Transfer or Import.ResourceEnterCall or Import.ResourceExitCall or Import.ResourceDrop => import.Module + "." + import.Name,
    };

    // There are fewer than 64 intrinsics: one for each transcoder, kind of handle, and step of an asynchronous call.
    private sealed class Needs
    {
        public ulong Intrinsics { get; set; }

        public HashSet<uint> Flags { get; } = [];

        public void Add(Needs other)
        {
            Intrinsics |= other.Intrinsics;
            if (other.Flags.Count > 0)
                Flags.UnionWith(other.Flags);
        }
    }
}
