using System.Globalization;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>What a module has of its own beside functions, in the text format.</summary>
internal static class WatItems
{
    /// <summary>Tables, memories with what they begin with, globals: a line each.</summary>
    public static void Print(StringBuilder text, ResolvedModule module, WatModuleNames names)
    {
        var own = module.Own.Items;
        int tables = 0, memories = 0, globals = 0;
        foreach (var import in module.Imports)
        {
            tables += import.Type is CoreExternType.Table ? 1 : 0;
            memories += import.Type is CoreExternType.Memory ? 1 : 0;
            globals += import.Type is CoreExternType.Global ? 1 : 0;
        }
        foreach (var table in own.Tables)
            text.Append(CultureInfo.InvariantCulture, $"  (table {names.Tables[(uint)tables++]} {CoreText.Of(table.Type)})\n");
        foreach (var memory in own.Memories)
            text.Append(CultureInfo.InvariantCulture, $"  (memory {names.Memories[(uint)memories++]} {CoreText.Of(memory.Type)})\n");
        foreach (var global in own.Globals)
        {
            string value = global.Type.Type == CoreValType.I64
                ? string.Create(CultureInfo.InvariantCulture, $"i64.const {global.Value}")
                : string.Create(CultureInfo.InvariantCulture, $"i32.const {(int)global.Value}");
            text.Append(CultureInfo.InvariantCulture, $"  (global {names.Globals[(uint)globals++]} {CoreText.Of(global.Type)} ({value}))\n");
        }
    }

    /// <summary>The exports that are no functions, and data: a line each.</summary>
    public static void PrintExports(StringBuilder text, ResolvedModule module, WatModuleNames names)
    {
        foreach (var export in module.Own.Exports)
        {
            string item = export.Kind switch
            {
                CoreExternKind.Table => "table " + names.Tables[export.Index],
                CoreExternKind.Memory => "memory " + names.Memories[export.Index],
                CoreExternKind.Global => "global " + names.Globals[export.Index],
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            text.Append(CultureInfo.InvariantCulture, $"  (export {WatText.Quote(export.Name)} ({item}))\n");
        }
        foreach (var (memory, segment) in module.Own.Data)
        {
            text.Append(CultureInfo.InvariantCulture, $"  (data (memory {names.Memories[memory.Value]}) (i32.const {(int)segment.Offset}) \"");
            foreach (byte one in segment.Bytes)
                text.Append(CultureInfo.InvariantCulture, $"\\{one:x2}");
            text.Append("\")\n");
        }
    }
}
