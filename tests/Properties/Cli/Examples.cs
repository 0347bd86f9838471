using System;
using Fact.Component;
using Fact.Ir;
using Fact.Traps;

namespace Fact.Properties.Cli;

/// <summary>The code in README.md, which a test compares with what is between the markers here.</summary>
internal static class Examples
{
    public static int Component(byte[] component)
    {
        return CompileComponent(component);

        // <component>
        static int CompileComponent(byte[] component) =>
            ComponentCompiler.Compile(component, CompileOptions.Default).Match(
                Right: compiled =>
                {
                    foreach (var module in compiled.AdapterModules)
                        Console.WriteLine($"{module.Bytes.Length} bytes, {module.Imports.Length} imports");
                    return 0;
                },
                Left: errors =>
                {
                    foreach (var error in errors)
                        Console.Error.WriteLine(error);
                    return 1;
                });
        // </component>
    }

    public static AdapterModule Adapter()
    {
        return CompileAdapter();

        // <adapter>
        static AdapterModule CompileAdapter()
        {
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

            return AdapterCompiler.Compile([adapter], CompileOptions.Default).Match(
                Right: module => module,
                Left: errors => throw new ArgumentException(errors[0].ToString()));
        }
        // </adapter>
    }

    public static int WithoutEither(byte[] component)
    {
        return CompileWithoutEither(component);

        // <try>
        static int CompileWithoutEither(byte[] component)
        {
            if (!ComponentCompiler.TryCompile(component, CompileOptions.Default, out var compiled, out var diagnostics))
            {
                foreach (var diagnostic in diagnostics)
                    Console.Error.WriteLine($"{diagnostic.Id}: {diagnostic}");
                return 1;
            }
            foreach (var module in compiled.AdapterModules)
                Console.WriteLine(module.ToText());
            return 0;
        }
        // </try>
    }

    public static string? Trap(AdapterModule module, uint offset)
    {
        return WhyItTrapped(module, offset);

        // <traps>
        static string? WhyItTrapped(AdapterModule module, uint offset) =>
            ModuleTraps.TryRead(module.Bytes.AsMemory(), out var traps, out _) ? traps.At(offset)?.ToString() : null;
        // </traps>
    }
}
