using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Ir;
using Fact.Wasi.Errors;
using Fact.Wasi.Files;
using Fact.Wasi.Streams;

namespace Fact.Wasi.Instance;

/// <summary>A resource of which there is nothing to know but that it is there.</summary>
internal sealed record NamedResource(string Name);

/// <summary>What one instance has of the world: its handles, and what they stand for.</summary>
internal sealed class WasiState : IDisposable
{
    private readonly Random insecure = new();

    /// <summary>Opens the folders.</summary>
    /// <exception cref="IOException">One cannot be opened.</exception>
    /// <exception cref="PlatformNotSupportedException">There are folders, and this system has no calls for them.</exception>
    public WasiState(WasiOptions options, Patience patience)
    {
        (Options, Patience) = (options, patience);
        Clock = new(options.Time);
        Stdin = new StreamInput(options.Stdin ?? Stream.Null, patience);
        Stdout = new StreamOutput(options.Stdout ?? Stream.Null, patience);
        Stderr = new StreamOutput(options.Stderr ?? Stream.Null, patience);
        Secret = new byte[32];
        Random(Secret);
        // The folders themselves are what the host has given.
        var budget = new FileBudget(options.MaxOpenFiles + options.Folders.Length);
        var opened = new List<(OpenFile, PreopenedFolder)>();
        foreach (var folder in options.Folders)
        {
            if (!PreopenedFolder.IsSupported)
                throw new PlatformNotSupportedException("folders can be given to components on Linux alone, x64 and arm64, with glibc 2.28, musl 1.2.5 or later");
            opened.Add((Open(folder, budget, opened), folder));
        }
        Preopens = opened.ToEquatableArray();
    }

    public WasiOptions Options { get; }

    /// <summary>How long it waits for input and the clock.</summary>
    public Patience Patience { get; }

    public MonotonicClock Clock { get; }

    /// <summary>All handles of standard input stand for this one.</summary>
    public ByteInput Stdin { get; }

    public StreamOutput Stdout { get; }

    public StreamOutput Stderr { get; }

    /// <summary>The folders that the instance was given; they are open as long as it lives.</summary>
    public EquatableArray<(OpenFile File, PreopenedFolder Folder)> Preopens { get; }

    /// <summary>What only the host knows of the hashes that it gives out.</summary>
    public byte[] Secret { get; }

    public ResourceStore<IoError> Errors { get; } = new("error");

    public ResourceStore<Pollable> Pollables { get; } = new("pollable");

    public ResourceStore<ByteInput> Inputs { get; } = new("input-stream");

    public ResourceStore<ByteOutput> Outputs { get; } = new("output-stream");

    public ResourceStore<Descriptor> Descriptors { get; } = new("descriptor");

    public ResourceStore<FolderEntries> Entries { get; } = new("directory-entry-stream");

    public ResourceStore<NamedResource> TerminalInputs { get; } = new("terminal-input");

    public ResourceStore<NamedResource> TerminalOutputs { get; } = new("terminal-output");

    public ResourceStore<NamedResource> Networks { get; } = new("network");

    public ResourceStore<NamedResource> TcpSockets { get; } = new("tcp-socket");

    public ResourceStore<NamedResource> UdpSockets { get; } = new("udp-socket");

    public ResourceStore<NamedResource> IncomingDatagrams { get; } = new("incoming-datagram-stream");

    public ResourceStore<NamedResource> OutgoingDatagrams { get; } = new("outgoing-datagram-stream");

    public ResourceStore<NamedResource> Addresses { get; } = new("resolve-address-stream");

    /// <summary>Fills a range with bytes that nobody can guess.</summary>
    public void Random(Span<byte> bytes)
    {
        if (Options.Random is { } random)
            random(bytes);
        else
            System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
    }

    /// <summary>Fills a range with bytes that somebody may guess.</summary>
    public void InsecureRandom(Span<byte> bytes)
    {
        if (Options.InsecureRandom is { } random)
            random(bytes);
        else
            insecure.NextBytes(bytes);
    }

    /// <summary>A component drops a stream; standard ones go on, because others may have handles of them.</summary>
    public void Drop(IDisposable? stream)
    {
        if (!ReferenceEquals(stream, Stdin) && !ReferenceEquals(stream, Stdout) && !ReferenceEquals(stream, Stderr))
            stream?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stdout.FlushAtEnd();
        Stderr.FlushAtEnd();
        foreach (var resource in Inputs.All.Cast<IDisposable>().Concat(Outputs.All).Concat(Descriptors.All).Concat(Entries.All).ToList())
            Drop(resource);
        foreach (var (file, _) in Preopens)
            file.Release();
    }

    private static OpenFile Open(PreopenedFolder folder, FileBudget budget, List<(OpenFile File, PreopenedFolder Folder)> before) =>
        FolderOperations.OpenOfHost(folder.HostPath, budget).IfLeft(error =>
        {
            foreach (var (file, _) in before)
                file.Release();
            throw new IOException($"the folder \"{folder.HostPath}\" cannot be opened: {WitEnum<FileError>.Label(error)}");
        });
}
