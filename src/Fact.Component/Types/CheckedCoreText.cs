using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>What a check knows of core definitions, for messages.</summary>
internal static class CheckedCoreText
{
    /// <summary>A defined type, such as <c>(sub (func (param i32)))</c>. One that is no function is shown by its kind alone.</summary>
    public static string Of(CheckedCoreType.Defined type)
    {
        string text = type.Type.Type.Shape switch
        {
            CoreShape.Func(var func) => CoreText.Of(func),
            CoreShape.Struct(var fields) => fields.IsEmpty ? "(struct)" : "(struct …)",
            CoreShape.Array => "(array …)",
            CoreShape.Cont => "(cont …)",
        };
        if (type.Type.Type.IsShared)
            text = $"(shared {text})";
        if (type.Super is not null)
            text = type.Type.IsFinal ? $"(sub final $super {text})" : $"(sub $super {text})";
        else if (!type.Type.IsFinal)
            text = $"(sub {text})";
        return type.GroupLength == 1 ? text : $"(rec … {text})";
    }
}
