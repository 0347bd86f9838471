using System;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;

namespace Fact.Lower.Call;

/// <summary>One side of an adapter, checked: its types laid out, its options interned.</summary>
internal sealed class CallSide
{
    public required AdapterSide Input { get; init; }

    public required Side Side { get; init; }

    public required InstanceFlags Flags { get; init; }

    public required AbiType[] Params { get; init; }

    /// <summary>Null where the function has no result.</summary>
    public required AbiType? Result { get; init; }

    /// <summary>The tuple of the parameters: their layout in memory. Null where there are none.</summary>
    public required AbiType.Record? ParamTuple { get; init; }

    public bool Async => Input.Options.Async;

    public CoreValType PtrType => Side.Ptr.Type;

    /// <summary>The flat parameters; null where there are more than so many.</summary>
    public CoreValType[]? FlatParams(int max)
    {
        var flat = ParamTuple is null ? [] : ParamTuple.For(PtrType).FlatTypes;
        return flat is not null && flat.Length <= max ? flat : null;
    }

    /// <summary>The flat results; null where there are more than so many.</summary>
    public CoreValType[]? FlatResults(int max)
    {
        if (Result is null)
            return [];
        return Result.For(PtrType).FlatTypes is { } flat && flat.Length <= max ? flat : null;
    }

    /// <summary>Whether lowering the parameters to this side calls its allocator.</summary>
    public bool ParamsAllocate => FlatParams(Limits.MaxFlatParams) is null || Array.Exists(Params, HasPointers);

    /// <summary>Whether lowering the result to this side calls its allocator.</summary>
    public bool ResultAllocates => Result is not null && HasPointers(Result);

    public static bool HasPointers(AbiType type) => (type.Has & Features.Pointers) != 0;
}

/// <summary>An adapter, checked, with what its code works with.</summary>
internal sealed record CallShape(Adapter Adapter, CallSide Lift, CallSide Lower, InstanceFlags[] Entered)
{
    /// <summary>Whether a parameter contains a borrow, so that the call is bracketed.</summary>
    public bool PassesBorrows => Array.Exists(Lower.Params, type => (type.Has & Features.Borrows) != 0);

    public Import.Callee Callee { get; } = new(Adapter.Name, Adapter.Callee, Adapter.Lift.CoreType);

    public Import.PostReturn? PostReturn { get; } = Adapter.Lift.Options.PostReturn is { } func
        ? new(Adapter.Name, func, new(Adapter.Lift.CoreType.Results, []))
        : null;
}
