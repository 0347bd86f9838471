using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using Fact.Component.Ast;
using Fact.Component.Binary;

namespace Fact.Component.Types;

/// <summary>Core types as the text format writes them, for messages.</summary>
internal static class CoreText
{
    /// <summary>A function type, such as <c>(func (param i32) (result i32))</c>.</summary>
    public static string Of(CoreFuncType type)
    {
        var text = new StringBuilder("(func");
        Append(text, " (param", type.Params);
        Append(text, " (result", type.Results);
        return text.Append(')').ToString();
    }

    /// <summary>A defined type, such as <c>(sub (func (param i32)))</c>. One that is no function is shown by its kind alone.</summary>
    public static string Of(CheckedCoreType.Defined type)
    {
        string text = type.Type.Type.Shape switch
        {
            CoreShape.Func(var func) => Of(func),
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

    /// <summary>A value type.</summary>
    public static string Of(CoreValType type) => type switch
    {
        CoreValType.Numeric(var number) => Number(number),
        CoreValType.Ref(var isNullable, CoreHeapType.Abstract(var heap, var isShared)) =>
            "(ref " + (isNullable ? "null " : "") + (isShared ? "shared " : "") + heap.ToString().ToLowerInvariant() + ")",
        CoreValType.Ref(var isNullable, CoreHeapType.Concrete(var index, var isExact)) =>
            "(ref " + (isNullable ? "null " : "") + (isExact ? $"(exact $type{index.Value})" : $"$type{index.Value}") + ")",
        CoreValType.Ref => throw new UnreachableException(),
    };

    /// <summary>What a definition is.</summary>
    public static string Kind(CoreEntityType type) => type switch
    {
        CoreEntityType.Func => "function",
        CoreEntityType.Table => "table",
        CoreEntityType.Memory => "memory",
        CoreEntityType.Global => "global",
        CoreEntityType.Tag => "tag",
    };

    /// <summary>The type of a definition.</summary>
    public static string Of(CoreEntityType type) => type switch
    {
        CoreEntityType.Func(var func, _, _) => Of(func),
        CoreEntityType.Tag(var tag, _) => Of(tag),
        CoreEntityType.Table(var table) => "(table" + Of(table.Limits) + " " + Of(table.Element) + ")",
        CoreEntityType.Memory(var memory) => "(memory" + Of(memory.Limits)
            + (memory.PageSizeLog2 == 16 ? "" : $" (pagesize {1UL << (int)memory.PageSizeLog2})") + ")",
        CoreEntityType.Global(var global) => "(global " + (global.IsMutable ? $"(mut {Of(global.Type)})" : Of(global.Type)) + ")",
    };

    /// <summary>The word for a core sort.</summary>
    public static string Of(CoreSort sort) => sort switch
    {
        CoreSort.Func => "function",
        CoreSort.Table => "table",
        CoreSort.Memory => "memory",
        CoreSort.Global => "global",
        _ => "tag",
    };

    /// <summary>The index type of limits.</summary>
    public static string Index(CoreLimits limits) => limits.Is64 ? "i64" : "i32";

    private static string Of(CoreLimits limits) =>
        (limits.Is64 ? " i64 " : " ") + limits.Min + (limits.Max is { } most ? " " + most : "") + (limits.IsShared ? " shared" : "");

    private static string Number(CoreNumType type) => type switch
    {
        CoreNumType.I32 => "i32",
        CoreNumType.I64 => "i64",
        CoreNumType.F32 => "f32",
        CoreNumType.F64 => "f64",
        _ => "v128",
    };

    private static void Append(StringBuilder text, string begin, IReadOnlyList<CoreValType> types)
    {
        if (types.Count == 0)
            return;
        text.Append(begin);
        foreach (var type in types)
            text.Append(' ').Append(Of(type));
        text.Append(')');
    }
}
