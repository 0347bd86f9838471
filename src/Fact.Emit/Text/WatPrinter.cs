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
public static class WatPrinter
{
    /// <summary>Prints a module.</summary>
    public static string Print(ResolvedModule module)
    {
        var text = new StringBuilder("(module\n");
        var names = new WatModuleNames(module);
        for (int i = 0; i < module.Types.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  (type {names.Types[(uint)i]} (func");
            Types(text, "param", module.Types[i].Params);
            Types(text, "result", module.Types[i].Results).Append("))\n");
        }
        uint funcs = Imports(text, module, names);
        foreach (var func in module.Funcs)
            Func(text, module, names, func, funcs++);
        foreach (var export in module.Exports)
            text.Append(CultureInfo.InvariantCulture, $"  (export {WatText.Quote(export.Name)} (func {names.Funcs[export.Func.Value]}))\n");
        return text.Append(")\n").ToString();
    }

    /// <summary>Prints the imports; returns how many functions are among them.</summary>
    private static uint Imports(StringBuilder text, ResolvedModule module, WatModuleNames names)
    {
        uint funcs = 0, memories = 0, globals = 0;
        foreach (var import in module.Imports)
        {
            string item = import.Type switch
            {
                ImportType.Func func => $"(func {names.Funcs[funcs++]} (type {names.Types[func.Type.Value]}))",
                ImportType.Memory memory => $"(memory {names.Memories[memories++]}{Memory(memory.Type)})",
                ImportType.MutableI32 => $"(global {names.Globals[globals++]} (mut i32))",
            };
            text.Append(CultureInfo.InvariantCulture, $"  (import {WatText.Quote(import.Module)} {WatText.Quote(import.Name)} {item})\n");
        }
        return funcs;
    }

    private static string Memory(MemoryType type) =>
        (type.Is64 ? " i64 0" : " 0") + (type.PageSizeLog2 == 16 ? "" : $" (pagesize {1UL << type.PageSizeLog2})");

    private static void Func(StringBuilder text, ResolvedModule module, WatModuleNames names, ResolvedFunc func, uint index)
    {
        var type = module.Types[(int)func.Type.Value];
        var locals = new WatNames();
        var slots = func.LocalNames;
        text.Append(CultureInfo.InvariantCulture, $"  (func {names.Funcs[index]} (type {names.Types[func.Type.Value]})");
        for (int i = 0; i < type.Params.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $" (param {locals.Add(LocalName(slots, i))} {Mnemonics.Of(type.Params[i])})");
        Types(text, "result", type.Results).Append('\n');
        for (int i = 0; i < func.Locals.Length; i++)
        {
            bool newLine = i == 0 || func.Locals[i] != func.Locals[i - 1];
            text.Append(newLine ? i == 0 ? "   " : "\n   " : "");
            text.Append(CultureInfo.InvariantCulture, $" (local {locals.Add(LocalName(slots, type.Params.Length + i))} {Mnemonics.Of(func.Locals[i])})");
        }
        text.Append(func.Locals.IsEmpty ? "" : "\n");
        var immediates = new Immediates(func.Numbering);
        new WatInstructions(text, names, locals).Print(func.Body, ref immediates);
        text.Append("  )\n");
    }

    private static string LocalName(EquatableArray<string> names, int slot) => slot < names.Length ? names[slot] : $"local{slot}";

    private static StringBuilder Types(StringBuilder text, string keyword, EquatableArray<CoreValType> types)
    {
        if (types.IsEmpty)
            return text;
        text.Append(" (").Append(keyword);
        foreach (var type in types)
            text.Append(' ').Append(Mnemonics.Of(type));
        return text.Append(')');
    }
}
