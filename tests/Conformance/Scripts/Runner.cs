using System;
using System.Collections.Generic;
using System.IO;
using Fact.Ir;

namespace Fact.Conformance.Scripts;

/// <summary>Does what a script says, in order, on a runtime, and notes what came of each command. It judges nothing.</summary>
/// <param name="script">The script.</param>
/// <param name="runtime">What it runs on.</param>
/// <param name="skip">Commands, by number, that are not to be done, with the reason; null for none.</param>
internal sealed class Runner(Script script, IScriptRuntime runtime, Func<int, NotApplicable?>? skip = null)
{
    private readonly Dictionary<string, (IScriptComponent? Component, Happening Happening)> definitions = [];
    private readonly List<IDisposable> made = [];
    private IScriptInstance? current;

    /// <summary>Why there is no instance to call, or none that can be called any more.</summary>
    private Happening absent = new Happening.Refused("there is no instance");

    /// <summary>Runs all of it: what came of each command.</summary>
    public IReadOnlyList<Happening> Run()
    {
        var happenings = new List<Happening>();
        foreach (var command in script.Commands)
            happenings.Add(skip?.Invoke(happenings.Count) is { } reason ? Skip(command, reason) : Do(command));
        for (int i = made.Count - 1; i >= 0; i--)
            made[i].Dispose();
        return happenings;
    }

    private Happening Do(Command command) => command switch
    {
        Command.Module(_, var name, var file) => Instantiate(Load(file), name, becomesCurrent: true),
        Command.ModuleDefinition(_, var name, var file) => Define(name, Load(file)),
        Command.ModuleInstance(_, var instance, var definition) => Instantiate(definitions[definition ?? ""], instance, becomesCurrent: true),
        Command.Action(_, var call) => Invoke(call),
        Command.AssertReturn(_, var call, _) => Invoke(call),
        Command.AssertTrap(_, var call, _) => Invoke(call),
        Command.AssertUninstantiable(_, var file, _) => Instantiate(Load(file), null, becomesCurrent: false),
        Command.AssertUnlinkable(_, var file, _) => Instantiate(Load(file), null, becomesCurrent: false),
        Command.AssertInvalid(_, var file, _) => Load(file).Happening,
        Command.AssertMalformed(_, var file, _) => Load(file).Happening,
        Command.Register or Command.Core => new Happening.Unable(NotApplicable.CoreModule),
    };

    /// <summary>What would have depended on the command goes without it.</summary>
    private Happening Skip(Command command, NotApplicable reason)
    {
        var unable = new Happening.Unable(reason);
        switch (command)
        {
            case Command.ModuleDefinition definition:
                definitions[definition.Name ?? ""] = (null, unable);
                break;
            case Command.Module { Name: var name }:
                Instantiate((null, unable), name, becomesCurrent: true);
                break;
            case Command.ModuleInstance { Instance: var name }:
                Instantiate((null, unable), name, becomesCurrent: true);
                break;
            case Command.Action or Command.AssertReturn or Command.AssertTrap:
                (current, absent) = (null, unable);
                break;
        }
        return unable;
    }

    private Happening Define(string? name, (IScriptComponent? Component, Happening Happening) loaded)
    {
        definitions[name ?? ""] = loaded;
        return loaded.Happening;
    }

    private (IScriptComponent? Component, Happening Happening) Load(ScriptFile file)
    {
        if (file.IsText)
            return (null, new Happening.Unable(NotApplicable.TextFormat));
        byte[] bytes = File.ReadAllBytes(Path.Combine(script.Folder, file.Path));
        if (bytes.AsSpan().StartsWith("\0asm\x01\0\0\0"u8))
            return (null, new Happening.Unable(NotApplicable.CoreModule));
        var component = runtime.Load(bytes, out var happening);
        if (component is not null)
            made.Add(component);
        return (component, happening);
    }

    private Happening Instantiate((IScriptComponent? Component, Happening Happening) loaded, string? name, bool becomesCurrent)
    {
        var (component, happening) = loaded;
        var instance = component?.Instantiate(out happening);
        if (instance is not null)
            made.Add(instance);
        if (name is not null && (instance is not null || happening is Happening.Unable))
            runtime.Name(name, instance);
        if (becomesCurrent)
            (current, absent) = (instance, happening);
        return happening;
    }

    private Happening Invoke(Call call)
    {
        if (call.Args is not { } args)
            return new Happening.Unable(NotApplicable.CoreModule);
        if (current is null)
        {
            return absent switch
            {
                Happening.Unable { Reason: NotApplicable.CoreModule } => absent,
                Happening.Unable => new Happening.Unable(NotApplicable.FollowsAnother),
                _ => new Happening.Refused($"there is no instance to call: {absent}"),
            };
        }
        var happening = current.Invoke(call.Field, args);
        // What the runtime could not do may have left the instance in a state that the script does not count with.
        if (happening is Happening.Unable)
            (current, absent) = (null, happening);
        return happening;
    }
}
