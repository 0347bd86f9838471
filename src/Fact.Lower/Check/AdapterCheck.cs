using System;
using System.Collections.Generic;
using System.Text;
using Fact.Ir;
using Fact.Lower.Plan;

namespace Fact.Lower.Check;

/// <summary>Checks adapters from outside, so that they can be planned, and gives them the form in which they are.</summary>
internal sealed class AdapterCheck
{
    private readonly TypeInterner types;
    private readonly TypeCheck typeCheck;
    private readonly Sides sides = new();
    private readonly Entering entering;
    private readonly TypeMatch match;
    private readonly ValuePath path = new();
    private readonly CodeBudget budget;
    private readonly DiagnosticList errors;
    private readonly AdapterFacts used;
    private readonly Action<DiagnosticCode, string> reportHere;
    private string adapterName = "";
    private string sideName = "";
    private long nameBytes, workDone;
    private ComponentFuncType? checkedType;

    /// <param name="types">Makes equal types one object.</param>
    /// <param name="reentrance">The rule of reentrance.</param>
    /// <param name="used">What of that which is known of adapters is used here.</param>
    /// <param name="budget">What pays for the types that are checked and compared; when it is spent, checking ends.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public AdapterCheck(TypeInterner types, Reentrance reentrance, AdapterFacts used, CodeBudget budget, DiagnosticList errors)
    {
        (this.types, this.used, this.budget, this.errors) = (types, used, budget, errors);

        void ReportAt(DiagnosticCode code, ValuePath at, string message)
        {
            if (!errors.IsFull)
                Report(code, at.ToString(), message);
        }

        typeCheck = new(ReportAt);
        match = new((at, message) => ReportAt(DiagnosticCode.TypeMismatch, at, message));
        reportHere = (code, message) => Report(code, "", message);
        entering = new(reentrance, reportHere);
    }

    /// <summary>The adapters as they are planned; what is in it is of no use where an error was reported.</summary>
    public CallShape?[] Run(EquatableArray<Adapter> adapters)
    {
        var calls = new CallShape?[adapters.Length];
        var names = new System.Collections.Generic.HashSet<string>(calls.Length, StringComparer.Ordinal);
        for (int i = 0; i < calls.Length; i++)
        {
            (adapterName, sideName) = (adapters[i].Name, "");
            CheckNames(adapters[i], names);
            calls[i] = Check(adapters[i]);
            if (!Pay(adapters[i]))
                break;
        }
        return calls;
    }

    private bool Pay(Adapter adapter)
    {
        long before = workDone;
        workDone = typeCheck.Work + match.Work;
        return budget.Spend(workDone - before + adapter.Lift.Type.Params.Length + adapter.Lower.Type.Params.Length);
    }

    private void CheckNames(Adapter adapter, System.Collections.Generic.HashSet<string> names)
    {
        bool isAscii = Ascii.IsValid(adapter.Name);
        if (!isAscii && !UnicodeText.IsWellFormed(adapter.Name))
            Report(
                DiagnosticCode.InvalidName,
                "", "the name has a surrogate without its other half, which no export can have in its name; give the adapter a name of Unicode scalar values");
        CheckLength(isAscii ? adapter.Name.Length : Encoding.UTF8.GetByteCount(adapter.Name));
        Use(adapter.Name);
        if (adapter.Lift.Options.Async || adapter.Lower.Options.Async)
        {
            Use(PartNames.AsyncStart(adapter));
            Use(PartNames.AsyncReturn(adapter));
            Use(PartNames.Callee(adapter));
        }

        void Use(string name)
        {
            if (!names.Add(name))
                Report(DiagnosticCode.DuplicateName, "", $"an earlier adapter exports the name \"{name}\" too; give each adapter a name of its own");
        }
    }

