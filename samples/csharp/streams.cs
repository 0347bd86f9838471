using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Fact.Host;
using Fact.Values;

// samples/csharp/streams.wat: it imports an asynchronous function.
var imports = HostImports.None.WithAsyncFunction("price", async (arguments, cancelled) =>
{
    await Task.Delay(TimeSpan.FromMilliseconds(1), cancelled);
    return ComponentValues.U32(((ComponentValue.U32)arguments[0]).Value * 10);
});

using var engine = new HostEngine();
if (!ComponentHost.TryOpen(engine, File.ReadAllBytes(args[0]), out var host, out var diagnostics))
    throw new InvalidDataException(diagnostics[0].ToString());
using (host)
{
    if (!host.TryInstantiate(imports, out var instance, out var failure))
        throw new InvalidDataException(failure.ToString());
    using (instance)
    {
        // A stream that the component gives is read as it comes.
        var prices = (ComponentValue.Stream)(await instance.InvokeAsync("prices", [ComponentValues.U32(3)]))!;
        await foreach (var price in prices.Value)
            Console.WriteLine(price);

        // One that it takes may be written as it is read; numbers go in chunks, without an object for each.
        Console.WriteLine(await instance.InvokeAsync("sum", [new ComponentValue.Stream(HostStream.OfNumbers(Bytes()))]));
    }
}

static async IAsyncEnumerable<ReadOnlyMemory<byte>> Bytes()
{
    yield return new byte[] { 1, 2 };
    await Task.Yield();
    yield return new byte[] { 3 };
}
