using Fact.Ir;

namespace Fact.Emit;

/// <summary>Finds what a merged module would have too much of.</summary>
internal static class MergeLimits
{
    /// <summary>What to do about it.</summary>
    public const string Fewer = "fuse fewer instances, or compile the component instead";

    /// <summary>The first limit that the parts exceed together; null if there is none. What it costs to merge them is bounded by these limits.</summary>
    public static ExceededLimit? Of(FuseProgram program, EngineLimits limits)
    {
        long types = 0, funcs = 0, tables = 0, memories = 0, globals = 0, tags = 0, elements = 0, data = 0, bytes = 0;
        foreach (var part in program.Parts)
        {
            var module = part.Module;
            foreach (var group in module.Types)
                types += group.Types.Length;
            (funcs, tables, memories) = (funcs + module.Funcs.Length, tables + module.Tables.Length, memories + module.Memories.Length);
            (globals, tags) = (globals + module.Globals.Length, tags + module.Tags.Length);
            (elements, data, bytes) = (elements + module.Elements.Length, data + module.Data.Length, bytes + module.Bytes.Length);
        }
        foreach (var import in program.Imports)
        {
            switch (program.Parts[import.Part].Module.Imports[import.Import].Type.Kind)
            {
                case CoreExternKind.Func:
                    funcs++;
                    break;
                case CoreExternKind.Table:
                    tables++;
                    break;
                case CoreExternKind.Memory:
                    memories++;
                    break;
                case CoreExternKind.Global:
                    globals++;
                    break;
                case CoreExternKind.Tag:
                    tags++;
                    break;
            }
        }

        // There may be one more function, its type and one more segment than the parts have.
        return More("types", types + 1, limits.Types)
            ?? More("functions", funcs + 1, limits.Functions)
            ?? More("tables", tables, limits.Tables)
            ?? More("memories", memories, limits.Memories)
            ?? More("globals", globals, limits.Globals)
            ?? More("tags", tags, limits.Tags)
            ?? More("element segments", elements + 1, limits.ElementSegments)
            ?? More("data segments", data, limits.DataSegments)
            ?? More("imports", program.Imports.Length, limits.Imports)
            ?? More("exports", program.Exports.Length + 1L, limits.Exports)
            ?? More("bytes", bytes, limits.ModuleBytes);
    }

    /// <summary>A limit that is exceeded; null if it is not.</summary>
    public static ExceededLimit? More(string what, long found, long most) => found > most ? new(what, found, most, Fewer) : null;
}
