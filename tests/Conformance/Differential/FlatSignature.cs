using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>The core type of a lifted or lowered function.</summary>
/// <param name="Params">Core parameters.</param>
/// <param name="Results">Core results; of functions that are lifted asynchronously, what is given to <c>task.return</c>; of those that are lowered so, the status of the
/// call.</param>
/// <param name="ParamsInMemory">Whether the first parameter points to all of them.</param>
/// <param name="ResultInMemory">Whether the result is behind a pointer: the last parameter of a lowered function, the result of a lifted one.</param>
public sealed record FlatSignature(EquatableArray<CoreValType> Params, EquatableArray<CoreValType> Results, bool ParamsInMemory, bool ResultInMemory)
{
    /// <summary>The core type of a function that a guest lifts.</summary>
    public static FlatSignature Lifted(GuestMemoryType guest, FuncUnderTest func)
    {
        if (!func.LiftsAsync)
            return Of(guest, func.Type, lift: true);
        var results = guest.Abi.FlattenTypes(Canon.Results(func.Type), SpecAbi.MaxFlatParams);
        return Of(guest, func.Type, lift: true) with { Results = [.. results ?? [guest.Abi.Ptr]], ResultInMemory = results is null };
    }

    /// <summary>The core type that a guest lowers a function to.</summary>
    public static FlatSignature Lowered(GuestMemoryType guest, FuncUnderTest func) => Of(guest, func.Type, lift: false, func.LowersAsync);

    /// <summary>The type that all parameters together have where they travel in memory.</summary>
    public static ValType ParamsTuple(ComponentFuncType type) => new ValType.Tuple([.. Canon.Params(type)]);

    private static FlatSignature Of(GuestMemoryType guest, ComponentFuncType type, bool lift, bool isAsync = false)
    {
        var core = guest.Abi.FlattenFuncType(new(StringEncoding.Utf8, Async: isAsync), type, lift);
        return new(
            core.Params,
            core.Results,
            guest.Abi.FlattenTypes(Canon.Params(type), isAsync ? SpecAbi.MaxFlatAsyncParams : SpecAbi.MaxFlatParams) is null,
            guest.Abi.FlattenTypes(Canon.Results(type), isAsync ? 0 : SpecAbi.MaxFlatResults) is null);
    }
}
