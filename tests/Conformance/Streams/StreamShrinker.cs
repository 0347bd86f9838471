using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Streams;

/// <summary>Makes a case smaller that shows something.</summary>
internal static class StreamShrinker
{
    /// <summary>Leaves out steps, half of a script first and in the end one by one, as long as what is left still shows it.</summary>
    /// <param name="case">The case.</param>
    /// <param name="shows">Whether a case shows it.</param>
    public static StreamCase Shrink(StreamCase @case, Func<StreamCase, bool> shows)
    {
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            for (int script = -1; script < @case.Scripts.Length; script++)
            {
                for (int size = Math.Max(1, Steps(@case, script).Length / 2); size > 0; size /= 2)
                {
                    for (int at = 0; at + size < Steps(@case, script).Length;)
                    {
                        var without = Without(@case, script, at, size);
                        if (Returns(without) == Returns(@case) && shows(without))
                            (@case, smaller) = (without, true);
                        else
                            at += size;
                    }
                }
            }
        }
        return @case;
    }

    /// <summary>Whether the call from outside returns through <c>task.return</c>: one that need not would end without it.</summary>
    private static bool Returns(StreamCase @case) => @case.Run.Items.Any(step => step.Op == StepOp.Return);

    private static EquatableArray<Step> Steps(StreamCase @case, int script) => script < 0 ? @case.Run : @case.Scripts[script];

    private static StreamCase Without(StreamCase @case, int script, int at, int size)
    {
        EquatableArray<Step> left = [.. Steps(@case, script).Items.Where((_, i) => i < at || i >= at + size)];
        return script < 0 ? @case with { Run = left } : @case with { Scripts = [.. @case.Scripts.Items.Select((steps, i) => i == script ? left : steps)] };
    }
}
