using System;
using System.IO;
using Fact;
using Fact.Component.Plan;

// What `fact compile` does: the adapter modules of a component, and the plan that says how to run all of it.
byte[] component = File.ReadAllBytes(args[0]);
string folder = Directory.CreateDirectory(args[1]).FullName;

if (!ComponentCompiler.TryCompile(component, CompileOptions.Default, out var compiled, out var diagnostics))
{
    foreach (var diagnostic in diagnostics)
        Console.Error.WriteLine(diagnostic);
    return 1;
}
for (int i = 0; i < compiled.AdapterModules.Length; i++)
{
    var module = compiled.AdapterModules[i];
    File.WriteAllBytes(Path.Combine(folder, $"adapters-{i}.wasm"), module.Bytes.AsSpan());
    Console.WriteLine($"adapters-{i}.wasm: {compiled.Plan.AdapterModules[i].Adapters.Length} adapters, {module.Imports.Length} imports");
}
if (compiled.Runtime is { } runtime)
    File.WriteAllBytes(Path.Combine(folder, "runtime.wasm"), runtime.Bytes.AsSpan());
if (!compiled.TryToJson(out var plan, out _, new PlanFiles { Component = PlanComponent.Of(Path.GetFileName(args[0]), component) }))
    return 1;
File.WriteAllBytes(Path.Combine(folder, "plan.json"), plan.Span);
return 0;
