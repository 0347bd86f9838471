using System;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>Something that runs components.</summary>
public interface IRuntime : IDisposable
{
    /// <summary>Compiles a component that <see cref="PairText"/> wrote, for many runs.</summary>
    IPreparedPair Prepare(byte[] component);
}

/// <summary>A component that is ready to run.</summary>
public interface IPreparedPair : IDisposable
{
    /// <summary>Runs a case on fresh instances.</summary>
    Outcome Run(RunInput input);
}

/// <summary>A case as the guests take it: what is run on one instance.</summary>
/// <param name="Stock">Whether the guests make resources first.</param>
/// <param name="Steps">The case, after what comes before it.</param>
public sealed record RunInput(bool Stock, EquatableArray<RunStep> Steps);

/// <summary>A number of equal calls.</summary>
/// <param name="Func">The function.</param>
/// <param name="Caller">What the caller's <c>setup</c> function is given.</param>
/// <param name="Callee">What the callee's is given.</param>
/// <param name="Calls">How often.</param>
public sealed record RunStep(int Func, string Caller, string Callee, int Calls)
{
    /// <summary>The export that makes a call.</summary>
    public string Run => "run" + PairText.N(Func);
}
