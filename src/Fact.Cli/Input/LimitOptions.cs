using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using Fact.Host;

namespace Fact.Cli.Input;

/// <summary>The options that say what a component may take: <c>--timeout</c>, <c>--fuel</c>, <c>--max-memory</c>.</summary>
internal sealed class LimitOptions
{
    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        Description = "How long each call may take, and making an instance: seconds, or with a unit, such as 500ms, 10s, 2m.",
        HelpName = "TIME",
        CustomParser = result => Parse(result, "a time", [("ms", 0.001m), ("s", 1), ("m", 60), ("h", 3600)], "500ms, 10s or 2m") is { } seconds
            ? TimeSpan.FromSeconds((double)Math.Min(seconds, MostSeconds)) : null,
    };

    private readonly Option<ulong?> fuel = new("--fuel")
    {
        Description = "How much each call may do, and making an instance: about a unit for each instruction.",
        HelpName = "UNITS",
        CustomParser = result => Parse(result, "an amount of fuel", [("", 1)], "1000000") is { } units ? (ulong)units : null,
    };

    private readonly Option<long?> maxMemory = new("--max-memory")
    {
        Description = "How much all memories of the component may have: bytes, or with a unit, such as 64M, 1G (times 1024). 16G where it is not given.",
        HelpName = "BYTES",
        CustomParser = result => Parse(result, "an amount of memory", [("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30)], "1048576, 64M or 1G") is { } bytes
            ? (long)Math.Min(bytes, long.MaxValue) : null,
    };

    /// <summary>A year: who waits longer waits for ever.</summary>
    private const decimal MostSeconds = 31_536_000;

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        command.Add(timeout);
        command.Add(fuel);
        command.Add(maxMemory);
    }

    /// <summary>Options with what a command line says of these; what it does not say stays.</summary>
    public HostOptions Of(ParseResult parsed, HostOptions options) => options with
    {
        Limits = options.Limits with { Time = parsed.GetValue(timeout) ?? options.Limits.Time, Fuel = parsed.GetValue(fuel) ?? options.Limits.Fuel },
        MaxMemoryBytes = parsed.GetValue(maxMemory) ?? options.MaxMemoryBytes,
    };

    /// <summary>A number that is not negative, perhaps with a unit.</summary>
    private static decimal? Parse(ArgumentResult result, string what, (string Unit, decimal Size)[] units, string examples)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var (unit, size) = units.Where(u => u.Unit.Length > 0 && text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase)).FirstOrDefault(("", 1));
        if (decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number <= ulong.MaxValue / size)
            return number * size;
        result.AddError($"{what} is expected, such as {examples}; found \"{Fact.Ir.Printable.Short(text)}\"");
        return null;
    }
}
