using System.Collections.Generic;
using System.Threading;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Lower.Passes;

namespace Fact;

/// <summary>Decides which adapters of a plan are left out: those that are found, when they are planned as they would be compiled, to do nothing but the call.</summary>
internal static class AdapterElision
{
    // As many as there can be flat parameters and a result, and some tuples around them.
    private const int MostNodes = 64;

    private const AdapterFacts Needed = AdapterFacts.CallerFlagUnseen | AdapterFacts.CallUnseen;

    /// <summary>The plan without them. Debug builds keep all: they are to be looked at.</summary>
    /// <param name="plan">A plan as linking makes it.</param>
    /// <param name="options">How adapters are compiled.</param>
    /// <param name="cancellationToken">Stops planning.</param>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public static LinkPlan Run(LinkPlan plan, CompileOptions options, CancellationToken cancellationToken)
    {
        if (options.Assertions || !options.Lower.Passes.Has(ElideAdapters.PassName))
            return plan;
        var candidates = new List<int>();
        for (int i = 0; i < plan.Adapters.Length; i++)
        {
            if (plan.Adapters[i].Module is not null && IsCandidate(plan.Adapters[i].Adapter))
                candidates.Add(i);
        }
        if (candidates.Count == 0)
            return plan;
        var adapters = new Adapter[candidates.Count];
        for (int i = 0; i < adapters.Length; i++)
            adapters[i] = plan.Adapters[candidates[i]].Adapter;
        var plans = Planning.Run(adapters.ToEquatableArray(), options.Lower, new CodeBudget(adapters.Length, cancellationToken), out var errors);
        // What is wrong with adapters is said when they are compiled.
        if (!errors.IsEmpty)
            return plan;
        bool[] elided = new bool[plan.Adapters.Length];
        for (int i = 0; i < plans.Length; i++)
            elided[candidates[i]] = plans[i].Funcs is [{ Acts: [Act.Link] }] && adapters[i].Lift.CoreType.Equals(adapters[i].Lower.CoreType);
        return ElidedAdapters.Remove(plan, elided);
    }

    // Most adapters are no candidates, and need not be planned twice.
    private static bool IsCandidate(Adapter adapter)
    {
        if ((adapter.Facts & Needed) != Needed || adapter.Lift.Options.PostReturn is not null)
            return false;
        var type = adapter.Lower.Type;
        int left = MostNodes;
        foreach (var param in type.Params)
        {
            if (!IsPlain(param.Type, ref left))
                return false;
        }
        return type.Result is not { } result || IsPlain(result, ref left);
    }

    private static bool IsPlain(ValType type, ref int left)
    {
        if (--left < 0)
            return false;
        switch (type)
        {
            case ValType.Primitive primitive:
                return primitive.Type != PrimitiveType.String && Copy.CheckOf(primitive.Type) == ScalarCheck.None;
            case ValType.Record record:
                foreach (var field in record.Fields)
                {
                    if (!IsPlain(field.Type, ref left))
                        return false;
                }
                return true;
            case ValType.Tuple tuple:
                foreach (var part in tuple.Types)
                {
                    if (!IsPlain(part, ref left))
                        return false;
                }
                return true;
            case ValType.FixedLengthList list:
                return IsPlain(list.Element, ref left);
            default:
                return type is ValType.Flags;
        }
    }
}
