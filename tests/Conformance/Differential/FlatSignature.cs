using System.Linq;
using Fact.Ir;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>The core type of a lifted or lowered function.</summary>
/// <param name="Params">Core parameters.</param>
/// <param name="Results">Core results.</param>
/// <param name="ParamsInMemory">Whether the first parameter points to all of them.</param>
/// <param name="ResultInMemory">Whether the result is behind a pointer: the last parameter of a lowered function, the result of a lifted one.</param>
public sealed record FlatSignature(EquatableArray<CoreValType> Params, EquatableArray<CoreValType> Results, bool ParamsInMemory, bool ResultInMemory)
{
    /// <summary>The core type of a function that a guest lifts.</summary>
    public static FlatSignature Lifted(GuestMemoryType guest, ComponentFuncType type) => Of(guest, type, lift: true);

    /// <summary>The core type that a guest lowers a function to.</summary>
    public static FlatSignature Lowered(GuestMemoryType guest, ComponentFuncType type) => Of(guest, type, lift: false);

    /// <summary>The type that all parameters together have where they travel in memory.</summary>
    public static ValType ParamsTuple(ComponentFuncType type) => new ValType.Tuple([.. Canon.Params(type)]);

    private static FlatSignature Of(GuestMemoryType guest, ComponentFuncType type, bool lift)
    {
        var core = guest.Abi.FlattenFuncType(new(StringEncoding.Utf8), type, lift);
        return new(
            core.Params,
            core.Results,
            guest.Abi.FlattenTypes(Canon.Params(type), SpecAbi.MaxFlatParams) is null,
            guest.Abi.FlattenTypes(Canon.Results(type), SpecAbi.MaxFlatResults) is null);
    }
}
