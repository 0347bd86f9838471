using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Threading;
using Fact.Ir;
using Fact.Wasi.Files;

namespace Fact.Wasi;

/// <summary>A variable of the environment, as <c>wasi:cli/environment</c> gives it to components. Neither part may be null.</summary>
/// <param name="Name">Its name, which nothing is asked of: it may be empty, or come twice.</param>
/// <param name="Value">Its value.</param>
public readonly record struct EnvironmentVariable(string Name, string Value)
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = Given.NotNull(Name, nameof(Name));

    /// <summary>Its value.</summary>
    public string Value { get; init; } = Given.NotNull(Value, nameof(Value));
}

/// <summary>A folder that components may use, with all that is in it.</summary>
/// <param name="HostPath">Where it is on this system. It is opened when a component is instantiated.</param>
/// <param name="GuestPath">The path that components know it by, as <c>get-directories</c> of <c>wasi:filesystem/preopens</c> lists it.</param>
/// <param name="IsReadOnly">Whether nothing in it may be changed.</param>
public sealed record PreopenedFolder(string HostPath, string GuestPath, bool IsReadOnly = false)
{
    /// <summary>Where it is on this system.</summary>
    public string HostPath { get; init; } = Given.NotNull(HostPath, nameof(HostPath));

    /// <summary>The path that components know it by.</summary>
    public string GuestPath { get; init; } = Given.NotNull(GuestPath, nameof(GuestPath));

    /// <summary>Whether folders can be given to components here: on Linux, x64 and arm64, with a C library that has <c>statx</c> (glibc 2.28, musl 1.2.5).</summary>
    public static bool IsSupported => LibC.IsSupported;
}

/// <summary>Fills a range with random bytes. An exception that it throws traps the component that asked.</summary>
/// <param name="bytes">The range, all of which must be filled.</param>
public delegate void RandomBytes(Span<byte> bytes);

/// <summary>
/// What components get of the world by WASI. By default it is nothing: no arguments, an empty environment, no input, output that goes nowhere, no folders; but
/// clocks and random numbers are those of the system. Sockets are never given.
/// </summary>
public sealed record WasiOptions
{
    /// <summary>The arguments, the name of the program first.</summary>
    public EquatableArray<string> Arguments { get; init; }

    /// <summary>The environment, in the order in which components see it.</summary>
    public EquatableArray<EnvironmentVariable> Environment { get; init; }

    /// <summary>The folder that relative paths are to begin at, as components call it; null where there is none.</summary>
    public string? InitialFolder { get; init; }

    /// <summary>Standard input; null for one that is at its end. It is not closed. What is read of it may be up to 64 KiB more than the component asks for.</summary>
    public Stream? Stdin { get; init; }

    /// <summary>Standard output; null for one that forgets everything. It is not closed.</summary>
    public Stream? Stdout { get; init; }

    /// <summary>Standard error; null for one that forgets everything. It is not closed.</summary>
    public Stream? Stderr { get; init; }

    /// <summary>Whether standard input is a terminal.</summary>
    public bool StdinIsTerminal { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool StdoutIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal.</summary>
    public bool StderrIsTerminal { get; init; }

    /// <summary>The folders that components may use, where <see cref="PreopenedFolder.IsSupported"/>.</summary>
    public EquatableArray<PreopenedFolder> Folders { get; init; }

    /// <summary>The wall clock, the monotonic clock, and what waits for them. The timestamps of files are those of the system all the same.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where random bytes come from; null for the generator of the system, which is good for cryptography.</summary>
    public RandomBytes? Random { get; init; }

    /// <summary>Where bytes come from that need not be hard to guess; null for a generator that every instance has for itself.</summary>
    public RandomBytes? InsecureRandom { get; init; }

    /// <summary>How many files and folders each instance may have open, beside <see cref="Folders"/>: to open one more fails.</summary>
    public int MaxOpenFiles { get; init; } = 256;

    /// <summary>Ends all waiting, for input and for the clock: it is a trap.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The same with standard input, output and error of this process.</summary>
    public WasiOptions InheritConsole() => this with
    {
        Stdin = Console.OpenStandardInput(),
        Stdout = Console.OpenStandardOutput(),
        Stderr = Console.OpenStandardError(),
        StdinIsTerminal = !Console.IsInputRedirected,
        StdoutIsTerminal = !Console.IsOutputRedirected,
        StderrIsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>The same with the environment of this process.</summary>
    public WasiOptions InheritEnvironment() => this with
    {
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => new EnvironmentVariable((string)entry.Key, (string?)entry.Value ?? ""))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToEquatableArray(),
    };
}
