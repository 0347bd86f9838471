using System.Diagnostics;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>Writes the functions of adapters: one rule for each thing that they do.</summary>
/// <param name="s">What the code is written with.</param>
internal sealed class Functions(Scope s)
{
    private readonly FuncBuilder b = s.Code;

    // Of the function that is being written.
    private CallPlan call = null!;
    private FuncId first;
    private CoreFuncType type = null!;
    private LocalId result;

    /// <summary>Writes a function of an adapter.</summary>
    /// <param name="plan">The adapter.</param>
    /// <param name="func">Which of its functions.</param>
    /// <param name="firstId">The id of the first of its functions; the others follow.</param>
    public SymbolicFunc Write(CallPlan plan, int func, FuncId firstId)
    {
        var written = plan.Funcs[func];
        (call, first, type) = (plan, firstId, written.Type);
        b.Start(type.Params.AsSpan());
        result = default;
        if (written.Role == FuncRole.Adapter && ReturnsToAdapter(written.Acts) is { } returned)
            result = b.Local(returned, "result");
        Write(written.Acts);
        return b.Finish(new(firstId.Value + func), written.Role, written.Name, type);
    }

    /// <summary>The type of the result of a callee that the adapter calls itself.</summary>
    private CoreValType? ReturnsToAdapter(EquatableArray<Act> acts)
    {
        var results = call.Adapter.Lift.CoreType.Results;
        return results.IsEmpty || acts[^1] is Act.HandToHost or Act.Link ? null : results[0];
    }

    private void Write(EquatableArray<Act> acts)
    {
        foreach (var act in acts)
            Write(act);
    }

    private void Write(Act act)
    {
        switch (act)
        {
            case Act.Require a:
                s.Flags.Require(s, a.Flags, a.Flag);
                break;
            case Act.Clear a:
                s.Flags.Clear(b, a.Flags, a.Which);
                break;
            case Act.Set a:
                s.Flags.Set(b, a.Flags, a.Which);
                break;
            case Act.EnterCall:
                b.Emit(Imports.EnterCall);
                break;
            case Act.ExitCall:
                b.Emit(Imports.ExitCall);
                break;
            case Act.Move { What: Moved.Params } a:
                MoveParams(a);
                break;
            case Act.Move a:
                MoveResult(a);
                break;
            case Act.Invoke a:
                b.Emit(Imports.Call(a.Callee));
                if (!a.Callee.Type.Results.IsEmpty)
                    b.Set(result);
                break;
            case Act.Link a:
                for (int i = 0; i < type.Params.Length; i++)
                    b.Get(new(i));
                b.Emit(Imports.Call(a.Callee));
                break;
            case Act.PostReturn a:
                if (!a.Func.Type.Params.IsEmpty)
                    b.Get(result);
                b.Emit(Imports.Call(a.Func));
                break;
            case Act.Guard a:
                var labels = Barrier.Begin(b);
                s.IsGuarded = true;
                Write(a.Acts);
                s.IsGuarded = false;
                Barrier.End(b, labels);
                break;
            case Act.HandToHost a:
                HandToHost(a);
                break;
        }
    }

    private void MoveParams(Act.Move move)
    {
        s.Inline = move.Inline;
        if (move.Copy is not { } copy)
            return;
        Side lower = call.Lower, lift = call.Lift;
        s.Enter(PathSegment.Params);
        var source = From(move.From, lower, copy.Source);
        if (move.To is not Place.Allocated allocated)
        {
            s.Leave();
            Copies.Write(s, copy, source, Target.Flat(lift, ((Place.Stack)move.To).Types));
            return;
        }
        Ranges.Allocate(s, lift, allocated.Alignment, ByteCount.Of(allocated.Size));
        s.Leave();
        var address = b.SetNew(lift.Ptr.Type, "params");
        Copies.Write(s, copy, source, Target.Memory(lift, address));
        b.Get(address);
    }

    private void MoveResult(Act.Move move)
    {
        s.Inline = move.Inline;
        if (move.Copy is not { } copy)
            return;
        Side lower = call.Lower, lift = call.Lift;
        s.Enter(PathSegment.Result);
        var source = From(move.From, lift, copy.Source);
        var target = move.To is Place.At at ? Target.Memory(lower, Checked(at, lower)) : Target.Flat(lower, ((Place.Stack)move.To).Types);
        Copies.Write(s, copy, source, target);
        s.Leave();
    }

    private Source From(Place place, Side side, TypeLayout layout)
    {
        switch (place)
        {
            case Place.Params:
                return Source.Flat(side, s.Parameters(layout.FlatTypes.Length));
            case Place.Returned:
                return Source.Flat(side, [result]);
            case Place.At at:
                return Source.Memory(side, Checked(at, side));
            case Place.Stack or Place.Allocated:
                break;
        }
        throw new UnreachableException("values do not come from there");
    }

    /// <summary>Traps unless a value is at the address; gives the local that holds it.</summary>
    private LocalId Checked(Place.At at, Side side)
    {
        var address = at.Address < 0 ? result : new LocalId(at.Address);
        Ranges.Check(s, side, address, at.Alignment, ByteCount.Of(at.Size), TrapCode.PointerOutOfBounds);
        return address;
    }

    /// <summary>
    /// <code>
    /// (call $prepare-call (ref.func $async-start) (ref.func $async-return)
    ///   caller callee task-return-type string-encoding result-count …parameters)
    /// (call $start-call (ref.func $callee) …)
    /// </code>
    /// </summary>
    private void HandToHost(Act.HandToHost act)
    {
        b.Emit(new Instr.RefFunc(FuncRef.Of(new(first.Value + 1))));
        b.Emit(new Instr.RefFunc(FuncRef.Of(new(first.Value + 2))));
        b.I32((int)act.Caller.Value);
        b.I32((int)act.CalleeInstance.Value);
        b.I32((int)act.TaskReturn.Value);
        b.I32((int)act.Encoding);
        b.I32(act.ResultCount);
        for (int i = 0; i < type.Params.Length; i++)
            b.Get(new(i));
        b.Emit(Imports.Call(act.Prepare));

        b.Emit(new Instr.RefFunc(new FuncRef.Imported(call.Callee)));
        b.I32(act.CalleeParams);
        if (act.Start is Import.AsyncStartCall)
        {
            b.I32(act.CalleeResults);
            b.I32(act.StartFlags);
        }
        b.Emit(Imports.Call(act.Start));
    }
}
