using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The name sections of the parts as one, in the numbers of the merged module; names begin with that of the part. What several parts name has the name that the
/// first of them gives it. A section that is no good counts as far as it can be read. Spec: appendix "Name Section".
/// </summary>
internal sealed class MergedNames
{
    /// <summary>The name of the section.</summary>
    public const string Section = "name";

    private const byte Funcs = 1, Locals = 2, Labels = 3, TypeNames = 4, Tables = 5, Memories = 6, Globals = 7, Elements = 8, Data = 9, Fields = 10, Tags = 11;

    // Names are written again and again, so that long ones would make more than anyone has put in.
    private const int LongestPrefix = 60;

    private readonly SortedDictionary<byte, SortedDictionary<uint, Entry>> subsections = [];

    /// <summary>A name; or a map of names, which has no prefix.</summary>
    private readonly record struct Entry(string? Prefix, byte[] Content);

    /// <summary>Adds the names of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="numbers">What its numbers are in the merged module.</param>
    /// <param name="hasMore">Whether there are more blocks than there were in one of the functions that it defines, so that its labels have other numbers.</param>
    public void Add(FusePart part, PartNumbers numbers, Func<int, bool> hasMore)
    {
        if (part.Module.Customs.Items.FirstOrDefault(custom => custom.Name == Section) is not { } section)
            return;
        var reader = new CustomReader(part.Module.Slice(section.Content));
        string prefix = Prefix(part.Name);
        int imported = numbers.Of(CoreExternKind.Func).Length - part.Module.Funcs.Length;
        while (reader.HasMore)
        {
            byte id = reader.Byte();
            var content = new CustomReader(reader.Sized());
            if (id is >= Funcs and <= Tags)
                Subsection(id, ref content, prefix, numbers, function => id == Labels && function >= imported && hasMore(function - imported));
        }
    }

    /// <summary>Has the names of functions that no part has in place of those of memories, which are one.</summary>
    public void Fold(IEnumerable<(uint Number, string Name)> functions)
    {
        subsections.Remove(Memories);
        foreach (var (number, name) in functions)
        {
            if (!subsections.TryGetValue(Funcs, out var entries))
                subsections.Add(Funcs, entries = []);
            entries.Add(number, new Entry("", Encoding.UTF8.GetBytes(name)));
        }
    }

    /// <summary>Writes the section, if there are names.</summary>
    public void Write(Sink module)
    {
        if (subsections.Count == 0)
            return;
        module.Byte((byte)SectionId.Custom);
        int section = module.BeginSized();
        module.Name(Section);
        foreach (var (id, entries) in subsections)
        {
            module.Byte(id);
            int subsection = module.BeginSized();
            module.Unsigned((uint)entries.Count);
            foreach (var (index, entry) in entries)
            {
                module.Unsigned(index);
                if (entry.Prefix is { } prefix)
                    module.Name(prefix, entry.Content);
                else
                    module.Bytes(entry.Content);
            }
            module.EndSized(subsection);
        }
        module.EndSized(section);
    }

    private void Subsection(byte id, ref CustomReader reader, string prefix, PartNumbers numbers, Func<int, bool> isLeftOut)
    {
        bool isIndirect = id is Locals or Labels or Fields;
        var renumbered = Space(id, numbers);
        for (uint left = reader.Number(); left > 0 && reader.HasMore; left--)
        {
            uint index = reader.Number();
            var content = isIndirect ? reader.NameMap() : reader.Name();
            if (!reader.IsGood || index >= (uint)renumbered.Length || renumbered[(int)index] == PartNumbers.None || isLeftOut((int)index))
                continue;
            if (!subsections.TryGetValue(id, out var entries))
                subsections.Add(id, entries = []);
            entries.TryAdd(renumbered[(int)index], new Entry(isIndirect ? null : prefix, content.ToArray()));
        }
    }

    private static ReadOnlySpan<uint> Space(byte id, PartNumbers numbers) => id switch
    {
        Funcs or Locals or Labels => numbers.Of(CoreExternKind.Func),
        TypeNames or Fields => numbers.Types,
        Tables => numbers.Of(CoreExternKind.Table),
        Memories => numbers.Of(CoreExternKind.Memory),
        Globals => numbers.Of(CoreExternKind.Global),
        Tags => numbers.Of(CoreExternKind.Tag),
        Elements => numbers.Elements,
        _ => numbers.Data,
    };

    private static string Prefix(string part)
    {
        if (part.Length == 0)
            return "";
        int length = Math.Min(part.Length, LongestPrefix);
        return string.Concat(part.AsSpan(0, char.IsHighSurrogate(part[length - 1]) ? length - 1 : length), ".");
    }
}
