using System;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Finds what a module has too much of, so that no engine has to refuse it.</summary>
internal static class LimitCheck
{
    private const string Divide = "divide the adapters into more modules",
        Nest = "divide the values of the function among several types, or pass less in one call",
        Shorten = "give the adapter a shorter name";

    /// <summary>The first limit that a module exceeds; null if there is none.</summary>
    public static ExceededLimit? Of(ResolvedModule module, AdapterProgram program, SectionSizes sizes, EngineLimits limits)
    {
        var counts = Counts.Of(module);
        return More("types", module.Types.Length, limits.Types)
            ?? More("imports", module.Imports.Length, limits.Imports)
            ?? More("functions", counts.Funcs, limits.Functions)
            ?? More("memories", counts.Memories, limits.Memories)
            ?? More("globals", counts.Globals, limits.Globals)
            ?? More("tables", counts.Tables, limits.Tables)
            ?? More("tags", counts.Tags, limits.Tags)
            ?? More("exports", module.Exports.Length + module.Own.Exports.Length, limits.Exports)
            ?? More("data segments", module.Own.Data.Length, limits.DataSegments)
            ?? Signatures(module, limits)
            ?? TypeSize(module, limits)
            ?? Funcs(module, program, sizes, limits)
            ?? Names(module, limits)
            ?? More("bytes", sizes.Total, limits.ModuleBytes);
    }

    private static ExceededLimit? More(string what, long found, long most, string remedy = Divide) => found > most ? new(what, found, most, remedy) : null;

    private static ExceededLimit? Signatures(ResolvedModule module, EngineLimits limits)
    {
        foreach (var type in module.Types)
        {
            var exceeded = More("parameters of a function", type.Params.Length, limits.Params, Nest)
                ?? More("results of a function", type.Results.Length, limits.Results, Nest);
            if (exceeded is not null)
                return exceeded;
        }
        return null;
    }

    /// <summary>How the types of imports and exports count: see <see cref="EngineLimits.TypeSize"/>.</summary>
    private static int Size(CoreFuncType type) => 2 + type.Params.Length + type.Results.Length;

    private static ExceededLimit? TypeSize(ResolvedModule module, EngineLimits limits)
    {
        long widest = 1;
        foreach (var type in module.Types)
            widest = Math.Max(widest, Size(type));
        if (1 + module.Own.Exports.Length + (widest * ((long)module.Imports.Length + module.Exports.Length)) <= limits.TypeSize)
            return null;
        long size = 1 + module.Own.Exports.Length;
        var sizes = new int[module.Imports.Length + module.Funcs.Length];
        int funcs = 0;
        foreach (var import in module.Imports)
        {
            int one = import.Type is CoreExternType.Func func ? sizes[funcs++] = Size(module.Types[(int)func.Type.Value]) : 1;
            size += one;
        }
        foreach (var func in module.Funcs)
            sizes[funcs++] = Size(module.Types[(int)func.Type.Value]);
        foreach (var export in module.Exports)
            size += sizes[export.Func.Value];
        return More("entries in the types of its imports and exports", size, limits.TypeSize);
    }

    private static ExceededLimit? Funcs(ResolvedModule module, AdapterProgram program, SectionSizes sizes, EngineLimits limits)
    {
        for (int i = 0; i < module.Funcs.Length; i++)
        {
            var func = module.Funcs[i];
            var exceeded = More("bytes in one function", sizes.Bodies[i], limits.BodyBytes, Nest)
                ?? More("locals in one function", module.Types[(int)func.Type.Value].Params.Length + func.Locals.Length, limits.Locals, Nest);
            if (exceeded is not null)
                return exceeded with { Adapter = AdapterOf(program, i) };
        }
        return null;
    }

    private static int AdapterOf(AdapterProgram program, int func)
    {
        int adapter = 0;
        for (; func >= program.Adapters[adapter].Funcs.Length; adapter++)
            func -= program.Adapters[adapter].Funcs.Length;
        return adapter;
    }

    private static ExceededLimit? Names(ResolvedModule module, EngineLimits limits)
    {
        foreach (var import in module.Imports)
        {
            if (Name(import.Name, limits) is { } exceeded)
                return exceeded;
        }
        foreach (var export in module.Exports)
        {
            if (Name(export.Name, limits) is { } exceeded)
                return exceeded;
        }
        foreach (var export in module.Own.Exports)
        {
            if (Name(export.Name, limits) is { } exceeded)
                return exceeded;
        }
        return null;
    }

    // No code unit takes more than three bytes.
    private static ExceededLimit? Name(string name, EngineLimits limits) =>
        name.Length <= limits.NameBytes / 3 ? null : More("bytes in one name", Encoding.UTF8.GetByteCount(name), limits.NameBytes, Shorten);

    private readonly record struct Counts(int Funcs, int Memories, int Globals, int Tables, int Tags)
    {
        public static Counts Of(ResolvedModule module)
        {
            var own = module.Own.Items;
            int funcs = module.Funcs.Length, memories = own.Memories.Length, globals = own.Globals.Length, tables = own.Tables.Length, tags = 0;
            foreach (var import in module.Imports)
            {
                switch (import.Type)
                {
                    case CoreExternType.Func:
                        funcs++;
                        break;
                    case CoreExternType.Memory:
                        memories++;
                        break;
                    case CoreExternType.Global:
                        globals++;
                        break;
                    case CoreExternType.Table:
                        tables++;
                        break;
                    case CoreExternType.Tag:
                        tags++;
                        break;
                }
            }
            return new(funcs, memories, globals, tables, tags);
        }
    }
}
