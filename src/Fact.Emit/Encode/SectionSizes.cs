using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The measured length of every part of a module, in bytes: what must be known before the first byte is written.</summary>
internal sealed class SectionSizes
{
    private const string TrapsName = "wasmtime-trampoline-traps", PathsName = "fact-trap-paths", NamesName = "name";
    private const int Preamble = 8;

    private readonly int[] bodies;

    /// <summary>Measures a module.</summary>
    public SectionSizes(ResolvedModule module, EncodeOptions options)
    {
        bodies = new int[module.Funcs.Length];
        var traps = options.TrapSection ? new TrapSites() : null;
        MeasureBodies(module, traps);

        Types = Sections.Length(module.Types);
        Imports = Sections.Length(module.Imports);
        Funcs = Sections.TypesLength(module.Funcs);
        var own = module.Own.Items;
        Tables = ItemSections.Length(own.Tables);
        Memories = ItemSections.Length(own.Memories);
        Globals = ItemSections.Length(own.Globals);
        Data = ItemSections.Length(module.Own.Data);
        Exports = Sections.Length(module.Exports, module.Own.Exports);
        Code = Sections.CodeLength(Bodies);
        Total = Preamble
            + Sections.Length(module.Types.Length, Types)
            + Sections.Length(module.Imports.Length, Imports)
            + Sections.Length(module.Funcs.Length, Funcs)
            + Sections.Length(own.Tables.Length, Tables)
            + Sections.Length(own.Memories.Length, Memories)
            + Sections.Length(own.Globals.Length, Globals)
            + Sections.Length(module.Exports.Length + module.Own.Exports.Length, Exports)
            + Sections.Length(module.Funcs.Length, Code)
            + Sections.Length(module.Own.Data.Length, Data);
        if (traps is not null)
        {
            Messages = SiteTable.Messages(traps);
            Total += Sections.CustomLength(TrapsName, Messages.Length());
            var paths = SiteTable.Paths(traps);
            if (!paths.IsEmpty)
            {
                Paths = paths;
                Total += Sections.CustomLength(PathsName, Paths.Length());
            }
        }
        if (options.Names)
        {
            Names = new NameSection(module, options.ModuleName);
            Total += Sections.CustomLength(NamesName, Names.Length());
        }
    }

    /// <summary>The lengths of the function bodies, without the number in front of each that says it.</summary>
    public ReadOnlySpan<int> Bodies => bodies;

    public long Types { get; }

    public long Imports { get; }

    public long Funcs { get; }

    public long Tables { get; }

    public long Memories { get; }

    public long Globals { get; }

    public long Exports { get; }

    public long Code { get; }

    public long Data { get; }

    /// <summary>The whole module.</summary>
    public long Total { get; }

    private SiteTable? Messages { get; }

    private SiteTable? Paths { get; }

    private NameSection? Names { get; }

    /// <summary>Writes the custom sections.</summary>
    public int WriteCustomSections(Span<byte> to, int at)
    {
        if (Messages is not null)
            at = Messages.Write(to, Sections.CustomHeader(to, at, TrapsName, Messages.Length()));
        if (Paths is not null)
            at = Paths.Write(to, Sections.CustomHeader(to, at, PathsName, Paths.Length()));
        if (Names is not null)
            at = Names.Write(to, Sections.CustomHeader(to, at, NamesName, Names.Length()));
        return at;
    }

    private void MeasureBodies(ResolvedModule module, TrapSites? traps)
    {
        uint imported = 0;
        if (traps is not null)
        {
            foreach (var import in module.Imports)
                imported += import.Type is CoreExternType.Func ? 1u : 0u;
        }
        for (int i = 0; i < bodies.Length; i++)
        {
            bodies[i] = Instructions.Length(module.Funcs[i], traps);
            traps?.EndFunc(new CoreFuncIdx(imported + (uint)i));
        }
    }
}
