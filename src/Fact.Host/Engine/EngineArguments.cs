using System;
using System.Linq;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>A core function with its type.</summary>
internal sealed record CoreFunction(Function Function, CoreFuncType Type)
{
    /// <summary>A function whose type the engine tells.</summary>
    public static CoreFunction Of(Function function) =>
        new(function, new([.. function.Parameters.Select(CoreValues.Type)], [.. function.Results.Select(CoreValues.Type)]));
}

/// <summary>The arguments of a function of the host that takes references too.</summary>
/// <param name="Bits">The arguments as bits; 0 for references.</param>
/// <param name="Functions">The functions among them, by position; null for null.</param>
internal sealed record EngineArguments(ulong[] Bits, CoreFunction?[] Functions)
{
    /// <summary>An argument that is a function.</summary>
    /// <exception cref="TrapSignal">It is null.</exception>
    public CoreFunction Function(int index) => Functions[index] ?? throw new TrapSignal("an adapter gave no function");
}
