using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>Recursion groups in the text format, in full: <c>(rec (type $type0 (sub (struct (field (ref null $type0))))) …)</c>.</summary>
internal static class CoreGroupText
{
    /// <summary>The text of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="first">The index of its first type.</param>
    public static string Of(CoreRecType group, uint first)
    {
        var text = new StringBuilder();
        if (group.IsExplicit)
            text.Append("(rec");
        foreach (var type in group.Types)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(group.IsExplicit ? " " : "")}(type $type{first++} ");
            Append(text, type);
            text.Append(')');
        }
        return text.Append(group.IsExplicit ? ")" : "").ToString();
    }

    private static void Append(StringBuilder text, CoreSubType type)
    {
        bool isSub = !type.IsFinal || !type.Supertypes.IsEmpty;
        if (isSub)
            text.Append(type.IsFinal ? "(sub final " : "(sub ");
        foreach (var super in type.Supertypes)
            text.Append(CultureInfo.InvariantCulture, $"$type{super.Value} ");
        if (type.Type.IsShared)
            text.Append("(shared ");
        if (type.Type.Describes is { } describes)
            text.Append(CultureInfo.InvariantCulture, $"(describes $type{describes.Value}) ");
        if (type.Type.Descriptor is { } descriptor)
            text.Append(CultureInfo.InvariantCulture, $"(descriptor $type{descriptor.Value}) ");
        Append(text, type.Type.Shape);
        text.Append(type.Type.IsShared ? ")" : "").Append(isSub ? ")" : "");
    }

    private static void Append(StringBuilder text, CoreShape shape)
    {
        switch (shape)
        {
            case CoreShape.Func(var func):
                text.Append(CoreText.Of(func));
                break;
            case CoreShape.Struct(var fields):
                text.Append("(struct");
                foreach (var field in fields)
                {
                    text.Append(" (field ");
                    Append(text, field);
                    text.Append(')');
                }
                text.Append(')');
                break;
            case CoreShape.Array(var element):
                text.Append("(array ");
                Append(text, element);
                text.Append(')');
                break;
            case CoreShape.Cont(var continued):
                text.Append(CultureInfo.InvariantCulture, $"(cont $type{continued.Value})");
                break;
        }
    }

    private static void Append(StringBuilder text, CoreFieldType field)
    {
        string type = field.Type switch
        {
            CoreStorageType.Packed(8) => "i8",
            CoreStorageType.Packed => "i16",
            CoreStorageType.Value(var value) => CoreText.Of(value),
        };
        text.Append(field.IsMutable ? $"(mut {type})" : type);
    }
}
