using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Fact.Component.Binary;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;
using Wasmtime.Components;
using Xunit;

namespace Fact.Properties.Emit.Fuse;

/// <summary>What linked modules do: everything that they log and return, in order, and a last word where they trap, after which nothing is called.</summary>
internal static class LinkedRun
{
    /// <summary>The last word.</summary>
    public const string Trapped = "trap";

    private static readonly Engine Engine = new(new Config()
        .WithGc(true).WithFunctionReferences(true).WithExceptions(true).WithTailCalls(true)
        .WithMemory64(true).WithMultiMemory(true).WithSIMD(true).WithWasmThreads(true));

    /// <summary>What is wrong with a module; null where nothing is.</summary>
    public static string? Fault(ImmutableArray<byte> module) => Module.Validate(Engine, module.AsSpan());

    /// <summary>What they do in the engine's own component runtime.</summary>
    public static IReadOnlyList<string> Apart(LinkedModules modules)
    {
        var happened = new List<string>();
        using var component = Wasmtime.Components.Component.FromBytes(Engine, Module.ConvertText(modules.Component));
        using var linker = new ComponentLinker(Engine);
        using (var root = linker.Root())
            root.DefineFunction("log", (arguments, _) => happened.Add($"log {arguments[0].AsU32()}"));
        using var store = new Store(Engine);
        try
        {
            var instance = linker.Instantiate(store, component);
            foreach (var (module, export, argument) in modules.Calls)
            {
                uint result = instance.GetFunction(LinkedModules.Name(module, export))!.Call(ComponentValue.U32((uint)argument))!.AsU32();
                happened.Add($"{module} {export} {result}");
            }
        }
        catch (WasmtimeException)
        {
            happened.Add(Trapped);
        }
        return happened;
    }

    /// <summary>What the merged module does.</summary>
    public static IReadOnlyList<string> Merged(LinkedModules modules, ImmutableArray<byte> merged)
    {
        var happened = new List<string>();
        using var module = Module.FromBytes(Engine, "merged", merged.AsSpan());
        using var linker = new Linker(Engine);
        using var store = new Store(Engine);
        linker.DefineFunction(LinkedModules.Host, "log", (int x) => happened.Add($"log {(uint)x}"));
        try
        {
            var instance = linker.Instantiate(store, module);
            foreach (var (number, export, argument) in modules.Calls)
            {
                int result = (int)instance.GetFunction(LinkedModules.Name(number, export))!.Invoke(argument)!;
                happened.Add($"{number} {export} {(uint)result}");
            }
        }
        catch (WasmtimeException)
        {
            happened.Add(Trapped);
        }
        return happened;
    }

    /// <summary>What is to be merged.</summary>
    public static FuseProgram Program(LinkedModules modules)
    {
        CoreModuleParts[] parts = [.. modules.Modules.Select(text => Parts(Module.ConvertText(text)))];
        var imports = new List<FuseImport>();
        var fused = parts.Select((part, number) => new FusePart($"m{number}", part, part.Imports.Items.Select((import, i) =>
        {
            if (import.Module != LinkedModules.Host)
            {
                int from = int.Parse(import.Module.AsSpan(1));
                return (FuseBinding)new FuseBinding.Inside(from, parts[from].Exports.Items.Single(export => export.Name == import.Name).Index);
            }
            if (imports.Count == 0)
                imports.Add(new FuseImport(import.Module, import.Name, number, i));
            return new FuseBinding.Outside(0);
        }).ToEquatableArray())).ToEquatableArray();
        var exports = parts.SelectMany((part, number) =>
            part.Exports.Items.Select(export => new FuseExport(LinkedModules.Name(number, export.Name), number, export.Kind, export.Index)));
        return new FuseProgram(fused, imports.ToEquatableArray(), exports.ToEquatableArray());
    }

    /// <summary>A module taken apart, which must be possible.</summary>
    public static CoreModuleParts Parts(ReadOnlyMemory<byte> module) => CoreModuleDecoder.Decode(module).Match(
        Right: parts => parts,
        Left: error => throw new InvalidOperationException(error.ToString()));

    /// <summary>All that there is, as it is, with names.</summary>
    public static MergeOptions Everything { get; } = new(Names: true, KeepAll: true, DirectCalls: false, InlineCalls: false);

    /// <summary>A program merged with all that there is, which must be possible and valid.</summary>
    public static ImmutableArray<byte> Merge(FuseProgram program) => Merge(program, Everything).Bytes;

    /// <summary>A program merged, which must be possible and valid.</summary>
    public static MergedModule Merge(FuseProgram program, MergeOptions options)
    {
        var merged = Fact.Emit.Merge.Run(program, options).Match(
            Right: module => module,
            Left: error => throw new InvalidOperationException(error.ToString()));
        Assert.Null(Fault(merged.Bytes));
        return merged;
    }
}
