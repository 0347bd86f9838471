using System;
using Fact.Component;
using Fact.Ir;

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
}
