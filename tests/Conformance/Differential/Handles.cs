using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>
/// The resource types of a pair and what guests do with handles. Resource type 0 is defined by a component that both guests
/// import, type 1 by the callee. Before a run each guest makes the same number of both, so that its handles of type 0 have
/// the indices from 1 on, and those of type 1 the indices behind them.
/// </summary>
public static class Handles
{
    /// <summary>How many resources of each type a guest has in the beginning.</summary>
    public const int Stock = 12;

    /// <summary>What resources of the callee are known by to their definer, from this number on; those of type 1 from 0x100 further.</summary>
    public const int CallerReps = 0x1000, CalleeReps = 0x2000, TypeReps = 0x100;

    /// <summary>The most steps of a script that there is room for.</summary>
    public const int MaxSteps = 100;

    /// <summary>Owned handles of a type.</summary>
    public static ValType Own(int type) => new ValType.Own(new((uint)type));

    /// <summary>Handles of a type that are lent.</summary>
    public static ValType Borrow(int type) => new ValType.Borrow(new((uint)type));

    /// <summary>The resource type of a handle type; null for other types.</summary>
    public static int? Resource(ValType type) => type switch
    {
        ValType.Own t => (int)t.Table.Value,
        ValType.Borrow t => (int)t.Table.Value,
        _ => null,
    };

    /// <summary>Whether a type has a handle in it.</summary>
    public static bool In(ValType type) =>
        Resource(type) is not null
        || (Shape.Element(type) is { } element && In(element))
        || (Shape.Parts(type)?.Any(In) ?? false)
        || (Shape.Cases(type)?.Any(c => c is not null && In(c)) ?? false);

    /// <summary>The script of a guest that got handles.</summary>
    public static IReadOnlyList<HandleStep> Script(HandleUse use, IReadOnlyList<ReceivedHandle> received)
    {
        if (received.Count == 0)
            return [];
        var reps = received.Select(h => new HandleStep(HandleOp.Rep0 + h.Resource, h.Index));
        var drops = received.Select(h => new HandleStep(HandleOp.Drop0 + h.Resource, h.Index));
        var borrows = received.Where(h => !h.Own).Select(h => new HandleStep(HandleOp.Drop0 + h.Resource, h.Index));
        IEnumerable<HandleStep> steps = use switch
        {
            HandleUse.Inspect => [.. reps, .. borrows],
            HandleUse.DropAll => [.. reps, .. drops],
            HandleUse.ForgetOne => [.. reps, .. borrows.SkipLast(1)],
            HandleUse.DropTwice => [.. drops, drops.First()],
            HandleUse.UseAfterDrop => [.. drops, reps.First()],
            HandleUse.MistakeType => [new(HandleOp.Drop0 + (1 - received[0].Resource), received[0].Index)],
            _ => throw new System.ArgumentOutOfRangeException(nameof(use)),
        };
        return [.. steps.Take(MaxSteps), new(HandleOp.Dropped0, 0), new(HandleOp.Dropped1, 0)];
    }
}

/// <summary>What a guest does with the handles that a call gave it.</summary>
public enum HandleUse
{
    /// <summary>Looks at what each of them stands for, and drops those that were lent.</summary>
    Inspect,
    /// <summary>Looks at them, and drops all.</summary>
    DropAll,
    /// <summary>Keeps one that was lent.</summary>
    ForgetOne,
    /// <summary>Drops one twice.</summary>
    DropTwice,
    /// <summary>Drops one before it looks at it.</summary>
    UseAfterDrop,
    /// <summary>Drops one as if it were of the other type.</summary>
    MistakeType,
}

/// <summary>A step of what a guest does. The numbers are those of the guest's code.</summary>
public enum HandleOp
{
    /// <summary>Drops a handle of type 0.</summary>
    Drop0 = 0,
    /// <summary>Drops a handle of type 1.</summary>
    Drop1 = 1,
    /// <summary>Asks the definer of type 0 what a handle stands for, which lends it the handle.</summary>
    Rep0 = 2,
    /// <summary>The same for type 1; the callee, which defines it, knows itself.</summary>
    Rep1 = 3,
    /// <summary>Asks the definer of type 0 which resources were destroyed, and in which order, as a sum.</summary>
    Dropped0 = 4,
    /// <summary>The same for type 1.</summary>
    Dropped1 = 5,
}

/// <summary>A step of what a guest does with handles.</summary>
public readonly record struct HandleStep(HandleOp Op, uint Index);

/// <summary>A handle that a call put into a guest's table.</summary>
public readonly record struct ReceivedHandle(int Resource, uint Index, bool Own);
