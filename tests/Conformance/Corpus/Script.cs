using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Corpora = Fact.Properties.Corpus;

namespace Fact.Conformance.Corpus;

/// <summary>A component of the corpus with what its script expects of it.</summary>
/// <param name="Name">Folder and file.</param>
/// <param name="Path">The file.</param>
/// <param name="Command">What the script does with it.</param>
internal sealed record ScriptComponent(string Name, string Path, string Command)
{
    /// <summary>The binary.</summary>
    public byte[] Bytes => File.ReadAllBytes(Path);

    /// <summary>Whether it compiles: whether it also instantiates is for the host.</summary>
    public bool IsValid => Command is not ("assert_invalid" or "assert_malformed");

    /// <summary>Whether it uses features that are still gated in engines.</summary>
    public bool IsGated => Name.StartsWith("async__", System.StringComparison.Ordinal) || Name.StartsWith("gc__", System.StringComparison.Ordinal);
}

/// <summary>Reads the scripts of the corpus.</summary>
internal static class Scripts
{
    /// <summary>All components that scripts mention, in a stable order.</summary>
    public static IEnumerable<ScriptComponent> Components()
    {
        if (Corpora.Folder is not { } root)
            yield break;
        var scripts = new List<string>(Directory.GetFiles(root, "script.json", SearchOption.AllDirectories));
        scripts.Sort(System.StringComparer.Ordinal);
        foreach (string script in scripts)
        {
            string folder = System.IO.Path.GetDirectoryName(script)!;
            using var json = JsonDocument.Parse(File.ReadAllText(script));
            foreach (var command in json.RootElement.GetProperty("commands").EnumerateArray())
            {
                if (!command.TryGetProperty("filename", out var file))
                    continue;
                string path = System.IO.Path.Combine(folder, file.GetString()!);
                if (Corpora.IsComponent(File.ReadAllBytes(path)))
                    yield return new ScriptComponent(System.IO.Path.GetFileName(folder) + "/" + file.GetString(), path, command.GetProperty("type").GetString()!);
            }
        }
    }
}
