using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Binary;

/// <summary>What has been read of a component so far.</summary>
internal sealed class ComponentContent
{
    public List<Definition> Definitions { get; } = [];

    public List<CustomSection> CustomSections { get; } = [];

    public ComponentNames Names { get; set; } = ComponentNames.Empty;

    public uint Modules { get; set; }

    public uint Components { get; set; }

    public uint Instances { get; set; }
}

/// <summary>Sections. Spec: section (Binary.md, "Component Definitions").</summary>
internal static class SectionDecoder
{
    /// <summary>Reads one section and adds what it defines.</summary>
    public static void Section(ref ByteReader r, ComponentContent content)
    {
        long start = r.Offset;
        byte id = r.Byte();
        string name = Name(id);
        if (name.Length == 0)
            r.Fail($"0x{id:x2} is not the id of a component section (0x00 to 0x0c)", start);
        long sizeStart = r.Offset;
        uint size = r.U32();
        if (size > (uint)r.Remaining)
            r.Fail($"{name} of {size} bytes is longer than the {r.Remaining} bytes left", sizeStart);
        if (r.Failed)
            return;
        int outer = r.Enter(size);
        Content(ref r, id, start, content);
        r.Leave(outer, name);
        if (r.Failed)
            r.Within($"{name} at 0x{start:x}");
    }

    private static string Name(byte id) => id switch
    {
        0 => "custom section",
        1 => "core module section",
        2 => "core instance section",
        3 => "core type section",
        4 => "component section",
        5 => "instance section",
        6 => "alias section",
        7 => "type section",
        8 => "canon section",
        9 => "start section",
        10 => "import section",
        11 => "export section",
        12 => "value section",
        _ => "",
    };

    private static void Content(ref ByteReader r, byte id, long start, ComponentContent content)
    {
        switch (id)
        {
            case 0:
                Custom(ref r, content);
                break;
            case 1:
                CoreModule(ref r, content);
                break;
            case 2:
                content.Instances += Definitions(ref r, content, "core instance", static (ref r) =>
                    new Definition.CoreInstance(r.Offset, InstanceDecoder.CoreInstance(ref r)));
                Limit(ref r, content.Instances, DecoderLimits.Instances, "instances", start);
                break;
            case 3:
                Definitions(ref r, content, "core type", static (ref r) =>
                    new Definition.CoreType(r.Offset, CoreTypeDecoder.DefType(ref r)));
                break;
            case 4:
                Component(ref r, content);
                break;
            case 5:
                content.Instances += Definitions(ref r, content, "instance", static (ref r) =>
                    new Definition.Instance(r.Offset, InstanceDecoder.Instance(ref r)));
                Limit(ref r, content.Instances, DecoderLimits.Instances, "instances", start);
                break;
            case 6:
                Definitions(ref r, content, "alias", static (ref r) =>
                    new Definition.Alias(r.Offset, AliasDecoder.Alias(ref r)));
                break;
            case 7:
                Definitions(ref r, content, "type", static (ref r) =>
                    new Definition.Type(r.Offset, TypeDecoder.DefType(ref r)));
                break;
            case 8:
                Definitions(ref r, content, "canon", static (ref r) =>
                    new Definition.Canon(r.Offset, CanonDecoder.Canon(ref r)));
                break;
            case 10:
                Definitions(ref r, content, "import", static (ref r) => ExternDecoder.Import(ref r));
                break;
            case 11:
                Definitions(ref r, content, "export", static (ref r) => ExternDecoder.Export(ref r));
                break;
            default:
                r.Fail(DiagnosticCode.Unsupported, ExternDecoder.NoValues, start);
                break;
        }
    }

    private static uint Definitions(
        ref ByteReader r, ComponentContent content, string what, ReadItem<Definition> definition)
    {
        int count = r.Count(DecoderLimits.Definitions, what);
        for (int i = 0; i < count; i++)
        {
            content.Definitions.Add(definition(ref r));
            if (r.Failed)
            {
                r.Within($"{what} {i}");
                break;
            }
        }
        return (uint)count;
    }

    private static void CoreModule(ref ByteReader r, ComponentContent content)
    {
        long start = r.Offset;
        Limit(ref r, ++content.Modules, DecoderLimits.Modules, "core modules", start);
        Limit(ref r, (uint)r.Remaining, DecoderLimits.ModuleBytes, "bytes of a core module", start);
        // A second reader looks at the beginning; the module as a whole stays raw.
        var bytes = r.Rest();
        var module = new ByteReader(bytes.Memory, start);
        Preamble.Module(ref module);
        if (module.Failed)
            r.Fail(module.Error.Code, module.Error.Message, start);
        content.Definitions.Add(new Definition.CoreModule(start, bytes));
    }

    private static void Component(ref ByteReader r, ComponentContent content)
    {
        long start = r.Offset;
        Limit(ref r, ++content.Components, DecoderLimits.Components, "components", start);
        Limit(ref r, (uint)r.Remaining, DecoderLimits.ModuleBytes, "bytes of a component", start);
        if (!r.Descend())
            return;
        content.Definitions.Add(new Definition.Component(start, ComponentDecoder.Component(ref r)));
        r.Ascend();
    }

    private static void Custom(ref ByteReader r, ComponentContent content)
    {
        long start = r.Offset;
        string name = r.Name();
        var section = new CustomSection(start, name, r.Rest());
        content.CustomSections.Add(section);
        if (name == NameSectionDecoder.SectionName)
            content.Names = NameSectionDecoder.Decode(section) ?? content.Names;
    }

    private static void Limit(ref ByteReader r, uint count, uint limit, string what, long start)
    {
        if (count > limit)
            r.Fail(DiagnosticCode.TooLarge, $"{what}: {count} are more than the {limit} allowed", start);
    }
}
