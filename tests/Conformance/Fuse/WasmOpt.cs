using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace Fact.Conformance.Fuse;

/// <summary>A test that needs Binaryen's wasm-opt, and is skipped with a message without it.</summary>
internal sealed class WasmOptTheoryAttribute : TheoryAttribute
{
    private static readonly string[]? Command =
        Environment.GetEnvironmentVariable("WASM_OPT")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : null;

    public WasmOptTheoryAttribute()
    {
        if (Command is null)
            Skip = "the variable WASM_OPT does not name wasm-opt of Binaryen";
    }

    /// <summary>What it makes of a module.</summary>
    public static byte[] Optimise(byte[] module)
    {
        var folder = Directory.CreateTempSubdirectory("fact-wasm-opt-");
        try
        {
            string from = Path.Combine(folder.FullName, "in.wasm"), to = Path.Combine(folder.FullName, "out.wasm");
            File.WriteAllBytes(from, module);
            // With the last of its features it writes types that no engine knows.
            string[] arguments = [.. Command![1..], "--all-features", "--disable-custom-descriptors", "-O2", from, "-o", to];
            using var program = Process.Start(new ProcessStartInfo(Command[0], arguments))!;
            program.WaitForExit();
            return program.ExitCode == 0 ? File.ReadAllBytes(to) : throw new InvalidOperationException($"wasm-opt: exit code {program.ExitCode}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
