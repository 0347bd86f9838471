using System;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>
/// Makes core functions that the host implements. All of them are typed delegates for the engine's package: those that have none for their type get their arguments in
/// pieces, as most do in a program that cannot make code of new types. What calls cost as a whole, <c>bench -- host</c> says.
/// </summary>
/// <param name="store">Where they are made.</param>
/// <param name="pieces">Makes those for which there is no delegate.</param>
/// <param name="makesTypes">Whether code of new types is made where the program can.</param>
internal sealed class HostFunctions(Store store, CallPieces pieces, bool makesTypes = true)
{
    private TakenPieces? taken;

    private TakenPieces Taken => taken ??= new TakenPieces(store);

    /// <summary>Makes a function of numbers, or of any other type that a core function of the host can have: references among its arguments are 0.</summary>
    public Function Define(CoreFuncType type, CoreBody body) =>
        CoreCallback.Of(type, body, makesTypes)?.In(store)
        ?? (CallPieces.Has(type)
            ? pieces.Define(Taken, type, areSame: false, (arguments, results) => body(arguments.Bits, results))
            : CoreValues.DefineBoxed(store, type, body));

    /// <summary>The same, with arguments that are its own.</summary>
    public Function Define(CoreFuncType type, Func<ulong[], ulong[]> body) => Define(type, (arguments, results) => body(arguments.ToArray()).CopyTo(results));

    /// <summary>The same, with functions among its arguments.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="areSame">Whether these are the same ones with every call.</param>
    /// <param name="body">What it does.</param>
    public Function DefineWithFunctions(CoreFuncType type, bool areSame, Func<EngineArguments, ulong[]> body) => CallPieces.Has(type)
        ? pieces.Define(Taken, type, areSame, (arguments, results) => body(arguments).CopyTo(results))
        : CoreValues.DefineWithFunctions(store, type, body);
}
