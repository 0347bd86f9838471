using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Component;
using Fact.Host;
using Fact.Ir;
using Fact.Traps;
using Fact.Values;
using Fact.Wasi;

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

    public static Task<long> Sum(ComponentHost host)
    {
        return SumOfWhatItCounts(host, CancellationToken.None);

        // <async>
        static async Task<long> SumOfWhatItCounts(ComponentHost host, CancellationToken cancellation)
        {
            var imports = HostImports.None.WithAsyncFunction("fetch", async (arguments, cancelled) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), cancelled);
                return arguments[0];
            });
            if (!host.TryInstantiate(imports, out var instance, out var failure))
                throw new ComponentException(failure);
            using (instance)
            {
                var n = await instance.InvokeAsync("fetch", [ComponentValues.U32(100)], cancellation);
                var numbers = (ComponentValue.Stream)(await instance.InvokeAsync("count", [n!], cancellation))!;
                uint[] buffer = new uint[64];
                long sum = 0;
                for (int read; (read = await numbers.Value.ReadAsync<uint>(buffer, cancellation)) > 0;)
                    sum += buffer.Take(read).Sum(number => (long)number);
                return sum;
            }
        }
        // </async>
    }

    public static Task<ComponentValue?> Sum(ComponentInstance instance, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        return SumOfBytes(instance, chunks);

        // <give>
        static async Task<ComponentValue?> SumOfBytes(ComponentInstance instance, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks)
        {
            var bytes = HostStream.OfNumbers(chunks);
            return await instance.InvokeAsync("sum", [new ComponentValue.Stream(bytes)]);
        }
        // </give>
    }

    public static int Command(ComponentHost command, string folder)
    {
        return RunCommand(command, folder);

        // <wasi>
        static int RunCommand(ComponentHost command, string folder)
        {
            var options = new WasiOptions
            {
                Arguments = ["command", "--verbose"],
                Environment = [new("HOME", "/data")],
                Folders = [new(HostPath: folder, GuestPath: "/data", IsReadOnly: true)],
            }.InheritConsole();

            return command.Instantiate(HostImports.None.WithWasi(options)).Match(
                Right: instance =>
                {
                    using (instance)
                    {
                        return instance.Invoke("wasi:cli/run@0.2.0#run").Match(
                            Right: _ => 0,
                            Left: failure => failure is CallFailure.Exited(var code) ? code : 134);
                    }
                },
                Left: _ => 1);
        }
        // </wasi>
    }
}
