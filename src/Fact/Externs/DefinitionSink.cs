using System;
using Fact.Emit;

namespace Fact.Externs;

/// <summary>A section of a component; the numbers are the binary format's. Spec: <c>section</c>.</summary>
internal enum ComponentSection : byte
{
    /// <summary>A core module.</summary>
    CoreModule = 1,

    /// <summary>Core instances.</summary>
    CoreInstance = 2,

    /// <summary>Core types.</summary>
    CoreType = 3,

    /// <summary>A component.</summary>
    Component = 4,

    /// <summary>Instances.</summary>
    Instance = 5,

    /// <summary>Aliases.</summary>
    Alias = 6,

    /// <summary>Types.</summary>
    Type = 7,

    /// <summary>Canonical functions.</summary>
    Canon = 8,

    /// <summary>Imports.</summary>
    Import = 10,

    /// <summary>Exports.</summary>
    Export = 11,
}

/// <summary>Where definitions go: the sections of a component, or the declarators of a type.</summary>
internal abstract class DefinitionSink
{
    /// <summary>Where to write the next definition, which nothing else may come into.</summary>
    /// <param name="section">What kind it is of.</param>
    public abstract Sink Begin(ComponentSection section);
}

/// <summary>The declarators of a component type or instance type. Spec: <c>componentdecl</c>, <c>instancedecl</c>.</summary>
internal sealed class DeclaratorSink : DefinitionSink
{
    private const byte CoreType = 0x00, Type = 0x01, Alias = 0x02, Import = 0x03, Export = 0x04;

    private readonly Sink declarators = new();
    private uint count;

    /// <inheritdoc/>
    public override Sink Begin(ComponentSection section)
    {
        count++;
        declarators.Byte(section switch
        {
            ComponentSection.CoreType => CoreType,
            ComponentSection.Type => Type,
            ComponentSection.Alias => Alias,
            ComponentSection.Import => Import,
            ComponentSection.Export => Export,
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        return declarators;
    }

    /// <summary>Writes all of them.</summary>
    public void WriteTo(Sink to)
    {
        to.Unsigned(count);
        to.Bytes(declarators);
    }
}

/// <summary>The sections of a component. Neighbours of one kind share a section. Spec: <c>component</c>.</summary>
internal sealed class SectionSink : DefinitionSink
{
    private readonly Sink sections = new();
    private Sink current = new();
    private ComponentSection open;
    private uint count;

    public SectionSink() => sections.Bytes("\0asm\x0d\0\x01\0"u8);

    /// <inheritdoc/>
    public override Sink Begin(ComponentSection section)
    {
        if (section != open)
            Close();
        (open, count) = (section, count + 1);
        return current;
    }

    /// <summary>Writes a core module or a component, which has a section of its own.</summary>
    public void Whole(ComponentSection section, ReadOnlySpan<byte> bytes)
    {
        Close();
        sections.Byte((byte)section);
        sections.Unsigned((uint)bytes.Length);
        sections.Bytes(bytes);
    }

    /// <summary>Writes a custom section.</summary>
    public void Custom(string name, ReadOnlySpan<byte> bytes)
    {
        Close();
        sections.Byte(0);
        int start = sections.BeginSized();
        sections.Name(name);
        sections.Bytes(bytes);
        sections.EndSized(start);
    }

    /// <summary>The component. No definition may come after.</summary>
    public Sink Finish()
    {
        Close();
        return sections;
    }

    private void Close()
    {
        if (count > 0)
        {
            sections.Byte((byte)open);
            int start = sections.BeginSized();
            sections.Unsigned(count);
            sections.Bytes(current);
            sections.EndSized(start);
            current = new Sink();
        }
        (open, count) = (default, 0);
    }
}
