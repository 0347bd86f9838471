using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Conformance.Corpus;
using Fact.Conformance.Scripts;
using Fact.Host;
using Fact.Ir;
using Fact.Model;
using Fact.Properties.Cli;
using Fact.Values;
using Wasmtime;
using Xunit;
using Reference = Wasmtime.Components;

namespace Fact.Conformance.Fuse;

/// <summary>
/// Components of parts that use each other in unusual ways: each does as a module, as the component around it, and as the module that this becomes again, what it does
/// on the engine and on this project's host. They are in the folder <c>Composed</c>; the first lines say what is called. After a trap nothing is.
/// </summary>
public sealed class ComposedFacts
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Conformance", "Fuse", "Composed");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.wat").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_module_does_the_same(string file)
    {
        string text = File.ReadAllText(Path.Combine(Folder, file));
        Same(text, [.. text.Split('\n').Where(line => line.StartsWith(";;! ", StringComparison.Ordinal)).Select(line => line[4..])]);
    }

    [WasmOptTheory]
    [MemberData(nameof(Files))]
    public void Its_optimised_module_does_the_same(string file)
    {
        string text = File.ReadAllText(Path.Combine(Folder, file));
        string[] calls = [.. text.Split('\n').Where(line => line.StartsWith(";;! ", StringComparison.Ordinal)).Select(line => line[4..])];
        foreach (var options in (FuseOptions[])[new(Names: true), FuseOptions.Default with { OneMemory = true }, FuseOptions.Default with { FoldMemories = true }])
        {
            if (!Fuser.TryFuse(Module.ConvertText(text), options, out var fused, out _))
                continue;
            var optimised = fused.With([.. WasmOptTheoryAttribute.Optimise([.. fused.Bytes])], 0);
            Assert.Equal(OnModule(fused, calls), OnModule(optimised, calls));
        }
    }

    // Each level calls the function that is given to it, the inner ones twice.
    [Fact]
    public void Components_may_be_deep_in_each_other()
    {
        const string Import = """(import "f" (func $f (param "x" u32) (result u32)))""";
        string inner = $"""
            (component $c0 {Import}
              (core func $l (canon lower (func $f)))
              (core module $m
                (import "" "f" (func $f (param i32) (result i32)))
                (func (export "g") (param i32) (result i32) (i32.add (i32.const 1) (call $f (local.get 0)))))
              (core instance $i (instantiate $m (with "" (instance (export "f" (func $l))))))
              (func (export "g") (param "x" u32) (result u32) (canon lift (core func $i "g"))))
            """;
        for (int i = 1; i < 60; i++)
        {
            string twice = i < 6 ? $"""(instance $b (instantiate $c{i - 1} (with "f" (func $a "g")))) (export "g" (func $b "g"))""" : """(export "g" (func $a "g"))""";
            inner = $"""(component $c{i} {Import} {inner} (instance $a (instantiate $c{i - 1} (with "f" (func $f)))) {twice})""";
        }
        var happened = Same(
            $"""
            (component
              (core module $m (func (export "f") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3))))
              (core instance $i (instantiate $m)) (func $f (param "x" u32) (result u32) (canon lift (core func $i "f")))
              {inner}
              (instance $x (instantiate $c59 (with "f" (func $f))))
              (export "run" (func $x "g")))
            """,
            "run(1)");
        Assert.Equal(["run(1): 35"], happened);
    }

    private static List<string> Same(string text, params string[] calls)
    {
        byte[] component = Module.ConvertText(text);
        using var engine = GatedEngine.Make();
        List<string>? expected = null;
        var usual = FuseOptions.Default;
        FuseOptions[] forms = [usual, usual with { OneMemory = true }, usual with { FoldMemories = true }, usual with { KeepAll = true, DirectCalls = false }];
        foreach (var options in forms)
        {
            bool done = Fuser.TryFuse(component, options, out var fused, out var errors);
            if (!done && options.FoldMemories && errors[0].Message.Contains("64-bit", StringComparison.Ordinal))
                continue;
            Assert.True(fused is not null, errors.ToString());
            if (options.FoldMemories)
                Assert.Null(Module.Validate(FoldedModules.Engine, fused.Bytes.AsSpan()));
            Assert.True(Wrapper.TryWrap(fused, out var wrapped, out errors), errors.ToString());
            Assert.True(Fuser.TryFuse(wrapped.AsMemory(), options, out var again, out errors), errors.ToString());
            List<List<string>> all = [OnModule(fused, calls), OnModule(again, calls)];
            // The engine's package cannot be told to take memories of 64 bits in components, and the host has no references of other types.
            if (!text.Contains("i64 1)", StringComparison.Ordinal))
                all.AddRange([OnReference(engine, component, fused, calls), OnReference(engine, [.. wrapped], fused, calls)]);
            if (!text.Contains("(struct", StringComparison.Ordinal))
                all.AddRange([OnHost(component, fused, calls), OnHost([.. wrapped], fused, calls)]);
            expected ??= all[^2];
            Assert.All(all, happened => Assert.Equal(expected, happened));
        }
        return expected!;
    }

    private static List<string> OnModule(FusedComponent fused, string[] calls)
    {
        var happened = new List<string>();
        ModuleSide side;
        try
        {
            side = new ModuleSide(fused, happened);
        }
        catch (WasmtimeException)
        {
            return [.. happened, "not made"];
        }
        using (side)
        {
            var values = new SpecValues(_ => throw new NotSupportedException(), _ => throw new NotSupportedException());
            return Run(happened, fused, calls, (name, type, arguments) =>
            {
                var result = side.Lift(name, () => [.. arguments.Items.Select((argument, i) => values.To(argument, type.Params[i].Type))]);
                return result is null ? null : values.From(result, type.Result!);
            });
        }
    }

    private static List<string> OnHost(byte[] bytes, FusedComponent fused, string[] calls)
    {
        var happened = new List<string>();
        using var engine = new HostEngine();
        using var host = ComponentHost.Open(engine, bytes).Match(made => made, errors => throw new InvalidOperationException(errors.ToString()));
        var imports = HostImports.None;
        foreach (var import in host.Imports.Where(import => import.FuncType is not null))
        {
            imports = imports.WithFunction(import.Name, arguments =>
            {
                happened.Add($"  {import.Name} {((ComponentValue.U32)arguments[0]).Value}");
                return null;
            });
        }
        if (!host.TryInstantiate(imports, out var instance, out _))
            return [.. happened, "not made"];
        using (instance)
        {
            return Run(happened, fused, calls, (name, _, arguments) =>
                instance.TryInvoke(name, arguments, out var result, out var failure) ? result : throw new SpecTrap(failure.ToString()!));
        }
    }

    private static List<string> OnReference(Engine engine, byte[] bytes, FusedComponent fused, string[] calls)
    {
        var happened = new List<string>();
        using var component = Reference.Component.FromBytes(engine, bytes);
        using var linker = new Reference.ComponentLinker(engine);
        using (var root = linker.Root())
        {
            foreach (var import in fused.Plan.Imports.Items)
            {
                if (import.Name == "note")
                {
                    Note(root, "note");
                }
                else
                {
                    using var inside = root.AddInstance(import.Name);
                    Note(inside, import.Name + "#note");
                }
            }
        }
        using var store = new Store(engine);
        Reference.ComponentInstance instance;
        try
        {
            instance = linker.Instantiate(store, component);
        }
        catch (WasmtimeException)
        {
            return [.. happened, "not made"];
        }
        return Run(happened, fused, calls, (name, _, arguments) =>
        {
            string[] path = name.Split('#');
            var function = path.Length == 1 ? instance.GetFunction(name) : instance.GetFunction(path[0], path[1]);
            return function!.Call([.. arguments.Items.Select(ReferenceValues.To)]) is { } result ? ReferenceValues.From(result) : null;
        });

        void Note(Reference.ComponentLinkerInstance to, string name) => to.DefineFunction("note", (values, _) => happened.Add($"  {name} {values[0].AsU32()}"));
    }

    private static List<string> Run(
        List<string> happened, FusedComponent fused, string[] calls, Func<string, ComponentFuncType, EquatableArray<ComponentValue>, ComponentValue?> run)
    {
        foreach (string call in calls)
        {
            string name = call[..call.IndexOf('(', StringComparison.Ordinal)];
            var type = fused.Exports.Items.First(export => string.Join('#', export.Path) == name).Type;
            var arguments = WaveParser.ParseArguments(call, type).Match(made => made, error => throw new InvalidOperationException(error.ToString()));
            try
            {
                happened.Add($"{call}: {(run(name, type, arguments) is { } value ? WavePrinter.Print(value) : "nothing")}");
            }
            catch (Exception trap) when (trap is SpecTrap or WasmtimeException)
            {
                happened.Add($"{call}: trap");
                return happened;
            }
        }
        return happened;
    }
}
