using System;
using System.Collections.Generic;
using System.Threading;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Tasks;

namespace Fact.Conformance.Streams;

/// <summary>What the specification allows. It leaves some things open, as who goes on next: what happened must be what comes of one of the ways to decide them.</summary>
internal static class StreamModel
{
    /// <summary>How many ways are tried. Ways that tell something else than what was told end there.</summary>
    private const int MaxWays = 5000, MaxWaysWithoutLog = 300;

    /// <summary>Whether an outcome is one that the specification allows.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="case">The case.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="nearest">What the specification says that came nearest, where it does not allow it.</param>
    /// <param name="dialect">Whose rules are followed.</param>
    /// <returns>Null where there are too many ways to say.</returns>
    public static bool? Allows(StreamSetting setting, StreamCase @case, StreamOutcome outcome, Dialect dialect, out string nearest)
    {
        nearest = "";
        if (outcome is { LostLog: true, IsUnsupported: true })
            return true;
        int best = -1;
        List<int> chosen = [], counts = [];
        for (int way = 0; way < (outcome.LostLog ? MaxWaysWithoutLog : MaxWays); way++)
        {
            int depth = 0;
            var run = new Way(setting, @case, outcome, dialect, count =>
            {
                if (depth == chosen.Count)
                {
                    chosen.Add(0);
                    counts.Add(count);
                }
                return chosen[depth++];
            });
            if (run.Follow() is not { } difference)
                return true;
            if (run.Told > best)
                (best, nearest) = (run.Told, difference);
            while (chosen.Count > 0 && chosen[^1] == counts[^1] - 1)
            {
                chosen.RemoveAt(chosen.Count - 1);
                counts.RemoveAt(counts.Count - 1);
            }
            if (chosen.Count == 0)
                return false;
            chosen[^1]++;
        }
        return null;
    }

    /// <summary>What the specification says, with the first choice everywhere.</summary>
    public static StreamOutcome First(StreamSetting setting, StreamCase @case)
    {
        var log = new List<StreamLine>();
        string? trap = Run(setting, @case, Dialect.Specification, _ => 0, log.Add);
        return new([.. log], trap);
    }

    /// <summary>One of the ways, until it tells something else than what was told.</summary>
    private sealed class Way(StreamSetting setting, StreamCase @case, StreamOutcome outcome, Dialect dialect, SpecChoice choose)
    {
        /// <summary>How much was told.</summary>
        public int Told { get; private set; }

        /// <summary>Null where it tells what was told; otherwise what it tells else.</summary>
        public string? Follow()
        {
            string? trap;
            try
            {
                trap = Run(setting, @case, dialect, choose, Tell);
            }
            catch (DifferenceException difference)
            {
                return difference.Message;
            }
            catch (SpecUnknown)
            {
                return null;
            }
            if ((outcome.LostLog || Told == outcome.Log.Length) && (outcome.IsUnsupported || Same(trap, outcome.Trap)))
                return null;
            return trap is null ? "returns" : "traps: " + trap;
        }

        private void Tell(StreamLine line)
        {
            if (outcome.LostLog)
                return;
            if (Told == outcome.Log.Length && outcome.IsUnsupported)
                throw new SpecTrap("enough");
            if (Told == outcome.Log.Length || outcome.Log[Told] != line)
                throw new DifferenceException($"tells {line}");
            Told++;
        }

        private static bool Same(string? expected, string? actual) =>
            expected is null || actual is null ? expected is null && actual is null : StreamWording.Same(expected, actual);
    }

    private sealed class DifferenceException(string message) : Exception(message);

    /// <summary>Runs a case.</summary>
    /// <returns>Why it trapped; null where it did not.</returns>
    private static string? Run(StreamSetting setting, StreamCase @case, Dialect dialect, SpecChoice choose, Action<StreamLine> log)
    {
        // Threads go on where they are resumed, and nowhere else.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var store = new SpecStore(choose) { Dialect = dialect };
            var resource = new SpecResourceType(new(), args =>
            {
                log(new(Machine.Leaf, Machine.LogDestructor, (uint)args[0].Bits, 0, 0, 0));
                return [];
            });
            var machines = new ModelMachine[setting.Instances];
            for (int i = 0; i < machines.Length; i++)
                machines[i] = new(setting, @case, i, store, resource, log, j => machines[setting.Funcs[j].Owner].Function(j));
            bool returned = false;
            machines[0].Run()(() => [], _ => returned = true);
            while (!returned)
                SpecTrap.If(!store.Tick(), "deadlock");
            return null;
        }
        catch (SpecTrap trap)
        {
            return trap.Message;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
