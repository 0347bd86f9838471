using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties;

/// <summary>
/// Finds the corpus of real components: in the folder that the environment variable <c>FACT_CORPUS</c> names, else in
/// <c>shared/corpus</c> beside this checkout or further up. It is no part of the project, so tests that need it
/// are skipped where it is absent.
/// </summary>
internal static class Corpus
{
    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } = Find("FACT_CORPUS", Path.Combine("shared", "corpus"));

    /// <summary>The component with many adapters that measurements use, or null.</summary>
    public static string? Synthetic { get; } = Find("FACT_SYNTHETIC", Path.Combine("shared", "bench", "synthetic.wasm"));

    /// <summary>All its binaries, in a stable order; none without a corpus.</summary>
    public static IEnumerable<string> Files =>
        Folder is { } folder
            ? Directory.EnumerateFiles(folder, "*.wasm", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    /// <summary>All its binaries that are components, with their paths from the folder.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Components
    {
        get
        {
            foreach (string file in Files)
            {
                byte[] bytes = File.ReadAllBytes(file);
                if (IsComponent(bytes))
                    yield return (Path.GetRelativePath(Folder!, file), bytes);
            }
        }
    }

    /// <summary>Whether a binary says of itself that it is a component.</summary>
    public static bool IsComponent(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8 && bytes[..4].SequenceEqual("\0asm"u8) && bytes[6] == 1 && bytes[7] == 0;

    private static string? Find(string variable, string relative)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return Path.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, relative);
            if (Path.Exists(candidate))
                return candidate;
        }
        return null;
    }
}

/// <summary>A test that needs the corpus, and is skipped with a message without it.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    /// <summary>What is said without the corpus.</summary>
    public const string Missing = "no corpus: set FACT_CORPUS to its folder, or put it at ../shared/corpus";

    public CorpusFactAttribute()
    {
        if (!Corpus.Files.Any())
            Skip = Missing;
    }
}

/// <summary>A test of the component that measurements use, skipped with a message without it.</summary>
internal sealed class SyntheticFactAttribute : FactAttribute
{
    public SyntheticFactAttribute()
    {
        if (Corpus.Synthetic is null)
            Skip = "no component to measure: name it in FACT_SYNTHETIC, or put it at ../shared/bench/synthetic.wasm";
    }
}

/// <summary>A test that needs the corpus, and randomness.</summary>
internal sealed class SeededCorpusFactAttribute : SeededFactAttribute
{
    public SeededCorpusFactAttribute()
    {
        if (!Corpus.Files.Any())
            Skip = CorpusFactAttribute.Missing;
    }
}

/// <summary>A test of many cases that the corpus gives, skipped with a message without it.</summary>
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute()
    {
        if (!Corpus.Files.Any())
            Skip = CorpusFactAttribute.Missing;
    }
}
