using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The types of functions, written out.</summary>
internal sealed class FunctionTypes
{
    private readonly Dictionary<CoreModuleParts, EquatableArray<CoreSubType>> types = new(ReferenceEqualityComparer.Instance);

    /// <summary>The type of one of the functions that a module defines; null where it names none.</summary>
    public CoreFuncType? Of(CoreModuleParts module, int function)
    {
        if (!types.TryGetValue(module, out var all))
            types.Add(module, all = CoreRecType.IndexSpace(module.Types.Items));
        var type = module.Funcs[function];
        return type.Value < (uint)all.Length ? all[(int)type.Value].Func : null;
    }
}
