using System.Text;
using Fact.Conformance.Differential;
using Fact.Model;

namespace Fact.Conformance.Streams;

/// <summary>What is said of a case that shows something that the specification does not allow.</summary>
internal static class StreamFailure
{
    /// <summary>How to see it again.</summary>
    public static string Again(int number) =>
        $"FACT_FUZZ_SEED={FuzzSettings.Seed} FACT_FUZZ_PAIR={number} dotnet test tests/Conformance -c Release --filter StreamTests\n";

    /// <summary>The case, made small.</summary>
    public static string Text(string name, IPreparedSetting runtime, Dialect dialect, int number, StreamSetting setting, StreamCase found)
    {
        var @case = StreamShrinker.Shrink(found, shorter => StreamModel.Allows(setting, shorter, runtime.Run(setting, shorter), dialect, out _) == false);
        var outcome = runtime.Run(setting, @case);
        StreamModel.Allows(setting, @case, outcome, dialect, out string nearest);
        var text = new StringBuilder(Again(number));
        text.AppendLine($"{name}: the specification does not allow what was told; nearest: {nearest}");
        text.AppendLine($"{setting.Run} from outside, calls back: {setting.Back}");
        for (int k = 0; k < setting.Channels.Length; k++)
            text.AppendLine($"channel {StreamText.N(k)}: {StreamText.Type(setting.Channels[k])}");
        for (int j = 0; j < setting.Funcs.Length; j++)
        {
            text.AppendLine($"function {StreamText.N(j)}: {setting.Funcs[j]}");
            foreach (var step in @case.Scripts[j])
                text.AppendLine($"    {step}");
        }
        text.AppendLine("run:");
        foreach (var step in @case.Run)
            text.AppendLine($"    {step}");
        text.AppendLine("told:");
        foreach (var line in outcome.Log)
            text.AppendLine($"    {line}");
        return text.AppendLine(outcome.Trap ?? "returned").ToString();
    }
}
