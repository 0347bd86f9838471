using System.Collections.Generic;
using System.Globalization;
using Fact.Ir;
using Fact.Lower.Check;

namespace Fact.Lower.Runtime.Handles;

/// <summary>What can be wrong with what a runtime module is to keep.</summary>
internal static class HandleCheck
{
    /// <summary>Everything that is wrong.</summary>
    public static EquatableArray<Diagnostic> Of(HandleRuntime runtime, Reentrance reentrance)
    {
        var errors = new List<Diagnostic>();
        More("component instances", runtime.Instances, InputLimits.RuntimeItems);
        More("resource types", (uint)runtime.Resources.Length, InputLimits.RuntimeItems);
        More("resource tables", (uint)runtime.Tables.Length, InputLimits.RuntimeItems);
        bool isTooDeep = false;
        for (int i = 0; i < runtime.Resources.Length; i++)
        {
            if (runtime.Resources[i] is not RuntimeResource.Defined defined)
                continue;
            string where = string.Create(CultureInfo.InvariantCulture, $"resource type {i}");
            Instance(defined.Instance, where);
            if (defined.Rep is not (CoreValType.I32 or CoreValType.I64))
                Wrong(DiagnosticCode.WrongCoreType, $"it is represented by {CoreText.Of(defined.Rep)}; it must be i32 or i64", where);
        }
        for (int i = 0; i < runtime.Tables.Length; i++)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"resource table {i}");
            Instance(runtime.Tables[i].Instance, where);
            if (runtime.Tables[i].Resource.Value >= (uint)runtime.Resources.Length)
                Wrong(DiagnosticCode.NotDefined, $"there is no resource type {runtime.Tables[i].Resource.Value}", where);
        }
        var names = new HashSet<RuntimeBuiltin>();
        foreach (var builtin in runtime.Builtins)
        {
            if (builtin.Table.Value >= (uint)runtime.Tables.Length)
                Wrong(DiagnosticCode.NotDefined, $"there is no resource table {builtin.Table.Value}", builtin.Name);
            else if (builtin.Op != RuntimeBuiltinOp.Drop && !IsDefined(runtime, runtime.Tables[(int)builtin.Table.Value]))
                Wrong(DiagnosticCode.NotDefined, "only resource types that a component instance defines have it", builtin.Name);
            else if (!names.Add(builtin))
                Wrong(DiagnosticCode.DuplicateName, "it is there twice", builtin.Name);
        }
        return errors.ToEquatableArray();

        void Instance(InstanceNode instance, string where)
        {
            if (instance.Id.Value >= runtime.Instances)
                Wrong(DiagnosticCode.NotDefined, $"there is no component instance {instance.Id.Value}", where);
            if (reentrance == Reentrance.Trap && instance.Depth > InputLimits.MaxInstanceDepth && !isTooDeep)
            {
                isTooDeep = true;
                Wrong(DiagnosticCode.TooLarge, Entering.TooDeep, where);
            }
        }

        void More(string what, uint found, uint most)
        {
            if (found > most)
            {
                Wrong(
                    DiagnosticCode.TooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"{found} are more than the {most} that a runtime module keeps handles of"),
                    what);
            }
        }

        void Wrong(DiagnosticCode code, string message, string where) => errors.Add(new Diagnostic(code, message, where));
    }

    private static bool IsDefined(HandleRuntime runtime, RuntimeTable table) =>
        table.Resource.Value < (uint)runtime.Resources.Length && runtime.Resources[(int)table.Resource.Value] is RuntimeResource.Defined;
}
