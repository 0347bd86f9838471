using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Ir;

namespace Fact.Conformance.Scripts;

/// <summary>A script that was run on this project; each is run once, whoever asks.</summary>
internal sealed class ScriptRun
{
    private static readonly ConcurrentDictionary<Script, Lazy<ScriptRun>> Runs = new(ReferenceEqualityComparer.Instance);

    private ScriptRun(Script script)
    {
        using var runtime = new FactScripts(Engine, script.Reentrance);
        (Script, Happenings) = (script, new Runner(script, runtime).Run());
        Verdicts = [.. Happenings.Select((happening, i) => Verdict.Of(script, script.Commands[i], happening))];
    }

    /// <summary>The engine that scripts run on.</summary>
    public static HostEngine Engine { get; } = new();

    /// <summary>The script.</summary>
    public Script Script { get; }

    /// <summary>What came of each command.</summary>
    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>What is to be said of each command.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>The run of a script.</summary>
    public static ScriptRun Of(Script script) => Runs.GetOrAdd(script, s => new(() => new ScriptRun(s))).Value;
}
