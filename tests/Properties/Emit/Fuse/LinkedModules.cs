using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Fact.Properties.Emit.Fuse;

/// <summary>Core modules that are instantiated one after the other. Module <c>i</c> imports from <c>m0</c> to <c>m(i-1)</c>, and <c>log</c> from <c>host</c>.</summary>
/// <param name="Modules">Their texts.</param>
/// <param name="Calls">Exports that are called afterwards, with their argument: functions from a number to a number.</param>
internal sealed record LinkedModules(IReadOnlyList<string> Modules, IReadOnlyList<(int Module, string Export, int Argument)> Calls)
{
    /// <summary>The module that all functions come from that are not theirs.</summary>
    public const string Host = "host";

    /// <summary>The name that an export of a module has in all of them together.</summary>
    public static string Name(int module, string export) => $"m{module}-{export}";

    /// <summary>A component that links them, for a runtime of components.</summary>
    public string Component
    {
        get
        {
            var text = new StringBuilder("(component\n(import \"log\" (func $log (param \"x\" u32)))\n(core func $core-log (canon lower (func $log)))\n");
            text.Append("(core instance $host (export \"log\" (func $core-log)))\n");
            for (int i = 0; i < Modules.Count; i++)
            {
                string arguments = string.Concat(Enumerable.Range(0, i).Select(j => $" (with \"m{j}\" (instance $m{j}))"));
                text.Append("(core ").Append(Modules[i].TrimStart().AsSpan(1)).Append('\n');
                text.Append($"(core instance $m{i} (instantiate $M{i} (with \"host\" (instance $host)){arguments}))\n");
            }
            foreach (var (module, export) in Calls.Select(call => (call.Module, call.Export)).Distinct())
                text.Append($"(func (export \"{Name(module, export)}\") (param \"x\" u32) (result u32) (canon lift (core func $m{module} \"{export}\")))\n");
            return text.Append(')').ToString();
        }
    }
}
