using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Adds recursion groups to a core type index space. Spec: <c>Rectype_ok</c>, <c>Subtype_ok</c>.</summary>
/// <param name="context">Where types are made and errors go.</param>
/// <param name="space">The types that are defined so far.</param>
internal sealed class CoreTypeGroups(CheckContext context, List<CheckedCoreType> space)
{
    private readonly CoreMatching matching = new(context.CoreTypes);

    /// <summary>Adds the types of a group; false, with an error, where one of them is wrong.</summary>
    public bool Add(CoreRecType group)
    {
        if (group.Types.Length > ComponentLimits.Items - space.Count)
            return context.Stop(DiagnosticCode.TooLarge, $"more than {ComponentLimits.Items} core types");
        if (Roll(group.Types) is not { } rolled)
            return false;
        uint first = context.CoreTypes.Add(rolled, out bool isNew);
        for (uint i = 0; i < rolled.Length; i++)
            space.Add(context.CoreTypes[first + i]);
        return !isNew || IsValid(first, (uint)rolled.Length);
    }

    // The group with numbers of the table in place of indices; null, with an error, where an index is wrong.
    private EquatableArray<CoreSubType>? Roll(EquatableArray<CoreSubType> types)
    {
        uint known = (uint)space.Count;
        bool ok = true;
        var roll = new CoreTypeMap(index =>
        {
            if (index >= known + types.Length)
                ok = context.Fail(DiagnosticCode.NotDefined, $"there is no core type {index} here: {known} defined before this point");
            else if (index >= known)
                return CoreTypeTable.InGroup(index - known);
            else if (space[(int)index] is CheckedCoreType.Defined defined)
                return defined.Number;
            else
                ok = context.Fail(DiagnosticCode.WrongKind, $"core type {index} is a module type, which no other core type can refer to");
            return 0;
        });
        var rolled = new CoreSubType[types.Length];
        bool changed = false;
        for (int i = 0; i < rolled.Length && ok; i++)
        {
            foreach (var super in types[i].Supertypes)
            {
                if (super.Value >= known + i)
                    return Fail(known + (uint)i, $"is declared to be a subtype of core type {super.Value}, which is not defined before it");
            }
            rolled[i] = roll.Apply(types[i]);
            changed |= !ReferenceEquals(rolled[i], types[i]);
        }
        if (!ok)
            return null;
        return changed ? rolled.Seal() : types;
    }

    private bool IsValid(uint first, uint length)
    {
        // Chains of supertypes are measured first: all that follows walks them.
        uint index = (uint)space.Count - length;
        for (uint i = 0; i < length; i++)
        {
            if (context.CoreTypes[first + i].Depth > ComponentLimits.SupertypeDepth)
                return Fail(index + i, $"has more than the {ComponentLimits.SupertypeDepth} supertypes above it that are allowed") is not null;
        }
        for (uint i = 0; i < length; i++)
        {
            if (Problem(context.CoreTypes[first + i]) is { } problem)
                return Fail(index + i, problem) is not null;
        }
        return true;
    }

    private string? Problem(CheckedCoreType.Defined type)
    {
        if (type.Super is { } super)
        {
            if (super.Type.IsFinal)
                return $"is declared to be a subtype of {CheckedCoreText.Of(super)}, which is final: only types that are declared with sub can have subtypes";
            if (!matching.Matches(type.Type.Type, super.Type.Type))
                return $"is {CheckedCoreText.Of(type)}, which does not match its declared supertype {CheckedCoreText.Of(super)}";
        }
        if (type.Type.Type.Shape is CoreShape.Cont(var continued) && context.CoreTypes[continued].Func is null)
            return "is a continuation of something that is not a function type";
        return type.Type.Type.IsShared && !HasSharedParts(type.Type.Type.Shape) ? "is shared, but not all that it is made of is" : null;
    }

    private bool HasSharedParts(CoreShape shape) => shape switch
    {
        CoreShape.Func(var func) => func.Params.Items.All(matching.IsShared) && func.Results.Items.All(matching.IsShared),
        CoreShape.Struct(var fields) => fields.Items.All(IsShared),
        CoreShape.Array(var element) => IsShared(element),
        CoreShape.Cont(var continued) => context.CoreTypes[continued].Type.Type.IsShared,
    };

    private bool IsShared(CoreFieldType field) => field.Type is not CoreStorageType.Value(var type) || matching.IsShared(type);

    private EquatableArray<CoreSubType>? Fail(uint index, string problem)
    {
        context.Fail(DiagnosticCode.InvalidType, $"core type {index} {problem}");
        return null;
    }
}
