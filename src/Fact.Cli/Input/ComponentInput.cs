using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using LanguageExt;

namespace Fact.Cli.Input;

/// <summary>Reads the INPUT of a command: a component in binary or text form, from a file or standard input.</summary>
internal static class ComponentInput
{
    /// <summary>Neither an array nor a component of the specification's limits is larger.</summary>
    private const int MaxBytes = 1 << 30;

    private const int PeekBytes = 4096;

    /// <summary>The argument of every command that takes a component.</summary>
    public static Argument<string> Argument() => new("INPUT")
    {
        Description = "A component: binary (.wasm), text (.wat), or - for standard input. What is in it counts, not its name.",
    };

    /// <summary>What messages call an input.</summary>
    public static string Name(string input) => input == "-" ? "<stdin>" : input;

    /// <summary>Reads an input, and converts text to binary.</summary>
    /// <returns>The binary; whether it is a component is for the decoder to say.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<Failure, byte[]> Read(string input, Terminal terminal, Progress progress, CancellationToken cancellationToken) =>
        ReadForm(input, terminal, progress, cancellationToken).Map(read => read.Bytes);

    /// <summary>The same, with whether it was text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<Failure, (byte[] Bytes, bool WasText)> ReadForm(string input, Terminal terminal, Progress progress, CancellationToken cancellationToken)
    {
        if (input == "-" && terminal.StdinIsKeyboard)
            progress.Pause();
        else
            progress.Now("reading");
        string name = Name(input);
        try
        {
            if (input == "-")
                return Read(terminal.Stdin, name, progress, cancellationToken);
            if (input.Length == 0)
                return Failure.Input("the INPUT is an empty name; give a file, or - for standard input");
            if (Directory.Exists(input))
                return Failure.Input($"cannot read {name}: it is a directory");
            using var file = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            return Read(file, name, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Failure.System($"cannot read {name}", e);
        }
    }

    private static Either<Failure, (byte[] Bytes, bool WasText)> Read(Stream stream, string name, Progress progress, CancellationToken cancellationToken)
    {
        // Looked at first, so that nobody waits for gigabytes of what is no component.
        byte[] start = new byte[PeekBytes];
        start = start[..stream.ReadAtLeast(start, PeekBytes, throwOnEndOfStream: false)];
        if (start.Length == 0)
            return Failure.Input($"{name} is empty; a component was expected");
        bool binary = start is [0, (byte)'a', ..];
        if (!binary && TextComponent.WhyNotText(start) is { } why)
            return Failure.Input($"{name} {why}");
        if (stream.CanSeek && stream.Length > MaxBytes)
            return TooLarge(name);
        if (ReadRest(stream, start) is not { } all)
            return TooLarge(name);
        if (binary)
            return (all, false);
        progress.Now("converting text");
        return TextComponent.ToBinary(all, name, cancellationToken).Map(bytes => (bytes, true));
    }

    /// <summary>What was read and all that follows; null if it is too large.</summary>
    private static byte[]? ReadRest(Stream stream, byte[] start)
    {
        if (stream.CanSeek && stream.Length >= start.Length)
        {
            byte[] all = new byte[stream.Length];
            start.CopyTo(all, 0);
            int length = start.Length + stream.ReadAtLeast(all.AsSpan(start.Length), all.Length - start.Length, throwOnEndOfStream: false);
            return length == all.Length ? all : all[..length];
        }
        // A pipe, or a file that does not know its length.
        using var collected = new MemoryStream();
        collected.Write(start);
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (collected.Length + count > MaxBytes)
                return null;
            collected.Write(buffer, 0, count);
        }
        return collected.ToArray();
    }

    private static Failure TooLarge(string name) => Failure.Input($"{name} is larger than {MaxBytes >> 20} MiB, the most that fact reads");
}
