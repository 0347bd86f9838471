using System;
using System.Collections.Generic;
using System.Text;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Call;
using Fact.Lower.Code;

namespace Fact.Lower.Check;

/// <summary>Checks adapters from outside, so that lowering them cannot fail, and lays out their types.</summary>
internal sealed class AdapterCheck
{
    private readonly AbiTypes types;
    private readonly Sides sides = new();
    private readonly Entering entering;
    private readonly TypeMatch match;
    private readonly ValuePath path = new();
    private readonly CodeBudget budget;
    private readonly Action<string> reportHere;
    private string adapterName = "";
    private string sideName = "";
    private long nameBytes, workDone, errorText;

    /// <param name="adapters">How many are going to be checked.</param>
    /// <param name="reentrance">The rule of reentrance.</param>
    /// <param name="budget">What pays for the types that are laid out and compared; when it is spent, checking ends.</param>
    public AdapterCheck(int adapters, Reentrance reentrance, CodeBudget budget)
    {
        this.budget = budget;

        void ReportAt(ValuePath at, string message)
        {
            if (errorText <= Limits.MaxErrorText)
                Report(at.ToString(), message);
        }

        types = new(ReportAt, adapters, Budget.Largest);
        match = new(ReportAt);
        reportHere = message => Report("", message);
        entering = new(reentrance, reportHere);
    }

    public List<AdapterError> Errors { get; } = [];

    public CallShape[] Run(EquatableArray<Adapter> adapters)
    {
        var calls = new CallShape[adapters.Length];
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
        workDone = types.Work + match.Work;
        return budget.Spend(workDone - before + adapter.Lift.Type.Params.Length + adapter.Lower.Type.Params.Length);
    }

    private void CheckNames(Adapter adapter, System.Collections.Generic.HashSet<string> names)
    {
        if (!IsUnicode(adapter.Name))
            Report("", "the name has a surrogate without its other half, which no export can have in its name; give the adapter a name of Unicode scalar values");
        CheckLength(adapter.Name);
        Use(adapter.Name);
        if (adapter.Lift.Options.Async || adapter.Lower.Options.Async)
        {
            Use(Names.AsyncStart(adapter));
            Use(Names.AsyncReturn(adapter));
            Use(Names.Callee(adapter));
        }

        void Use(string name)
        {
            if (!names.Add(name))
                Report("", $"an earlier adapter exports the name \"{name}\" too; give each adapter a name of its own");
        }
    }

    private void CheckLength(string name)
    {
        int bytes = Encoding.UTF8.GetByteCount(name), most = EngineLimits.Common.NameBytes - Limits.NameAffixes;
        if (bytes > most)
            Report("", $"the name has {bytes} bytes, and engines take {most} with what is added to it; give the adapter a shorter name");
        long before = nameBytes;
        nameBytes += bytes;
        if (before <= Limits.MaxNameBytes && nameBytes > Limits.MaxNameBytes)
            Report("", $"the names of the adapters up to this one have more than {Limits.MaxNameBytes} bytes together; give them shorter names");
    }

    private static bool IsUnicode(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogatePair(name, i))
                i++;
            else if (char.IsSurrogate(name[i]))
                return false;
        }
        return true;
    }

    private CallShape Check(Adapter adapter)
    {
        int before = Errors.Count;
        var lower = Side("lower", adapter.Lower);
        var lift = Side("lift", adapter.Lift);
        sideName = "";
        if (Errors.Count == before)
        {
            Match(adapter, lower, lift);
            sideName = "lower";
            SideCheck.Lower(lower, reportHere);
            sideName = "lift";
            SideCheck.Lift(lift, reportHere);
            sideName = "";
        }
        return new(adapter, lift, lower, entering.Of(adapter));
    }

    private CallSide Side(string name, AdapterSide side)
    {
        sideName = name;
        path.Clear();
        if (side.Options.Memory is { } memory && sides.Contradicts(memory))
            Report("", $"memory {memory.Id.Value} has another type in an earlier adapter");
        var parameters = new AbiType[side.Type.Params.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            path.Push("param", side.Type.Params[i].Name);
            parameters[i] = types.Of(side.Type.Params[i].Type, path);
            path.Pop();
        }
        var tuple = types.Params(parameters, path);
        path.Push("result");
        var result = side.Type.Result is { } type ? types.Of(type, path) : null;
        if (result is not null && (result.Has & Features.Borrows) != 0)
            Report(path.ToString(), "a result cannot contain a borrow");
        path.Pop();
        return new()
        {
            Input = side,
            Side = sides.Of(side.Options),
            Flags = entering.Flags(side.Instance.Id),
            Params = parameters,
            Result = result,
            ParamTuple = tuple,
        };
    }

    private void Match(Adapter adapter, CallSide lower, CallSide lift)
    {
        if (lower.Params.Length != lift.Params.Length)
        {
            Report("", $"the caller passes {lower.Params.Length} parameters and the callee takes {lift.Params.Length}");
            return;
        }
        for (int i = 0; i < lower.Params.Length; i++)
        {
            path.Push("param", adapter.Lower.Type.Params[i].Name);
            match.Check(lower.Params[i], lift.Params[i], path);
            path.Pop();
        }
        path.Push("result");
        if ((lower.Result is null) != (lift.Result is null))
            Report(path.ToString(), "one side has a result and the other has none");
        else if (lift.Result is not null)
            match.Check(lift.Result, lower.Result!, path);
        path.Pop();
    }

    private void Report(string where, string message)
    {
        if (errorText > Limits.MaxErrorText)
            return;
        errorText += where.Length + message.Length;
        string full = sideName.Length == 0 ? where : where.Length == 0 ? sideName : sideName + " · " + where;
        Errors.Add(new(adapterName, full, message));
    }
}
