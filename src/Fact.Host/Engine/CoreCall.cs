using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>
/// A core function that the host calls, with core values as their bits. Functions of numbers alone go through a typed delegate of the engine's package, which costs a
/// tenth of what its boxes do. What calls cost as a whole, <c>bench -- host</c> says.
/// </summary>
internal abstract partial class CoreCall
{
    /// <summary>Calls it.</summary>
    /// <param name="arguments">One for each parameter.</param>
    /// <param name="results">A place for each result.</param>
    /// <exception cref="WasmtimeException">It trapped.</exception>
    public abstract void Invoke(ReadOnlySpan<ulong> arguments, Span<ulong> results);

    /// <summary>Calls it, where the results are to be kept.</summary>
    /// <param name="arguments">One for each parameter.</param>
    /// <param name="type">Its type.</param>
    public ulong[] Invoke(ReadOnlySpan<ulong> arguments, CoreFuncType type)
    {
        ulong[] results = type.Results.IsEmpty ? [] : new ulong[type.Results.Length];
        Invoke(arguments, results);
        return results;
    }

    /// <summary>A function as something to call.</summary>
    public static CoreCall Of(Function function, CoreFuncType type) => Typed(function, type) ?? new Boxed(function, type);

    /// <summary>Null where the package has no delegate of this type, and where the program cannot make code of new types.</summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicNestedTypes, typeof(CoreCall))]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Nothing is asked of the type arguments.")]
    [UnconditionalSuppressMessage("Trimming", "IL2062", Justification = "The dependency keeps the constructors of nested types.")]
    private static CoreCall? Typed(Function function, CoreFuncType type)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || type.Results.Length > 1 || type.Params.Length >= Actions.Length
            || !type.Params.Items.All(CoreValues.IsNumber) || !type.Results.Items.All(CoreValues.IsNumber))
            return null;
        Type[] arguments = [.. type.Params.Items.Select(CoreValues.Clr), .. type.Results.Items.Select(CoreValues.Clr)];
        var open = (type.Results.IsEmpty ? Actions : Funcs)[type.Params.Length];
        return (CoreCall)Activator.CreateInstance(arguments.Length == 0 ? open : open.MakeGenericType(arguments), function)!;
    }

    private sealed class Boxed(Function function, CoreFuncType type) : CoreCall
    {
        public override void Invoke(ReadOnlySpan<ulong> arguments, Span<ulong> results) => CoreValues.Call(function, type, arguments).CopyTo(results);
    }
}
