using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>
/// The defined core types of a check, each once: recursion groups that say the same are one, wherever they stand, so types are
/// equal when they are the same object. In the table, types refer to each other by their numbers in it.
/// Spec: equality of defined types, <c>$rollrt</c> and <c>$unrollrt</c>.
/// </summary>
internal sealed class CoreTypeTable
{
    // Marks, in a group that is rolled up, the position of a type of the group itself.
    private const uint Own = 0x8000_0000;

    private readonly List<CheckedCoreType.Defined> types = [];
    private readonly Dictionary<EquatableArray<CoreSubType>, uint> groups = new(CoreGroupComparer.Instance);

    /// <summary>The type of a number.</summary>
    public CheckedCoreType.Defined this[uint number] => types[(int)number];

    /// <summary>The type of a number.</summary>
    public CheckedCoreType.Defined this[CoreTypeIdx number] => types[(int)number.Value];

    /// <summary>What stands, in a group that is rolled up, for a type of the group itself.</summary>
    public static uint InGroup(uint position) => Own | position;

    /// <summary>The number of the first type of a group.</summary>
    /// <param name="rolled">Its types: those of other groups by number, those of its own by <see cref="InGroup"/>.</param>
    /// <param name="isNew">Whether there was no such group before: whether it is valid has yet to be looked at.</param>
    public uint Add(EquatableArray<CoreSubType> rolled, out bool isNew)
    {
        if (groups.TryGetValue(rolled, out uint first))
        {
            isNew = false;
            return first;
        }
        isNew = true;
        first = (uint)types.Count;
        groups.Add(rolled, first);
        var unroll = new CoreTypeMap(index => (index & Own) == 0 ? index : first + (index & ~Own));
        foreach (var type in rolled)
        {
            var unrolled = unroll.Apply(type);
            var super = unrolled.Supertypes is [var declared] ? this[declared] : null;
            types.Add(new CheckedCoreType.Defined((uint)types.Count, unrolled, super, first, rolled.Length));
        }
        return first;
    }

    /// <summary>A function that the host or an adapter has: <c>(func …)</c> is final, without supertype, and of no larger group.</summary>
    public CoreExternType.Func Func(CoreFuncType type)
    {
        var sub = new CoreSubType(IsFinal: true, [], new CoreCompType(IsShared: false, null, null, new CoreShape.Func(type)));
        uint number = Add([sub], out _);
        return new CoreExternType.Func(new CoreTypeIdx(number), IsExact: true);
    }

    /// <summary>Whether a core function has a type of numbers. One whose type is not final, declares a supertype or has others in its group does not.</summary>
    public bool Is(CoreExternType.Func func, ReadOnlySpan<CoreValType> parameters, ReadOnlySpan<CoreValType> results) =>
        this[func.Type] is { IsPlain: true, Func: { } type } && CoreTypes.Has(type, parameters, results);

    /// <summary>The type of a core function as text.</summary>
    public string Text(CoreExternType.Func func) => CheckedCoreText.Of(this[func.Type]);
}
