using System;

namespace Fact.Cli;

/// <summary>The engine is a native library, which may be absent or not run on this machine. Adapters are compiled without it.</summary>
internal static class EngineLibrary
{
    /// <summary>Its name, without what a platform puts around names of libraries.</summary>
    public const string Name = "wasmtime";

    /// <summary>Whether an exception means that there is no such library here.</summary>
    public static bool IsMissing(Exception exception) => exception switch
    {
        DllNotFoundException or BadImageFormatException or EntryPointNotFoundException => true,
        TypeInitializationException { InnerException: { } inner } => IsMissing(inner),
        _ => false,
    };

    /// <summary>The failure to do what needs it.</summary>
    /// <param name="what">What needs it: "running a component".</param>
    /// <param name="instead">What to do without it, if there is anything.</param>
    public static Failure Needed(string what, string? instead = null) => Failure.Input(
        $"{what} needs the engine's native library ({Name}), which is not there or does not run on this machine{(instead is null ? "" : "; " + instead)}");
}
