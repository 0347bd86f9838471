using System;
using System.IO;
using Fact;

// One core module of a whole component: its core modules and adapters, with everything between them inside.
byte[] component = File.ReadAllBytes(args[0]);
if (!Fuser.TryFuse(component, FuseOptions.Default, out var fused, out var diagnostics))
{
    // Unsupported where the component needs something of a host that a core module cannot have.
    foreach (var diagnostic in diagnostics)
        Console.Error.WriteLine(diagnostic);
    return 1;
}
foreach (var export in fused.Exports)
    Console.WriteLine($"{export.Export}: {export.Type}");
File.WriteAllBytes(args[1], fused.Bytes.AsSpan());
return 0;
