using System.Collections.Generic;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// What the parts say of their making and of what they need, together: the custom sections <c>producers</c> and <c>target_features</c> of the tool
/// conventions. A section that is no good counts as far as it can be read.
/// </summary>
internal sealed class MergedFeatures
{
    private const string Producers = "producers", Features = "target_features";

    private readonly List<string> fields = [];
    private readonly Dictionary<string, List<(string Name, string Version)>> producers = [];
    private readonly HashSet<(string Field, string Name)> knownProducers = [];
    private readonly List<(byte Prefix, string Name)> features = [];
    private readonly HashSet<(byte Prefix, string Name)> knownFeatures = [];

    /// <summary>Whether a custom section is one of these.</summary>
    public static bool Takes(string section) => section is Producers or Features;

    /// <summary>Adds what a part says.</summary>
    public void Add(CoreModuleParts module)
    {
        foreach (var section in module.Customs)
        {
            var reader = new CustomReader(module.Slice(section.Content));
            if (section.Name == Producers)
                AddProducers(ref reader);
            else if (section.Name == Features)
                AddFeatures(ref reader);
        }
    }

    /// <summary>Writes the sections, if there is something in them.</summary>
    public void Write(Sink module)
    {
        if (fields.Count > 0)
            Custom(module, Producers, WriteProducers);
        if (features.Count > 0)
            Custom(module, Features, WriteFeatures);
    }

    private void AddProducers(ref CustomReader reader)
    {
        for (uint left = reader.Number(); left > 0 && reader.HasMore; left--)
        {
            string field = Text(ref reader);
            for (uint values = reader.Number(); values > 0 && reader.HasMore; values--)
            {
                string name = Text(ref reader), version = Text(ref reader);

                // A tool is named once in a field, by the tool conventions.
                if (!reader.IsGood || !knownProducers.Add((field, name)))
                    continue;
                if (!producers.TryGetValue(field, out var known))
                {
                    fields.Add(field);
                    producers.Add(field, known = []);
                }
                known.Add((name, version));
            }
        }
    }

    private void AddFeatures(ref CustomReader reader)
    {
        for (uint left = reader.Number(); left > 0 && reader.HasMore; left--)
        {
            byte prefix = reader.Byte();
            string name = Text(ref reader);
            if (reader.IsGood && knownFeatures.Add((prefix, name)))
                features.Add((prefix, name));
        }
    }

    private void WriteProducers(Sink to)
    {
        to.Unsigned((uint)fields.Count);
        foreach (string field in fields)
        {
            to.Name(field);
            to.Unsigned((uint)producers[field].Count);
            foreach (var (name, version) in producers[field])
            {
                to.Name(name);
                to.Name(version);
            }
        }
    }

    private void WriteFeatures(Sink to)
    {
        to.Unsigned((uint)features.Count);
        foreach (var (prefix, name) in features)
        {
            to.Byte(prefix);
            to.Name(name);
        }
    }

    private static void Custom(Sink module, string name, System.Action<Sink> content)
    {
        module.Byte((byte)SectionId.Custom);
        int start = module.BeginSized();
        module.Name(name);
        content(module);
        module.EndSized(start);
    }

    private static string Text(ref CustomReader reader) => Encoding.UTF8.GetString(reader.Name());
}
