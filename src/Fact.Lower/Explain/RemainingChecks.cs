using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Explain;

/// <summary>Counts what plans check.</summary>
internal static class RemainingChecks
{
    /// <summary>The checks of a plan, in the order in which they come up.</summary>
    public static EquatableArray<RemainingCheck> Of(CallPlan plan)
    {
        var counts = new Dictionary<string, int>();
        var seen = new HashSet<Copy>(ReferenceEqualityComparer.Instance);
        foreach (var func in plan.Funcs)
            Acts(func.Acts);
        return counts.Select(count => new RemainingCheck(count.Key, count.Value)).ToEquatableArray();

        void Add(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

        void Acts(EquatableArray<Act> acts)
        {
            foreach (var act in acts)
                OfAct(act);
        }

        void OfAct(Act act)
        {
            switch (act)
            {
                case Act.Require require:
                    Add(require.Flag == InstanceFlag.MayLeave ? "may_leave of an instance" : "may_enter of an instance");
                    break;
                case Act.Guard guard:
                    Add("no exception leaves a guest");
                    Acts(guard.Acts);
                    break;
                case Act.Move move:
                    OfPlace(move.From);
                    OfPlace(move.To);
                    if (move.Copy is { } copy)
                        OfCopy(copy);
                    break;
                case Act.Clear or Act.Set or Act.EnterCall or Act.ExitCall or Act.Invoke or Act.Link or Act.PostReturn or Act.HandToHost:
                    break;
            }
        }

        void OfPlace(Place place)
        {
            if (place is Place.At)
                Add("address of parameters or result: alignment and range");
            else if (place is Place.Allocated)
                Add("address that realloc returns: alignment and range");
        }

        void OfCopy(Copy copy)
        {
            if (!seen.Add(copy))
                return;
            foreach (string what in CopyChecks(copy))
                Add(what);
            foreach (var part in CopyParts.Of(copy))
                OfCopy(part);
        }
    }

    private static string[] CopyChecks(Copy copy) => copy switch
    {
        Copy.Scalar { Check: ScalarCheck.CheckChar } => ["char is a Unicode scalar value"],
        Copy.Cases => ["discriminant is a case"],
        Copy.Text => ["string: length, alignment and range", "string: valid code units", "address that realloc returns: alignment and range"],
        Copy.List => ["list: length, alignment and range", "address that realloc returns: alignment and range"],
        Copy.Handle => ["handle is in its table (by the host)"],
        Copy.Scalar or Copy.Flags or Copy.Pair or Copy.Seq or Copy.Repeat or Copy.Bytes or Copy.Blocks or Copy.Helper => [],
    };
}
