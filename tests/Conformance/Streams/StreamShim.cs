using System;
using System.Linq;
using System.Text;

namespace Fact.Conformance.Streams;

/// <summary>
/// Functions of an instance that those inside of it import: they are lifted before the code of the instance is there, which calls those inside. So a module with a table
/// stands for it.
/// </summary>
internal static class StreamShim
{
    /// <summary>The module, the functions, and what imports them.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="lift">A function, lifted.</param>
    /// <param name="inside">Writes the instances that are inside.</param>
    public static void Around(StringBuilder text, StreamSetting setting, Func<int, string> lift, Action inside)
    {
        int[] own = Own(setting);
        text.AppendLine($"    (core module $Shim\n      (table $table (export \"table\") {StreamText.N(2 * own.Length)} funcref)");
        for (int i = 0; i < own.Length; i++)
        {
            var func = setting.Funcs[own[i]];
            string n = StreamText.N(own[i]), type = MachineText.CoreType(func);
            Trampoline(text, $"f{n}", type, func.Flat, 2 * i);
            if (func.Lifting == Lifting.Callback)
                Trampoline(text, $"callback{n}", " (param i32) (param i32) (param i32) (result i32)", 3, (2 * i) + 1);
        }
        text.AppendLine("    )\n    (core instance $shim (instantiate $Shim))");
        foreach (int j in own)
            text.AppendLine(lift(j));
        text.AppendLine($"    (instance $g0{string.Concat(own.Select(j => $" (export \"f{StreamText.N(j)}\" (func $lift-f{StreamText.N(j)}))"))})");
        inside();
    }

    /// <summary>Puts the functions into the table.</summary>
    public static void Fill(StringBuilder text, StreamSetting setting)
    {
        int[] own = Own(setting);
        text.AppendLine($"    (core module $Fill\n      (import \"shim\" \"table\" (table {StreamText.N(2 * own.Length)} funcref))");
        var elements = new StringBuilder();
        foreach (int j in own)
        {
            var func = setting.Funcs[j];
            string n = StreamText.N(j);
            text.AppendLine($"      (import \"main\" \"f{n}\" (func $f{n}{MachineText.CoreType(func)}))");
            elements.Append($" $f{n}");
            if (func.Lifting == Lifting.Callback)
                text.AppendLine($"      (import \"main\" \"callback{n}\" (func $callback{n} (param i32 i32 i32) (result i32)))");
            elements.Append(func.Lifting == Lifting.Callback ? $" $callback{n}" : $" $f{n}");
        }
        text.AppendLine($"      (elem (i32.const 0) func{elements})\n    )");
        text.AppendLine("    (core instance (instantiate $Fill (with \"shim\" (instance $shim)) (with \"main\" (instance $main))))");
    }

    private static int[] Own(StreamSetting setting) => [.. Enumerable.Range(0, setting.Funcs.Length).Where(j => setting.Funcs[j].Owner == 0)];

    private static void Trampoline(StringBuilder text, string name, string type, int count, int at)
    {
        string arguments = string.Concat(Enumerable.Range(0, count).Select(i => $" (local.get {StreamText.N(i)})"));
        text.AppendLine($"      (func (export \"{name}\"){type} (call_indirect $table{type}{arguments} (i32.const {StreamText.N(at)})))");
    }
}
