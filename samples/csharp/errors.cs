using System;
using Fact;

// What is wrong with an input is a value, and there may be several: each has a code, a message, and says where it is.
byte[] component = [0, (byte)'a', (byte)'s', (byte)'m', 0x0d, 0, 1, 0, 0xff];

if (!ComponentCompiler.TryCompile(component, CompileOptions.Default, out var compiled, out var diagnostics))
{
    foreach (var diagnostic in diagnostics)
    {
        Console.WriteLine($"{diagnostic.Id} {diagnostic.Code} at byte {diagnostic.Offset}: {diagnostic.Message}");
        Console.WriteLine(diagnostic);
    }
    return 1;
}
Console.WriteLine(compiled.AdapterModules.Length);
return 0;
