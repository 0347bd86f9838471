using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Ir;
using Fact.Lower;
using Fact.Values;
using Corpora = Fact.Properties.Corpus;

namespace Fact.Conformance.Scripts;

/// <summary>A test script of components: commands that share state.</summary>
/// <param name="Family">Whose it is: the first folder below that of the corpus.</param>
/// <param name="Name">Its folder, from that of the family.</param>
/// <param name="Folder">The folder where its binaries are.</param>
/// <param name="Commands">The commands, in order.</param>
internal sealed record Script(string Family, string Name, string Folder, EquatableArray<Command> Commands)
{
    /// <summary>All scripts of the corpus, in a stable order; none without a corpus.</summary>
    public static IReadOnlyList<Script> All { get; } = Corpora.Folder is { } root
        ? [.. Directory.GetFiles(root, "script.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Read(root, file))]
        : [];

    /// <summary>The rule of reentrance that it expects: scripts of Wasmtime 36 the older one.</summary>
    public Reentrance Reentrance => Family == "wasmtime-36" ? Reentrance.Trap : Reentrance.Allow;

    private static Script Read(string root, string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        string[] parts = Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar);
        return new(parts[0], parts.Length > 1 ? string.Join('/', parts[1..]) : parts[0], folder, ScriptJson.Commands(File.ReadAllText(file)));
    }
}

/// <summary>A command of a script. The names are those of the format.</summary>
/// <param name="Line">Where it stands in the script's source.</param>
internal closed record Command(int Line)
{
    /// <summary>Instantiates a module or component.</summary>
    public sealed record Module(int Line, string? Name, ScriptFile File) : Command(Line);

    /// <summary>Remembers a module or component.</summary>
    public sealed record ModuleDefinition(int Line, string? Name, ScriptFile File) : Command(Line);

    /// <summary>Instantiates what was remembered.</summary>
    public sealed record ModuleInstance(int Line, string? Instance, string? Definition) : Command(Line);

    /// <summary>Gives a core instance a name to import it by.</summary>
    public sealed record Register(int Line, string? Name, string As) : Command(Line);

    /// <summary>Calls a function, which returns.</summary>
    public sealed record Action(int Line, Call Call) : Command(Line);

    /// <summary>Calls a function, which returns certain values.</summary>
    public sealed record AssertReturn(int Line, Call Call, EquatableArray<ComponentValue> Expected) : Command(Line);

    /// <summary>Calls a function, which traps.</summary>
    public sealed record AssertTrap(int Line, Call Call, string Text) : Command(Line);

    /// <summary>Instantiates, which traps.</summary>
    public sealed record AssertUninstantiable(int Line, ScriptFile File, string Text) : Command(Line);

    /// <summary>Instantiates, which fails as imports do not fit.</summary>
    public sealed record AssertUnlinkable(int Line, ScriptFile File, string Text) : Command(Line);

    /// <summary>Says that something is not valid.</summary>
    public sealed record AssertInvalid(int Line, ScriptFile File, string Text) : Command(Line);

    /// <summary>Says that something cannot be decoded.</summary>
    public sealed record AssertMalformed(int Line, ScriptFile File, string Text) : Command(Line);

    /// <summary>A command that only core modules have a use for.</summary>
    public sealed record Core(int Line, string Type) : Command(Line);

    /// <summary>The name that the format gives the command.</summary>
    public string Keyword => this switch
    {
        Module => "module",
        ModuleDefinition => "module_definition",
        ModuleInstance => "module_instance",
        Register => "register",
        Action => "action",
        AssertReturn => "assert_return",
        AssertTrap => "assert_trap",
        AssertUninstantiable => "assert_uninstantiable",
        AssertUnlinkable => "assert_unlinkable",
        AssertInvalid => "assert_invalid",
        AssertMalformed => "assert_malformed",
        Core core => core.Type,
    };
}

/// <summary>A call of a function.</summary>
/// <param name="Field">The name of an export of the current instance.</param>
/// <param name="Args">Its arguments; null where they are core values.</param>
internal sealed record Call(string Field, EquatableArray<ComponentValue>? Args);

/// <summary>A file that a command is about.</summary>
/// <param name="Path">Its name, from the folder of the script.</param>
/// <param name="IsText">Whether it is a text that could not be made a binary.</param>
internal sealed record ScriptFile(string Path, bool IsText);
