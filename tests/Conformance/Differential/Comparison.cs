using System;
using System.Collections.Generic;
using System.Globalization;
using Fact.Ir;

namespace Fact.Conformance.Differential;

/// <summary>Compares how a case ended in two runtimes.</summary>
public static class Comparison
{
    /// <summary>What is different, one line each; nothing where the guests could not tell the runtimes apart.</summary>
    public static IReadOnlyList<string> Differences(Outcome expected, Outcome actual)
    {
        switch (expected, actual)
        {
            case (Outcome.Trapped e, Outcome.Trapped a):
                return e.Returned == a.Returned ? []
                    : [$"expected a trap after {e.Returned} calls, the trap came after {a.Returned}; the traps: {LastLine(e.Message)}; {LastLine(a.Message)}"];
            case (Outcome.Completed e, Outcome.Completed a):
                List<string> differences = [];
                Compare(differences, "caller", e.Caller, a.Caller);
                Compare(differences, "callee", e.Callee, a.Callee);
                return differences;
            case (Outcome.Trapped e, _):
                return ["expected a trap, the call returned; the trap: " + LastLine(e.Message)];
            case (_, Outcome.Trapped a):
                return ["expected a return, the call trapped: " + LastLine(a.Message)];
            default:
                throw new ArgumentException("unknown outcome");
        }
    }

    private static void Compare(List<string> differences, string guest, GuestState expected, GuestState actual)
    {
        int lines = Math.Max(expected.Log.Length, actual.Log.Length);
        for (int i = 0; i < lines; i++)
        {
            var e = Line(expected.Log, i);
            var a = Line(actual.Log, i);
            if (e == a)
                continue;
            differences.Add($"{guest}, log entry {i}: expected {e?.ToString() ?? "none"}, found {a?.ToString() ?? "none"}");
            break;
        }
        ReadOnlySpan<byte> left = expected.Memory.AsSpan(), right = actual.Memory.AsSpan();
        if (left.Length != right.Length)
        {
            differences.Add($"{guest}, memory: expected {left.Length} bytes, found {right.Length}");
            return;
        }
        int at = left.CommonPrefixLength(right);
        while (at < left.Length && !expected.Blurred.IsEmpty && (expected.Blurred[at] || left[at] == right[at]))
            at++;
        if (at < left.Length)
            differences.Add($"{guest}, memory at 0x{at.ToString("x", CultureInfo.InvariantCulture)}: expected {Bytes(left[at..])}, found {Bytes(right[at..])}");
    }

    private static LogLine? Line(EquatableArray<LogLine> log, int index) => index < log.Length ? log[index] : null;

    private static string Bytes(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes[..Math.Min(bytes.Length, 16)]);

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();
}
