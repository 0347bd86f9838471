using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Host;
using Fact.Values;
using static Fact.Values.ComponentValues;

// samples/host-js/words.wat: it imports a resource `text` with a constructor and a method, and a log.
var text = new ResourceType("text");
var contents = new Dictionary<ulong, string>();

var imports = HostImports.None
    .WithResource("host:texts/texts#text", text, drop: number => contents.Remove(number))
    .WithFunction("host:texts/texts#[constructor]text", arguments =>
    {
        uint number = (uint)contents.Count + 1;
        contents.Add(number, ((ComponentValue.String)arguments[0]).Value);
        return new ComponentValue.Own(HostHandle.New(text, number));
    })
    .WithFunction("host:texts/texts#[method]text.words", arguments =>
    {
        string content = contents[((ComponentValue.Borrow)arguments[0]).Handle.Rep];
        return List(content.Split(' ').Select(String));
    })
    .WithFunction("log", arguments =>
    {
        Console.WriteLine($"log: {arguments[0]} {arguments[1]}");
        return null;
    });

using var engine = new HostEngine();
if (!ComponentHost.TryOpen(engine, File.ReadAllBytes(args[0]), out var host, out var diagnostics))
{
    foreach (var diagnostic in diagnostics)
        Console.Error.WriteLine(diagnostic);
    return 1;
}
using (host)
{
    foreach (var export in host.Exports)
        Console.WriteLine($"{export.Name}: {export.TypeText}");
    if (!host.TryInstantiate(imports, out var instance, out var failure))
    {
        Console.Error.WriteLine(failure);
        return 1;
    }
    using (instance)
    {
        if (!instance.TryInvoke("count", [String("naïve words 😀")], out var count, out failure))
        {
            Console.Error.WriteLine(failure);
            return 1;
        }
        Console.WriteLine($"{count} words, {contents.Count} texts are left");

        // The same as text, in WAVE syntax.
        Console.WriteLine(new WaveSession(instance).TryInvoke("count(\"one two\")", out string? printed, out failure) ? printed : failure.ToString());
    }
}
return 0;
