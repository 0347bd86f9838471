using System.Linq;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Externs;
using Fact.Ir;

namespace Fact.Fuse;

/// <summary>
/// The custom section of a fused module that says what type its component had, where the build target can say it: so that tools make a component of it again. It is the
/// last section.
/// </summary>
internal static class ComponentTypeSection
{
    private const string Name = "component-type:fact";

    /// <summary>The module with the section; without, where the target cannot say what the component is.</summary>
    public static FusedComponent Add(FusedComponent fused)
    {
        if (fused.Plan.Root is not { } root || !IsOfTarget(fused) || WorldType.Of(root) is not { IsFull: false } type)
            return fused;
        var section = new Sink();
        section.Byte(0);
        int start = section.BeginSized();
        section.Name(Name);
        section.Bytes(type);
        section.EndSized(start);
        if ((long)fused.Bytes.Length + section.Length > EngineLimits.Common.ModuleBytes)
            return fused;
        return fused.With([.. fused.Bytes, .. section.Written], section.Length);
    }

    // Whether there is one memory of 32 bits, whose strings are UTF-8, and everything has the one name that the target has for it.
    private static bool IsOfTarget(FusedComponent fused) =>
        fused.Imports.Items.All(IsOfTarget) && fused.Exports.Items.All(IsOfTarget)
        && fused.Resources.Items.All(resource => fused.Plan.Tables.Resources[(int)resource.Resource.Value] is not PlanResource.Defined { Rep: CoreValType.I64 });

    private static bool IsOfTarget(FusedFunction function)
    {
        var names = new CoreNames();
        return function.Path.Length <= 2
            && function.StringEncoding == StringEncoding.Utf8
            && (function.Memory is null || function.Memory == CoreNames.Memory(0))
            && (function.Realloc is null || function.Realloc == CoreNames.Realloc(0))
            && (function.Import is null ? function.Export == names.Export(function.Path) : function.Import == names.Import(function.Path, 0));
    }
}
