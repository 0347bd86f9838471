using System;
using Fact;
using Fact.Ir;

// The component function, and the core function that both sides make of it: an address and a length.
var type = new ComponentFuncType([new Param("text", ValType.Of(PrimitiveType.String))], Result: null);
var core = new CoreFuncType([CoreValType.I32, CoreValType.I32], []);

var adapter = new Adapter(
    Name: "greet",
    Callee: new CoreFuncId(0),
    Lift: new AdapterSide(
        type,
        Instance: new InstanceNode(new InstanceId(1)),
        new CanonicalOptions(
            StringEncoding.Utf16,
            Memory: new CanonicalMemory(new CoreMemoryId(0), new CoreMemoryType()),
            Realloc: new CoreFuncId(1)),
        core),
    Lower: new AdapterSide(
        type,
        Instance: new InstanceNode(new InstanceId(2)),
        new CanonicalOptions(
            StringEncoding.Utf8,
            Memory: new CanonicalMemory(new CoreMemoryId(1), new CoreMemoryType())),
        core));

if (!AdapterCompiler.TryCompile([adapter], CompileOptions.Default, out var module, out var diagnostics))
{
    foreach (var diagnostic in diagnostics)
        Console.Error.WriteLine(diagnostic);
    return 1;
}
foreach (var import in module.Imports)
{
    Console.WriteLine($"{import.Module} {import.Name}: " + import.Denotes switch
    {
        Import.InstanceFlags(var instance) => $"the flags of instance {instance.Value}",
        Import.Memory(var id, _) => $"memory {id.Value}",
        Import.Realloc(var func, _) => $"core function {func.Value}, an allocator",
        Import.Callee(_, var func, _) => $"core function {func.Value}, which is called",
        var other => other.ToString(),
    });
}
return 0;
