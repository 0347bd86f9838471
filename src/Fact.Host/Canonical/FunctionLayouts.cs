using System;
using System.Linq;
using Fact.Host.Values;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;
using LanguageExt;

namespace Fact.Host.Canonical;

/// <summary>
/// Lays out functions, each type object once: types may share parts, so their written size says nothing. Once a type was found at fault, no other function is
/// laid out. It serves one component and is not for several threads at once.
/// </summary>
internal sealed class FunctionLayouts
{
    private readonly AbiTypes types;
    private ValueError? fault;

    public FunctionLayouts() => types = new((path, message) => fault ??= new(path.ToString(), message));

    /// <summary>Lays out a function's parameters and result, or says why a value of one of them cannot be.</summary>
    /// <param name="type">The type of the function.</param>
    /// <param name="ptr">The type of a pointer: i32 or i64.</param>
    public Either<ValueError, FunctionLayout> Of(ComponentFuncType type, CoreValType ptr)
    {
        var path = new ValuePath();
        var parameters = new AbiType[type.Params.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            path.Push("param", type.Params[i].Name);
            parameters[i] = types.Of(type.Params[i].Type, path);
            path.Pop();
        }
        var tuple = types.Params(parameters, path);
        path.Push("result");
        var result = type.Result is null ? null : types.Of(type.Result, path);
        return fault is not null ? fault : new FunctionLayout(type, parameters, tuple, result, ptr);
    }
}
