using System;
using System.IO;
using Fact.Cli.Output;

namespace Fact.Properties.Cli;

/// <summary>How a call of the file system goes wrong.</summary>
public enum Fault
{
    /// <summary>It fails and has done nothing.</summary>
    Before,
    /// <summary>It fails and has done half of its work.</summary>
    Half,
    /// <summary>It fails and has done the other half: what was to be replaced has the name of the backup, and nothing its own (error 1177 of Windows).</summary>
    Apart,
    /// <summary>It does its work, and fails all the same.</summary>
    After,
}

/// <summary>The file system of this machine, of which one call, or all from one on, go wrong.</summary>
/// <param name="failing">The number of the call; calls are counted from 0.</param>
/// <param name="lasting">Whether all later ones fail too.</param>
/// <param name="fault">In which way.</param>
/// <param name="called">Is told the number of each call before it.</param>
internal sealed class FaultyFileSystem(int failing, bool lasting, Fault fault, Action<int>? called = null) : IFileSystem
{
    private static readonly IFileSystem Real = FileSystem.Real;

    /// <summary>How many calls there were.</summary>
    public int Calls { get; private set; }

    /// <summary>Questions cannot fail.</summary>
    public bool Exists(string path) => Real.Exists(path);

    public bool IsFolder(string path) => Real.IsFolder(path);

    public void MakeFolder(string path) => Do(() => Real.MakeFolder(path));

    public void RemoveFolder(string path) => Do(() => Real.RemoveFolder(path));

    public void Create(string path, ReadOnlySpan<byte> content, bool toDisk)
    {
        byte[] bytes = content.ToArray();
        Do(() => Write(bytes), () => Write(bytes[..(bytes.Length / 2)]));

        // Not brought to the disk, which would take most of the time of the tests.
        void Write(byte[] written)
        {
            using var stream = new FileStream(path, FileMode.CreateNew);
            stream.Write(written);
        }
    }

    public void Rename(string from, string to) => Do(() => Real.Rename(from, to));

    /// <summary>Where links cannot be made the backup is a copy, which may break off.</summary>
    public void Replace(string path, string by, string backup) =>
        Do(() => Real.Replace(path, by, backup), () => File.WriteAllBytes(backup, File.ReadAllBytes(path)[..1]), () => Real.Rename(path, backup));

    public void Restore(string path, string backup) => Do(() => Real.Restore(path, backup));

    public void Remove(string path) => Do(() => Real.Remove(path));

    private void Do(Action all, Action? half = null, Action? apart = null)
    {
        int call = Calls++;
        called?.Invoke(call);
        if (lasting ? call < failing : call != failing)
        {
            all();
            return;
        }
        if (fault == Fault.After)
            all();
        else if (fault == Fault.Half)
            half?.Invoke();
        else if (fault == Fault.Apart)
            apart?.Invoke();
        throw call % 2 == 0 ? new IOException("No space left on device") : new UnauthorizedAccessException();
    }
}
