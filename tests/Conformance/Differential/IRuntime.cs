using System;

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

/// <summary>A case as the guests take it.</summary>
/// <param name="Caller">What the caller's <c>setup</c> function is given.</param>
/// <param name="Callee">What the callee's is given.</param>
/// <param name="Run">The export that runs it.</param>
/// <param name="Calls">How often.</param>
public sealed record RunInput(string Caller, string Callee, string Run, int Calls);
