using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit.Fuse;

/// <summary>Reads the names of functions, tables, memories, globals and tags, from the specification's appendix and without any code of the merger.</summary>
internal static class NameSection
{
    private static readonly Dictionary<byte, CoreExternKind> Kinds = new()
    {
        [1] = CoreExternKind.Func,
        [5] = CoreExternKind.Table,
        [6] = CoreExternKind.Memory,
        [7] = CoreExternKind.Global,
        [11] = CoreExternKind.Tag,
    };

    /// <summary>The names of a module; those of a kind must be in order.</summary>
    public static Dictionary<(CoreExternKind Kind, uint Index), string> Of(CoreModuleParts module)
    {
        var names = new Dictionary<(CoreExternKind, uint), string>();
        var section = module.Customs.Items.Last(custom => custom.Name == "name");
        var reader = new ByteReader(module.Bytes.Slice(section.Content.Start, section.Content.Length));
        while (!reader.Ended)
        {
            byte id = reader.Byte();
            var content = reader.Slice(reader.Count());
            if (!Kinds.TryGetValue(id, out var kind))
                continue;
            long last = -1;
            for (int left = content.Count(); left > 0; left--)
            {
                uint index = (uint)content.Count();
                Xunit.Assert.True(index > last);
                last = index;
                names.Add((kind, index), content.Name());
            }
            Xunit.Assert.True(content.Ended);
        }
        return names;
    }
}
