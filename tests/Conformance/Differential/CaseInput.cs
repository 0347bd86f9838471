using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Differential.Model;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>Turns cases into what the guests take.</summary>
public static class CaseInput
{
    private const byte CallerBackground = 0xA5, CalleeBackground = 0xC3;

    /// <summary>Lays arguments and results out in the guests' memories, and says what the guests do.</summary>
    public static RunInput Of(Pair pair, Case @case)
    {
        var input = new RunInput(pair.Resources, []);
        foreach (var step in @case.Before.Items.Append(@case))
            input = input with { Steps = new(input.Steps.Items.Add(Step(pair, step, input))) };
        return input;
    }

    private static RunStep Step(Pair pair, Case @case, RunInput before)
    {
        var func = pair.Funcs[@case.Func];
        var draft = Step(pair, @case, [], []);
        bool handles = pair.Resources && (func.Type.Params.Items.Any(p => Handles.In(p.Type)) || (func.Type.Result is { } result && Handles.In(result)));
        if (!handles)
            return draft;
        var (caller, callee) = SpecificationModel.Received(pair, before with { Steps = new(before.Steps.Items.Add(draft with { Calls = 1 })) });
        return Step(pair, @case, Handles.Script(@case.CallerUse, caller), Handles.Script(@case.CalleeUse, callee));
    }

    private static RunStep Step(Pair pair, Case @case, IReadOnlyList<HandleStep> caller, IReadOnlyList<HandleStep> callee)
    {
        var func = pair.Funcs[@case.Func];
        return new(
            @case.Func,
            Caller(pair, func, @case, caller),
            Callee(pair, func, @case, callee),
            @case.Calls);
    }

    private static string Caller(Pair pair, FuncUnderTest func, Case @case, IReadOnlyList<HandleStep> handles)
    {
        var abi = pair.Caller.Abi;
        var image = new GuestImage(pair.Caller, CallerBackground);
        var writer = new ValueWriter(abi, func.Lower, image, @case.Garbage, pair.Debug);
        var signature = FlatSignature.Lowered(pair.Caller, func);
        List<ulong> slots = [];
        if (signature.ParamsInMemory)
        {
            slots.Add(writer.Place(FlatSignature.ParamsTuple(func.Type), new Node.Parts(@case.Args), @case.ArgsAt));
        }
        else
        {
            foreach (var (param, arg) in func.Type.Params.Items.Zip(@case.Args.Items))
                writer.Flat(param.Type, arg, slots);
        }
        if (signature.ResultInMemory)
            slots.Add(image.Allocate(@case.ReturnAt, abi.ElemSize(func.Type.Result!), abi.Alignment(func.Type.Result!)));
        image.WriteHandles(handles);
        return Finish(image, slots, @case.CallerReallocs, @case);
    }

    private static string Callee(Pair pair, FuncUnderTest func, Case @case, IReadOnlyList<HandleStep> handles)
    {
        var abi = pair.Callee.Abi;
        var image = new GuestImage(pair.Callee, CalleeBackground);
        var writer = new ValueWriter(abi, func.Lift, image, ~@case.Garbage, pair.Debug);
        List<ulong> slots = [];
        if (func.Type.Result is { } result)
        {
            if (FlatSignature.Lifted(pair.Callee, func).ResultInMemory)
                slots.Add(writer.Place(result, @case.Result!, @case.ResultAt));
            else
                writer.Flat(result, @case.Result!, slots);
        }
        image.WriteHandles(handles);
        return Finish(image, slots, @case.CalleeReallocs, @case);
    }

    private static string Finish(GuestImage image, List<ulong> slots, EquatableArray<ReallocStep> reallocs, Case @case)
    {
        image.WriteSlots(GuestText.Slots, slots);
        int again = @case.Leaves == Leaving.Back ? @case.Again : 0;
        image.WriteHeader(reallocs, @case.Calls + again, @case.Leaves);
        image.WriteAgain(again, @case.Func);
        return image.ToMessage();
    }
}
