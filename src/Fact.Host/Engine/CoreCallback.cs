using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>What the host does when a guest calls it, with core values as their bits.</summary>
/// <param name="arguments">One for each parameter.</param>
/// <param name="results">A place for each result.</param>
internal delegate void CoreBody(ReadOnlySpan<ulong> arguments, Span<ulong> results);

/// <summary>
/// A core function that the host implements. Functions of numbers alone are typed delegates for the engine's package: a call of one costs a tenth of what a call with
/// boxes does. What calls cost as a whole, <c>bench -- host</c> says.
/// </summary>
internal abstract partial class CoreCallback
{
    /// <summary>The function.</summary>
    public abstract Function In(Store store);

    /// <summary>A function; null where the package has no delegate of this type, and for most where the program cannot make code of new types.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="body">What it does.</param>
    /// <param name="makesTypes">Whether code of new types is made where the program can.</param>
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicNestedTypes, typeof(CoreCallback))]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Nothing is asked of the type arguments.")]
    [UnconditionalSuppressMessage("Trimming", "IL2062", Justification = "The dependency keeps the constructors of nested types.")]
    public static CoreCallback? Of(CoreFuncType type, CoreBody body, bool makesTypes = true)
    {
        if (OfIntegers(type, body) is { } known)
            return known;
        if (!makesTypes || !RuntimeFeature.IsDynamicCodeSupported || type.Results.Length >= Shapes.Length || type.Params.Length >= Shapes[type.Results.Length].Length
            || !type.Params.Items.All(CoreValues.IsNumber) || !type.Results.Items.All(CoreValues.IsNumber))
            return null;
        var open = Shapes[type.Results.Length][type.Params.Length];
        Type[] arguments = [.. type.Params.Items.Select(CoreValues.Clr), .. type.Results.Items.Select(CoreValues.Clr)];
        return (CoreCallback)Activator.CreateInstance(arguments.Length == 0 ? open : open.MakeGenericType(arguments), body)!;
    }
}
