using System.Collections.Generic;
using System.Linq;
using Fact.Conformance.Scripts;
using Fact.Ir;

namespace Fact.Conformance.Fuse;

/// <summary>Makes of each component of a script the component around its fused module, and counts what cannot be fused and why.</summary>
/// <param name="compile">How adapters are compiled.</param>
/// <param name="foldMemories">Whether all memories become one.</param>
internal sealed class FusedScripts(CompileOptions compile, bool foldMemories = false)
{
    /// <summary>What is said of all built-ins that are for asynchronous calls.</summary>
    public const string Asynchronous = "a built-in for asynchronous calls";

    private readonly SortedDictionary<string, int> refused = [];

    /// <summary>How many were fused.</summary>
    public int Fused { get; private set; }

    /// <summary>How many were not, by reason.</summary>
    public IReadOnlyDictionary<string, int> Refused => refused;

    /// <summary>Reasons that are none: errors that are not of a limit of fusing.</summary>
    public List<Diagnostic> Wrong { get; } = [];

    /// <inheritdoc cref="ScriptMaker"/>
    public byte[]? Make(byte[] component, out Happening happening)
    {
        happening = Happening.Nothing;
        if (!ComponentCompiler.TryCompile(component, compile, out _, out _))
            return component;
        var options = FuseOptions.Default with { Compile = compile, FoldMemories = foldMemories };
        if (Fuser.TryFuse(component, options, out var fused, out var errors) && Wrapper.TryWrap(fused, out var made, out errors))
        {
            Fused++;
            return [.. made];
        }
        if (errors[0].Code != DiagnosticCode.Unsupported)
            Wrong.Add(errors[0]);
        string reason = errors[0].Message.Contains("asynchronous calls", System.StringComparison.Ordinal) ? Asynchronous : errors[0].Message;
        refused[reason] = refused.GetValueOrDefault(reason) + 1;
        happening = new Happening.Unable(NotApplicable.NotFused);
        return null;
    }

    /// <summary>Adds what others counted.</summary>
    public void Add(FusedScripts other)
    {
        Fused += other.Fused;
        Wrong.AddRange(other.Wrong);
        foreach (var (reason, count) in other.refused)
            refused[reason] = refused.GetValueOrDefault(reason) + count;
    }

    /// <summary>One line for each reason.</summary>
    public override string ToString() =>
        $"{Fused} fused" + string.Concat(refused.OrderByDescending(reason => reason.Value).Select(reason => $"\n  {reason.Value} not: {reason.Key}"));
}
