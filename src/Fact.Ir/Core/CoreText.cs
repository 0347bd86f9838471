using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>Core types as the text format writes them: the one spelling that modules in text form, plans and messages have.</summary>
internal static class CoreText
{
    /// <summary>A value type, such as <c>i32</c>, <c>funcref</c> or <c>(ref $type3)</c>. Spec: <c>valtype</c>.</summary>
    public static string Of(CoreValType type) => type switch
    {
        CoreValType.I32 => "i32",
        CoreValType.I64 => "i64",
        CoreValType.F32 => "f32",
        CoreValType.F64 => "f64",
        CoreValType.V128 => "v128",
        CoreValType.NullRef => "nullref",
        CoreValType.NullExternRef => "nullexternref",
        CoreValType.NullFuncRef => "nullfuncref",
        CoreValType.NullExnRef => "nullexnref",
        CoreValType.NullContRef => "nullcontref",
        _ when type.IsOneByte => Of(type.Heap) + "ref",
        _ => type.IsNullable ? $"(ref null {Of(type.Heap)})" : $"(ref {Of(type.Heap)})",
    };

    /// <summary>What a reference refers to. Spec: <c>heaptype</c>.</summary>
    public static string Of(CoreHeapType type)
    {
        if (type.Defined is { } index)
            return type.IsExact ? $"(exact {Name(index)})" : Name(index);
        string name = type.Abstract.ToString().ToLowerInvariant();
        return type.IsShared ? $"(shared {name})" : name;
    }

    /// <summary>A function type, such as <c>(func (param i32) (result i32))</c>. Spec: <c>functype</c>.</summary>
    public static string Of(CoreFuncType type)
    {
        var text = new StringBuilder("(func");
        Append(text, "param", type.Params.AsSpan());
        return Append(text, "result", type.Results.AsSpan()).Append(')').ToString();
    }

    /// <summary>Parameters or results with a space in front; nothing where there are none.</summary>
    /// <param name="text">Where they go.</param>
    /// <param name="keyword"><c>param</c> or <c>result</c>.</param>
    /// <param name="types">The types.</param>
    public static StringBuilder Append(StringBuilder text, string keyword, ReadOnlySpan<CoreValType> types)
    {
        if (types.IsEmpty)
            return text;
        text.Append(" (").Append(keyword);
        foreach (var type in types)
            text.Append(' ').Append(Of(type));
        return text.Append(')');
    }

    /// <summary>A memory type without its keyword, such as <c>i64 1 2</c>. Spec: <c>memtype</c>.</summary>
    public static string Of(CoreMemoryType type) =>
        Of(type.Limits) + (type.Limits.IsShared ? " shared" : "")
        + (type.PageSizeLog2 == CoreMemoryType.DefaultPageSizeLog2 ? "" : $" (pagesize {1UL << type.PageSizeLog2})");

    /// <summary>A table type without its keyword, such as <c>1 funcref</c>. Spec: <c>tabletype</c>.</summary>
    public static string Of(CoreTableType type) => (type.Limits.IsShared ? "shared " : "") + Of(type.Limits) + " " + Of(type.Element);

    /// <summary>A global type without its keyword, such as <c>(mut i32)</c>. Spec: <c>globaltype</c>.</summary>
    public static string Of(CoreGlobalType type)
    {
        string prefix = (type.IsShared ? "shared " : "") + (type.IsMutable ? "mut " : "");
        return prefix.Length == 0 ? Of(type.Type) : $"({prefix}{Of(type.Type)})";
    }

    /// <summary>The type of an import or export, such as <c>(memory 1)</c>. Spec: <c>externtype</c>.</summary>
    /// <param name="type">The type.</param>
    /// <param name="funcType">What a type index says of parameters and results.</param>
    public static string Of(CoreExternType type, Func<CoreTypeIdx, CoreFuncType> funcType) => type switch
    {
        CoreExternType.Func(var func, _) => Of(funcType(func)),
        CoreExternType.Tag(var tag) => Of(funcType(tag)),
        CoreExternType.Table(var table) => $"(table {Of(table)})",
        CoreExternType.Memory(var memory) => $"(memory {Of(memory)})",
        CoreExternType.Global(var global) => $"(global {Of(global)})",
    };

    /// <summary>What an import or export is, in one word.</summary>
    public static string Of(CoreExternKind kind) => kind switch
    {
        CoreExternKind.Func => "function",
        CoreExternKind.Table => "table",
        CoreExternKind.Memory => "memory",
        CoreExternKind.Global => "global",
        CoreExternKind.Tag => "tag",
        _ => throw new UnreachableException(),
    };

    private static string Of(CoreLimits limits) =>
        (limits.Is64 ? "i64 " : "") + Number(limits.Min) + (limits.Max is { } most ? " " + Number(most) : "");

    private static string Name(CoreTypeIdx index) => "$type" + Number(index.Value);

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
