using Fact.Host.Values;
using Fact.Ir;
using Fact.Lower;
using Fact.Lower.Abi;
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
    public Validation<ValueError, EquatableArray<ComponentValue>> CheckSizes(EquatableArray<ComponentValue> values, FunctionLayout function)
    {
        for (int i = 0; i < values.Length; i++)
        {
            cx.Path.Push("param", function.Type.Params[i].Name);
            if (Oversized(values[i], function.Params[i]) is { } what)
                return Validation<ValueError, EquatableArray<ComponentValue>>.Fail(new Seq<ValueError>([new ValueError(cx.Path.ToString(), what)]));
            cx.Path.Pop();
        }
        return Validation<ValueError, EquatableArray<ComponentValue>>.Success(values);
    }

    /// <summary>What is too long in a value; <see cref="CanonicalContext.Path"/> is then that of it.</summary>
    private string? Oversized(ComponentValue value, AbiType type)
    {
        if (!HasPointers(type))
            return null;
        switch (type, value)
        {
            case (AbiType.String, ComponentValue.String v):
                return IsTooLong(Utf8Size(v.Value)) ? TrapMessages.Of(TrapCode.StringTooLong) : null;
            case (AbiType.List t, _):
                return IsTooLong(LengthOf(value), t) ? ListTooLong : OversizedElement(value, t.Element);
            case (AbiType.FixedList t, _):
                return OversizedElement(value, t.Element);
            case (AbiType.Record t, _):
                for (int i = 0; i < t.Fields.Length; i++)
                {
                    cx.PushField(t, i);
                    if (Oversized(FieldOf(value, i), t.Fields[i]) is { } what)
                        return what;
                    cx.Path.Pop();
                }
                return null;
            case (AbiType.Variant t, _):
                var (index, payload) = CaseOf(value, t);
                if (payload is null || t.Cases[index] is not { } payloadType)
                    return null;
                cx.PushCase(t, index);
                if (Oversized(payload, payloadType) is { } inside)
                    return inside;
                cx.Path.Pop();
                return null;
            default:
                throw Mismatch(value);
        }
    }

    private string? OversizedElement(ComponentValue list, AbiType element)
    {
        if (!HasPointers(element))
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

    private static int LengthOf(ComponentValue value) => value is ComponentValue.Map map ? map.Entries.Length : ElementsOf(value).Length;

    private bool IsTooLong(int length, AbiType.List type) => (ulong)length * cx.LayoutOf(type.Element).ElemSize > cx.MaxByteLength;
}
