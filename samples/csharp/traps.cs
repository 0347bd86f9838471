using System;
using System.IO;
using Fact;
using Fact.Traps;

// A module that was compiled with TrapInfo says for each place where it can trap why, and where in which value.
byte[] component = File.ReadAllBytes(args[0]);
if (!ComponentCompiler.TryCompile(component, CompileOptions.Default with { TrapInfo = true }, out var compiled, out _))
    return 1;
foreach (var module in compiled.AdapterModules)
{
    // The bytes may come from anywhere. An engine tells of a trap at which offset in the module it happened.
    if (!ModuleTraps.TryRead(module.Bytes.AsMemory(), out var traps, out _))
        return 1;
    var first = traps.Sites[0];
    Console.WriteLine($"{traps.Sites.Length} places; {traps.At(first.Offset)}");
}
return 0;