    private void CheckLength(int bytes)
    {
        int most = EngineLimits.Common.NameBytes - InputLimits.NameAffixes;
        if (bytes > most)
            Report(DiagnosticCode.TooLarge, "", $"the name has {bytes} bytes, and engines take {most} with what is added to it; give the adapter a shorter name");
        long before = nameBytes;
        nameBytes += bytes;
        if (before <= InputLimits.MaxNameBytes && nameBytes > InputLimits.MaxNameBytes)
            Report(
                DiagnosticCode.TooLarge,
                "", $"the names of the adapters up to this one have more than {InputLimits.MaxNameBytes} bytes together; give them shorter names");
    }

    private CallShape? Check(Adapter adapter)
    {
        int before = errors.Count;
        CheckTypes("lower", adapter.Lower);
        CheckTypes("lift", adapter.Lift);
        sideName = "";
        if (errors.Count != before)
            return null;
        // Without handles both sides have the same type, mostly as one object.
        var facts = adapter.Facts & used;
        var lower = Side(adapter.Lower, facts.HasFlag(AdapterFacts.CallerThrowsNothing), null);
        var lift = Side(adapter.Lift, facts.HasFlag(AdapterFacts.CalleeThrowsNothing), ReferenceEquals(adapter.Lift.Type, adapter.Lower.Type) ? lower : null);
        Match(adapter, lower, lift);
        sideName = "lower";
        SideCheck.Lower(adapter.Lower, reportHere);
        sideName = "lift";
        SideCheck.Lift(adapter.Lift, reportHere);
        sideName = "";
        return new(adapter, lift, lower, entering.Of(adapter));
    }

    private void CheckTypes(string name, AdapterSide side)
    {
        sideName = name;
        path.Clear();
        if (side.Options.Memory is { } memory && sides.Contradicts(memory))
            Report(DiagnosticCode.TypeMismatch, "", $"memory {memory.Id.Value} has another type in an earlier adapter");
        if (!ReferenceEquals(side.Type, checkedType))
            typeCheck.Check(side.Type, path);
        checkedType = side.Type;
    }

    /// <param name="side">The side.</param>
    /// <param name="throwsNothing">Whether it is known that its allocator throws nothing.</param>
    /// <param name="same">Another side with the same type.</param>
    private CallSide Side(AdapterSide side, bool throwsNothing, CallSide? same)
    {
        if (same is not null)
            return new(side, sides.Of(side.Options, throwsNothing), entering.Flags(side.Instance.Id), same.Params, same.Result);
        var parameters = new ValType[side.Type.Params.Length];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = types.Of(side.Type.Params[i].Type);
        return new(side, sides.Of(side.Options, throwsNothing), entering.Flags(side.Instance.Id), parameters, side.Type.Result is { } result ? types.Of(result) : null);
    }

    private void Match(Adapter adapter, CallSide lower, CallSide lift)
    {
        if (lower.Params.Length != lift.Params.Length)
        {
            Report(DiagnosticCode.TypeMismatch, "", $"the caller passes {lower.Params.Length} parameters and the callee takes {lift.Params.Length}");
            return;
        }
        for (int i = 0; i < lower.Params.Length; i++)
        {
            if (ReferenceEquals(lower.Params[i], lift.Params[i]))
                continue;
            path.Push("param", adapter.Lower.Type.Params[i].Name);
            match.Check(lower.Params[i], lift.Params[i], path);
            path.Pop();
        }
        if (ReferenceEquals(lift.Result, lower.Result))
            return;
        path.Push("result");
        if ((lower.Result is null) != (lift.Result is null))
            Report(DiagnosticCode.TypeMismatch, path.ToString(), "one side has a result and the other has none");
        else if (lift.Result is not null)
            match.Check(lift.Result, lower.Result!, path);
        path.Pop();
    }

    private void Report(DiagnosticCode code, string where, string message)
    {
        string full = sideName.Length == 0 ? where : where.Length == 0 ? sideName : sideName + " · " + where;
        errors.Add(new(code, message, full, Adapter: adapterName));
    }
}
