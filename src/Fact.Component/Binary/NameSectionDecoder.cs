using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>The <c>component-name</c> custom section. Spec: namedata (Binary.md, "Name Section").</summary>
internal static class NameSectionDecoder
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "component-name";

    /// <summary>Reads the names that the section's data gives, or null when it is malformed: that is no error.</summary>
    public static ComponentNames? Decode(CustomSection section)
    {
        var r = new ByteReader(section.Data.Memory, section.Offset);
        string? component = null;
        var sorts = new List<SortNames>();
        while (r.Remaining > 0)
        {
            byte id = r.Byte();
            uint size = r.U32();
            var payload = new ByteReader(r.Raw(size).Memory, r.Offset);
            if (r.Failed)
                return null;
            if (id == 0x00)
                component = payload.Name();
            else if (id == 0x01 && NameSort(ref payload) is { } sort)
                sorts.Add(new SortNames(sort, NameMap(ref payload)));
            else
                continue;
            if (payload.Failed || payload.Remaining > 0)
                return null;
        }
        return new ComponentNames(component, sorts.ToEquatableArray());
    }

    private static NameSort? NameSort(ref ByteReader r) => r.Byte() switch
    {
        0x00 => r.Byte() switch
        {
            0x00 => Ast.NameSort.CoreFunc,
            0x01 => Ast.NameSort.CoreTable,
            0x02 => Ast.NameSort.CoreMemory,
            0x03 => Ast.NameSort.CoreGlobal,
            0x04 => Ast.NameSort.CoreTag,
            0x10 => Ast.NameSort.CoreType,
            0x11 => Ast.NameSort.CoreModule,
            0x12 => Ast.NameSort.CoreInstance,
            _ => null,
        },
        0x01 => Ast.NameSort.Func,
        0x02 => Ast.NameSort.Value,
        0x03 => Ast.NameSort.Type,
        0x04 => Ast.NameSort.Component,
        0x05 => Ast.NameSort.Instance,
        _ => null,
    };

    private static EquatableArray<NameAssoc> NameMap(ref ByteReader r)
    {
        var names = r.Vec(uint.MaxValue, "name", static (ref r) => new NameAssoc(r.U32(), r.Name()));
        for (int i = 1; i < names.Length; i++)
        {
            if (names[i].Index <= names[i - 1].Index)
                r.Fail("names are not in increasing order of their indices", r.Offset);
        }
        return names;
    }
}
