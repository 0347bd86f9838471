using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Bench.Adapters;

/// <summary>What is measured, and for how long.</summary>
/// <param name="Quick">Only what has a goal, in less than 50 seconds.</param>
/// <param name="Modes">With the options that adapters can be compiled with side by side.</param>
/// <param name="Fused">With the component fused into one core module beside it.</param>
/// <param name="Filters">What names must contain, one of these; empty for all.</param>
internal sealed record AdapterOptions(bool Quick, bool Modes, bool Fused, EquatableArray<string> Filters)
{
    /// <summary>The command line.</summary>
    public const string Usage = "usage: adapters [--quick] [--modes] [--fused] [--filter TEXT]…";

    /// <summary>Seconds of wall time for one case where there is no hurry, its compilation included.</summary>
    private const double SecondsEach = 0.6, QuickSeconds = 45;

    /// <summary>Whether everything is measured: what is worth keeping.</summary>
    public bool Full => !Quick && !Modes && Filters.IsEmpty;

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    public static AdapterOptions? Parse(IReadOnlyList<string> args)
    {
        bool quick = false, modes = false, fused = false;
        var filters = new List<string>();
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--modes":
                    modes = true;
                    break;
                case "--fused":
                    fused = true;
                    break;
                case "--filter" when i + 1 < args.Count:
                    filters.Add(args[++i]);
                    break;
                default:
                    return null;
            }
        }
        return new AdapterOptions(quick, modes, fused, [.. filters]);
    }

    /// <summary>Whether a case is measured.</summary>
    public bool Takes(AdapterCase one) =>
        (!Quick || one.Goal is not null || (Fused && one.FusedGoal is not null))
        && (Filters.IsEmpty || Filters.Any(filter => one.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Seconds of wall time for so many cases.</summary>
    public double Seconds(int cases) => Math.Min(cases * (Modes ? 2 * SecondsEach : SecondsEach) * (Filters.IsEmpty ? 1 : 2), Quick ? QuickSeconds : double.MaxValue);
}
