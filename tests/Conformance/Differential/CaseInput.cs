using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>Turns cases into what the guests take.</summary>
public static class CaseInput
{
    private const byte CallerBackground = 0xA5, CalleeBackground = 0xC3;

    /// <summary>Lays arguments and result out in the guests' memories.</summary>
    public static RunInput Of(Pair pair, Case @case)
    {
        var func = pair.Funcs[@case.Func];
        return new(
            Caller(new(pair.Caller.Is64), pair.Caller, func, @case),
            Callee(new(pair.Callee.Is64), pair.Callee, func, @case),
            "run" + PairText.N(@case.Func),
            @case.Calls);
    }

    private static string Caller(Abi abi, GuestMemoryType memory, FuncUnderTest func, Case @case)
    {
        var image = new GuestImage(memory, CallerBackground);
        var writer = new ValueWriter(abi, func.Lower, image, @case.Garbage);
        var signature = abi.Lowered(func.Type);
        List<ulong> slots = [];
        if (signature.ParamsInMemory)
        {
            slots.Add(writer.Place(Abi.ParamsTuple(func.Type), new Node.Parts(@case.Args), @case.ArgsAt));
        }
        else
        {
            foreach (var (param, arg) in func.Type.Params.Items.Zip(@case.Args.Items))
                writer.Flat(param.Type, arg, slots);
        }
        if (signature.ResultInMemory)
            slots.Add(image.Allocate(@case.ReturnAt, abi.Size(func.Type.Result!), abi.Alignment(func.Type.Result!)));
        return Finish(image, slots, @case.CallerReallocs, @case.Calls);
    }

    private static string Callee(Abi abi, GuestMemoryType memory, FuncUnderTest func, Case @case)
    {
        var image = new GuestImage(memory, CalleeBackground);
        var writer = new ValueWriter(abi, func.Lift, image, ~@case.Garbage);
        List<ulong> slots = [];
        if (func.Type.Result is { } result)
        {
            if (abi.Lifted(func.Type).ResultInMemory)
                slots.Add(writer.Place(result, @case.Result!, @case.ResultAt));
            else
                writer.Flat(result, @case.Result!, slots);
        }
        return Finish(image, slots, @case.CalleeReallocs, @case.Calls);
    }

    private static string Finish(GuestImage image, List<ulong> slots, EquatableArray<ReallocStep> reallocs, int calls)
    {
        image.WriteSlots(GuestText.Slots, slots);
        image.WriteHeader(reallocs, calls);
        return image.ToMessage();
    }
}
