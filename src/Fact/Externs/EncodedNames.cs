using Fact.Component.Ast;
using Fact.Emit;

namespace Fact.Externs;

/// <summary>Names of imports and exports in the binary format. Spec: <c>nameattributes</c>.</summary>
internal static class EncodedNames
{
    private const byte Plain = 0x00, WithAttributes = 0x02, Implements = 0x00, VersionSuffix = 0x01, ExternalId = 0x02;

    /// <summary>Writes a name with its attributes.</summary>
    public static void Write(Sink to, ExternName name)
    {
        uint attributes = Count(name.Implements) + Count(name.VersionSuffix) + Count(name.ExternalId);
        to.Byte(attributes == 0 ? Plain : WithAttributes);
        to.Name(name.Name);
        if (attributes == 0)
            return;
        to.Unsigned(attributes);
        Attribute(to, Implements, name.Implements);
        Attribute(to, VersionSuffix, name.VersionSuffix);
        Attribute(to, ExternalId, name.ExternalId);
    }

    private static uint Count(string? attribute) => attribute is null ? 0u : 1;

    private static void Attribute(Sink to, byte kind, string? value)
    {
        if (value is null)
            return;
        to.Byte(kind);
        to.Name(value);
    }
}
