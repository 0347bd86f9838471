using System.Globalization;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Prints a resolved module in the WebAssembly text format, for people: identifiers made of the names, a comment for what each
/// trap means. A text tool makes the same code of it that <see cref="Encode"/> makes of the module.
/// </summary>
/// <example>
/// <code>
/// (module
///   (type $type0 (func (param i32) (result i32)))
///   (import "callee" "greet" (func $callee.greet (type $type0)))
///   (func $greet (type $type0) (param $name i32) (result i32)
///     local.get $name
///     i32.const 3
///     i32.and
///     if
///       unreachable ;; pointer not aligned correctly
///     end
///     local.get $name
///     call $callee.greet
///   )
///   (export "greet" (func $greet))
/// )
/// </code>
/// </example>
internal static class WatPrinter
{
    /// <summary>Prints a module.</summary>
    public static string Print(ResolvedModule module)
    {
        var text = new StringBuilder("(module\n");
        var names = new WatModuleNames(module);
        for (int i = 0; i < module.Types.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  (type {names.Types[(uint)i]} (func");
            CoreText.Append(text, "param", module.Types[i].Params.AsSpan());
            CoreText.Append(text, "result", module.Types[i].Results.AsSpan()).Append("))\n");
        }
        uint funcs = Imports(text, module, names);
        WatItems.Print(text, module, names);
        foreach (var func in module.Funcs)
            Func(text, module, names, func, funcs++);
        foreach (var export in module.Exports)
            text.Append(CultureInfo.InvariantCulture, $"  (export {WatText.Quote(export.Name)} (func {names.Funcs[export.Func.Value]}))\n");
        WatItems.PrintExports(text, module, names);
        return text.Append(")\n").ToString();
    }

    /// <summary>Prints the imports; returns how many functions are among them.</summary>
    private static uint Imports(StringBuilder text, ResolvedModule module, WatModuleNames names)
    {
        uint funcs = 0, memories = 0, globals = 0, tables = 0, tags = 0;
        foreach (var import in module.Imports)
        {
            string item = import.Type switch
            {
                CoreExternType.Func func => $"(func {names.Funcs[funcs++]} (type {names.Types[func.Type.Value]}))",
                CoreExternType.Memory memory => $"(memory {names.Memories[memories++]} {CoreText.Of(memory.Type)})",
                CoreExternType.Global global => $"(global {names.Globals[globals++]} {CoreText.Of(global.Type)})",
                CoreExternType.Table table => $"(table {names.Tables[tables++]} {CoreText.Of(table.Type)})",
                CoreExternType.Tag tag => $"(tag {names.Tags[tags++]} (type {names.Types[tag.Type.Value]}))",
            };
            text.Append(CultureInfo.InvariantCulture, $"  (import {WatText.Quote(import.Module)} {WatText.Quote(import.Name)} {item})\n");
        }
        return funcs;
    }

    private static void Func(StringBuilder text, ResolvedModule module, WatModuleNames names, ResolvedFunc func, uint index)
    {
        var type = module.Types[(int)func.Type.Value];
        var locals = new WatNames();
        var slots = func.LocalNames;
        text.Append(CultureInfo.InvariantCulture, $"  (func {names.Funcs[index]} (type {names.Types[func.Type.Value]})");
        for (int i = 0; i < type.Params.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $" (param {locals.Add(LocalName(slots, i))} {CoreText.Of(type.Params[i])})");
        CoreText.Append(text, "result", type.Results.AsSpan()).Append('\n');
        for (int i = 0; i < func.Locals.Length; i++)
        {
            bool newLine = i == 0 || func.Locals[i] != func.Locals[i - 1];
            text.Append(newLine ? i == 0 ? "   " : "\n   " : "");
            text.Append(CultureInfo.InvariantCulture, $" (local {locals.Add(LocalName(slots, type.Params.Length + i))} {CoreText.Of(func.Locals[i])})");
        }
        text.Append(func.Locals.IsEmpty ? "" : "\n");
        var code = func.Code.Read();
        var immediates = new Immediates(code.Immediates, func.Numbering);
        new WatInstructions(text, names, locals).Print(code.Body, ref immediates);
        text.Append("  )\n");
    }

    private static string LocalName(EquatableArray<string> names, int slot) => slot < names.Length ? names[slot] : $"local{slot}";
}
