using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>
/// Modules that the engine has compiled, in a folder: for programs that run the same components again and again. What is in a file is machine code, and trusted as
/// such, so nobody else may be able to write there. A file that is damaged, or that the engine does not take, counts as none, and is written anew.
/// </summary>
internal sealed class ModuleCache
{
    private const int HashBytes = SHA256.HashSizeInBytes;

    private readonly string folder;
    private readonly byte[] engineKey;

    /// <param name="folder">The folder; it is made if it does not exist, for this user alone.</param>
    /// <param name="engineOptions">What tells an engine from others of its version.</param>
    /// <exception cref="ArgumentException">That is no path.</exception>
    /// <exception cref="IOException">The folder cannot be made, or others can write into it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made, or not be looked at.</exception>
    public ModuleCache(string folder, string engineOptions)
    {
        this.folder = Path.GetFullPath(folder);
        string platform = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        engineKey = Encoding.UTF8.GetBytes($"{typeof(Module).Assembly.GetName().Version} {platform} {engineOptions}\n");
        CacheFolder.Make(this.folder);
    }

    /// <summary>The compiled module of these bytes, if there is one.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">What the engine calls the module.</param>
    /// <param name="bytes">The module.</param>
    public Module? Find(Wasmtime.Engine engine, string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            byte[] file = File.ReadAllBytes(PathOf(name, bytes));
            var compiled = file.AsSpan(Math.Min(HashBytes, file.Length));
            return SHA256.HashData(compiled).AsSpan().SequenceEqual(file.AsSpan(0, file.Length - compiled.Length)) ? Module.Deserialize(engine, name, compiled) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WasmtimeException)
        {
            return null;
        }
    }

    /// <summary>Keeps a compiled module. Where that cannot be, the next run compiles it again.</summary>
    /// <param name="name">What the engine calls the module.</param>
    /// <param name="bytes">The module.</param>
    /// <param name="module">What the engine made of it.</param>
    public void Add(string name, ReadOnlySpan<byte> bytes, Module module)
    {
        // Under another name first: who reads it meanwhile sees all of it or nothing.
        string path = PathOf(name, bytes), temporary = $"{path}-{Guid.NewGuid():n}";
        try
        {
            byte[] compiled = module.Serialize();
            using (var file = new FileStream(temporary, FileMode.CreateNew))
            {
                file.Write(SHA256.HashData(compiled));
                file.Write(compiled);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or WasmtimeException)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception also) when (also is IOException or UnauthorizedAccessException)
            {
                // It was never made, or the folder is gone.
            }
        }
    }

    private string PathOf(string name, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(engineKey);
        hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        hash.AppendData(bytes);
        return Path.Combine(folder, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
