using System.CommandLine;
using Fact.Ir;

namespace Fact.Cli.Input;

/// <summary>The options that say what code adapters are: <c>--transcoders</c>, <c>--resources</c>, <c>--optimize</c>.</summary>
/// <param name="hasHost">Whether there is a host that may convert strings and keep handles.</param>
internal sealed class CodeOptions(bool hasHost = true)
{
    private readonly Option<string> transcoders = hasHost
        ? Choice(
            "--transcoders", "imported|wasm|simd", "wasm", "Who converts strings: the host that the modules import it from, the modules themselves, or they with "
                + "vector instructions.")
        : Choice("--transcoders", "wasm|simd", "wasm", "How strings are converted: with instructions that every engine has, or with vector instructions too.");

    private readonly Option<string> resources = Choice(
        "--resources", "imported|wasm", "wasm", "Who keeps the tables of resource handles: the host, or a module that is written beside the adapters.");

    private readonly Option<string> optimize = Choice("--optimize", "size|speed", "speed", "Make the code of adapters short, or fast.");

    /// <summary>Lets a command have them.</summary>
    public void AddTo(Command command)
    {
        command.Add(transcoders);
        if (hasHost)
            command.Add(resources);
        command.Add(optimize);
    }

    /// <summary>Options with what a command line says of these.</summary>
    public CompileOptions Of(ParseResult parsed, CompileOptions options) => options with
    {
        Transcoders = parsed.GetValue(transcoders) switch
        {
            "imported" => Transcoders.Imported,
            "simd" => Transcoders.Simd,
            _ => Transcoders.Wasm,
        },
        HandleTables = hasHost && parsed.GetValue(resources) == "imported" ? HandleTables.Imported : HandleTables.Wasm,
        Optimize = parsed.GetValue(optimize) == "size" ? Optimize.Size : Optimize.Speed,
    };

    private static Option<string> Choice(string name, string values, string standard, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = values, DefaultValueFactory = _ => standard };
        option.AcceptOnlyFromAmong(values.Split('|'));
        return option;
    }
}
