using System;
using System.Collections.Generic;
using Fact.Conformance.Differential.Model;
using Fact.Model;

namespace Fact.Conformance.Differential;

/// <summary>
/// Holds this project's runtime, and where it can run the case also the reference runtime, to the specification and to each other.
/// </summary>
/// <param name="reference">The reference; null where it cannot run the cases.</param>
/// <param name="ours">This project.</param>
/// <param name="debug">This project, with adapters that are debug builds.</param>
/// <param name="isAsync">Whether one side of each function is asynchronous.</param>
public sealed class Judge(IRuntime? reference, IRuntime ours, IRuntime debug, bool isAsync = false)
{
    /// <summary>Prepares a pair.</summary>
    public Session Open(Pair pair)
    {
        byte[] component = Wasmtime.Module.ConvertText(PairText.Component(pair));
        return new Session(pair, reference?.Prepare(component), (pair.Debug ? debug : ours).Prepare(component), isAsync);
    }

    /// <summary>What is different for one scenario, prepared for it alone; null where it cannot be compiled.</summary>
    public IReadOnlyList<string>? Differences(Scenario scenario)
    {
        try
        {
            using var session = Open(scenario.Pair);
            return session.Run(scenario.Case).Differences;
        }
        catch (Exception e) when (e is Wasmtime.WasmtimeException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A pair that is ready to run.</summary>
    public sealed class Session(Pair pair, IPreparedPair? reference, IPreparedPair ours, bool isAsync) : IDisposable
    {
        /// <summary>Runs a case everywhere.</summary>
        public Verdict Run(Case @case)
        {
            var input = CaseInput.Of(pair, @case);
            var actual = ours.Run(input);
            List<string> differences = [];
            Compare(differences, "specification and Fact", SpecificationModel.Run(pair, input, Dialect.Specification)!, actual);
            if (reference is null)
                return new(actual, differences, new HashSet<string>());
            var dialect = new ReferenceDialect(isAsync);
            var predicted = SpecificationModel.Run(pair, input, dialect);
            var other = reference.Run(input);
            if (predicted is not null)
                Compare(differences, "the reference's known behaviour and the reference", predicted, other);
            if (dialect.Departures.Count == 0)
                Compare(differences, "the reference and Fact", other, actual);
            return new(actual, differences, dialect.Departures);
        }

        private static void Compare(List<string> to, string what, Outcome expected, Outcome actual)
        {
            foreach (string difference in Comparison.Differences(expected, actual))
                to.Add($"{what}: {difference}");
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            reference?.Dispose();
            ours.Dispose();
        }
    }
}

/// <summary>What came of a case.</summary>
/// <param name="Outcome">How it ended in this project.</param>
/// <param name="Differences">What should not be; nothing where all is well.</param>
/// <param name="Departures">Known differences between the reference and the specification that the case shows.</param>
public sealed record Verdict(Outcome Outcome, IReadOnlyList<string> Differences, IReadOnlySet<string> Departures);
