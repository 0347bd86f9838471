using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Canonical;

/// <summary>
/// Finds what is too long for any guest before something is allocated or given away. For a guest that passes such a value it is a trap; for .NET code it is a
/// mistake in the arguments.
/// </summary>
internal sealed partial class Lowerer
{
    private const string ListTooLong = "byte size of list exceeds maximum";

    /// <summary>The arguments themselves, or which string or list in them is longer than may be passed.</summary>
    public Validation<Diagnostic, EquatableArray<ComponentValue>> CheckSizes(EquatableArray<ComponentValue> values, FunctionLayout function)
    {
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("param", function.Type.Params[i].Name);
            if (Oversized(values[i], function.Type.Params[i].Type) is { } what)
                return Validation<Diagnostic, EquatableArray<ComponentValue>>.Fail(
                    new Seq<Diagnostic>([new Diagnostic(DiagnosticCode.TooLarge, what, cx.Path.ToString())]));
            cx.Path.Pop();
        }
        return Validation<Diagnostic, EquatableArray<ComponentValue>>.Success(values);
    }

    /// <summary>What is too long in a value; <see cref="CanonicalContext.Path"/> is then that of it.</summary>
    private string? Oversized(ComponentValue value, ValType type)
    {
        if (!type.Has(TypeContents.Pointers))
            return null;
        switch (type, value)
        {
            case (ValType.Primitive, ComponentValue.String v):
                return IsTooLong(Utf8Size(v.Value)) ? TrapMessages.Of(TrapCode.StringTooLong) : null;
            case (ValType.List t, _):
                return IsTooLong(LengthOf(value), t.Element) ? ListTooLong : OversizedElement(value, t.Element);
            case (ValType.Map t, _):
                return IsTooLong(LengthOf(value), t.Entry) ? ListTooLong : OversizedElement(value, t.Entry);
            case (ValType.FixedLengthList t, _):
                return OversizedElement(value, t.Element);
            case (ValType.Record or ValType.Tuple, _):
                for (int i = 0; i < TypeParts.Count(type); i++)
                {
                    cx.PushField(type, i);
                    if (Oversized(FieldOf(value, i), TypeParts.At(type, i)!) is { } what)
                        return what;
                    cx.Path.Pop();
                }
                return null;
            case (ValType.Variant or ValType.Option or ValType.Result, _):
                var (index, payload) = CaseOf(value, type);
                if (payload is null || TypeCases.Payload(type, index) is not { } payloadType)
                    return null;
                cx.PushCase(type, index);
                if (Oversized(payload, payloadType) is { } inside)
                    return inside;
                cx.Path.Pop();
                return null;
            default:
                throw Mismatch(value);
        }
    }

    private string? OversizedElement(ComponentValue list, ValType element)
    {
        if (!element.Has(TypeContents.Pointers))
            return null;
        var elements = ElementsOf(list);
        for (int i = 0; i < elements.Length; i++)
        {
            cx.Path.Push("list element", i);
            if (Oversized(elements[i], element) is { } what)
                return what;
            cx.Path.Pop();
        }
        return null;
    }

    private static int LengthOf(ComponentValue value) => value switch
    {
        ComponentValue.Map map => map.Entries.Length,
        ComponentValue.List list => list.Length,
        _ => throw Mismatch(value),
    };

    private bool IsTooLong(int length, ValType element) => (ulong)length * cx.LayoutOf(element).ElemSize > cx.MaxByteLength;
}
