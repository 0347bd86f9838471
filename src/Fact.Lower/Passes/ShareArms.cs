using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>One arm for all cases of a variant whose payloads are copied alike.</summary>
internal sealed class ShareArms() : Pass(
    "share-arms",
    "cases whose payloads are copied alike share an arm, so that a variant takes as much code as it has different payloads",
    PassScope.Copies)
{
    private const int Few = 8;

    public override Copy Rewrite(Copy copy, CopyForm form)
    {
        if (copy is not Copy.Cases { Dispatch: Dispatch.Table, Arms.Length: > 1 } cases)
            return copy;
        int count = cases.Arms.Length;
        if (count <= Few && AllDiffer(cases.Arms.AsSpan()))
            return copy;
        // Most variants have few cases, which are faster compared than looked up.
        var known = count > Few ? new Dictionary<object, int>(ReferenceEqualityComparer.Instance) : null;
        var arms = new Arm[count];
        Span<int> newArms = count <= 64 ? stackalloc int[count] : new int[count];
        int used = 0;
        for (int i = 0; i < count; i++)
        {
            var payload = cases.Arms[i].Payload;
            int arm = known is null ? Find(arms.AsSpan(0, used), payload) : known.GetValueOrDefault(payload ?? NoPayload, used);
            if (arm == used)
            {
                known?.Add(payload ?? NoPayload, used);
                arms[used++] = cases.Arms[i];
            }
            newArms[i] = arm;
        }
        if (used == count)
            return copy;
        if (used == 1)
            return new Copy.Cases(cases.Flavor, cases.Count, [arms[0]], [], Dispatch.Table, cases.Source, cases.Target);
        var armOf = new int[cases.Count];
        for (int i = 0; i < armOf.Length; i++)
            armOf[i] = newArms[cases.ArmOf[i]];
        return new Copy.Cases(
            cases.Flavor,
            cases.Count,
            EquatableArray.Create<Arm>(arms.AsSpan(0, used)),
            EquatableArray.Seal(armOf),
            Dispatch.Table,
            cases.Source,
            cases.Target);
    }

    private static readonly object NoPayload = new();

    private static bool AllDiffer(ReadOnlySpan<Arm> arms)
    {
        for (int i = 1; i < arms.Length; i++)
        {
            if (Find(arms[..i], arms[i].Payload) < i)
                return false;
        }
        return true;
    }

    private static int Find(ReadOnlySpan<Arm> arms, Copy? payload)
    {
        for (int i = 0; i < arms.Length; i++)
        {
            if (ReferenceEquals(arms[i].Payload, payload))
                return i;
        }
        return arms.Length;
    }
}
