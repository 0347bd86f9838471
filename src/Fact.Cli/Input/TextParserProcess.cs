using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Fact.Cli.Input;

/// <summary>
/// The process that <see cref="TextParser"/> starts: text comes in by standard input, the binary, or why there is none, goes out by standard output. It stays
/// away from all other code of the tool, so that it starts fast.
/// </summary>
internal static class TextParserProcess
{
    /// <summary>The first argument of such a process; the second is the length of the text in bytes.</summary>
    public const string Verb = "__parse-text";

    /// <summary>Exit codes. A parser that breaks ends with others: 128 and more, or those of .NET.</summary>
    public const int Converted = 0, Refused = 3, NoEngine = 4;

    /// <summary>Whether this process is one.</summary>
    public static bool IsThis(string[] args) => args is [Verb, _];

    /// <summary>Does its work.</summary>
    public static int Run(string[] args)
    {
        // An interruption is for the tool, which ends this process when it has to.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        GoQuietly();
        try
        {
            byte[] text = new byte[int.Parse(args[1], NumberStyles.None, CultureInfo.InvariantCulture)];
            using (var stdin = Console.OpenStandardInput())
                stdin.ReadExactly(text);
            using var stdout = Console.OpenStandardOutput();
            return Parse(text, stdout);
        }
        catch (Exception e) when (EngineLibrary.IsMissing(e))
        {
            return NoEngine;
        }
        catch (Exception e) when (e is IOException or FormatException or OverflowException)
        {
            // Nobody is at the other end any more, or it is not the tool.
            return ExitCode.BadUsage;
        }
    }

    private static int Parse(byte[] text, Stream stdout)
    {
        var error = Native.Parse(text, (nuint)text.Length, out var result);
        if (error == 0)
        {
            Write(result, stdout);
            return Converted;
        }
        Native.ErrorMessage(error, out result);
        Write(result, stdout);
        return Refused;
    }

    private static void Write(Native.Bytes bytes, Stream stdout)
    {
        byte[] chunk = new byte[1 << 16];
        for (nuint at = 0; at < bytes.Length; at += (nuint)chunk.Length)
        {
            int count = (int)nuint.Min((nuint)chunk.Length, bytes.Length - at);
            Marshal.Copy(bytes.Start + (nint)at, chunk, 0, count);
            stdout.Write(chunk, 0, count);
        }
    }

    /// <summary>If memory runs out, let the system take this process and none of somebody else's; and let a parser that breaks leave no core file behind.</summary>
    private static void GoQuietly()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
            _ = Native.SetProcessOption(Native.Dumpable, 0, 0, 0, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Nothing depends on it.
        }
    }

    /// <summary>The engine's C interface, whose objects live as long as the process, and the system's.</summary>
    private static class Native
    {
        /// <summary>PR_SET_DUMPABLE.</summary>
        public const int Dumpable = 4;

        [DllImport(EngineLibrary.Name, EntryPoint = "wasmtime_wat2wasm")]
        public static extern nint Parse(byte[] text, nuint length, out Bytes binary);

        [DllImport(EngineLibrary.Name, EntryPoint = "wasmtime_error_message")]
        public static extern void ErrorMessage(nint error, out Bytes message);

        [DllImport("libc", EntryPoint = "prctl")]
        public static extern int SetProcessOption(int option, nuint value, nuint unused2, nuint unused3, nuint unused4);

        [StructLayout(LayoutKind.Sequential)]
        public readonly struct Bytes
        {
            public readonly nuint Length;
            public readonly nint Start;
        }
    }
}
