using System;
using System.Collections.Generic;
using System.Globalization;
using Fact.Ir;
using LanguageExt;

namespace Fact.Values;

/// <summary>Says whether values belong to types. Every error is reported, up to a number, each with its path.</summary>
public static class ValueCheck
{
    private const int MaxErrors = 20;

    /// <summary>Checks a value against a type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type.</param>
    /// <param name="resourceType">The resource type behind a table; without it the types of handles are not checked.</param>
    /// <returns>The value itself, or what is wrong with it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> or <paramref name="type"/> is null.</exception>
    public static Validation<Diagnostic, ComponentValue> Check(ComponentValue value, ValType type, Func<ResourceTableId, ResourceType>? resourceType = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(type);
        var check = new Checker(resourceType);
        check.Check(value, type);
        return check.Errors.Count == 0
            ? Validation<Diagnostic, ComponentValue>.Success(value)
            : Validation<Diagnostic, ComponentValue>.Fail(new Seq<Diagnostic>(check.Errors));
    }

    /// <summary>Checks the arguments of a call.</summary>
    /// <param name="arguments">One for each parameter, in order.</param>
    /// <param name="type">The type of the function.</param>
    /// <param name="resourceType">The resource type behind a table; without it the types of handles are not checked.</param>
    /// <returns>The arguments, or what is wrong with them; paths start with <c>param "name"</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="arguments"/> or <paramref name="type"/> is null.</exception>
    public static Validation<Diagnostic, EquatableArray<ComponentValue>> CheckArguments(
        IReadOnlyList<ComponentValue> arguments,
        ComponentFuncType type,
        Func<ResourceTableId, ResourceType>? resourceType = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(type);
        var check = new Checker(resourceType);
        // What was checked is what is passed, also if somebody changes the list meanwhile.
        var values = arguments.ToEquatableArray();
        if (values.Length != type.Params.Length)
        {
            string are = values.Length == 1 ? "is" : "are";
            check.Report($"the function has {Count(type.Params.Length, "parameter")}, but there {are} {Count(values.Length, "argument")}");
        }
        for (int i = 0; i < Math.Min(values.Length, type.Params.Length); i++)
        {
            check.Path.Push("param", type.Params[i].Name);
            check.Check(values[i], type.Params[i].Type);
            check.Path.Pop();
        }
        return check.Errors.Count == 0
            ? Validation<Diagnostic, EquatableArray<ComponentValue>>.Success(values)
            : Validation<Diagnostic, EquatableArray<ComponentValue>>.Fail(new Seq<Diagnostic>(check.Errors));
    }

    private static string Count(int number, string noun) =>
        number.ToString(CultureInfo.InvariantCulture) + " " + noun + (number == 1 ? "" : "s");

    private sealed class Checker(Func<ResourceTableId, ResourceType>? resourceType)
    {
        // Where each handle stands first, and whether it is given away there.
        private readonly Dictionary<HostHandle, (string Path, bool IsOwn)> handles = new(ReferenceEqualityComparer.Instance);

        // The ends of streams and futures that were seen.
        private readonly System.Collections.Generic.HashSet<object> ends = new(ReferenceEqualityComparer.Instance);

        public List<Diagnostic> Errors { get; } = [];

        public ValuePath Path { get; } = new();

        public void Report(string message)
        {
            if (Errors.Count < MaxErrors)
                Errors.Add(new(DiagnosticCode.InvalidValue, message, Path.ToString()));
        }

        public void Check(ComponentValue? value, ValType type)
        {
            if (Errors.Count == MaxErrors)
                return;
            if (type.Depth > ValType.MaxDepth)
            {
                Report($"the type nests {type.Depth} levels deep; the limit is {ValType.MaxDepth}");
                return;
            }
            switch (type, value)
            {
                case (_, null):
                    Report("a value is missing (null)");
                    break;
                case (ValType.Primitive t, _):
                    Primitive(t.Type, value);
                    break;
                case (ValType.List { Element: ValType.Primitive { Type: PrimitiveType.U8 } }, ComponentValue.List { HasBytes: true }):
                    break;
                case (ValType.List t, ComponentValue.List v):
                    Elements(v.Elements, t.Element, "list element");
                    break;
                case (ValType.FixedLengthList t, ComponentValue.List v):
                    if (v.Length != t.Length)
                        Report($"the list has {v.Length} elements, its type says {t.Length}");
                    Elements(v.Elements, t.Element, "list element");
                    break;
                case (ValType.Map t, ComponentValue.Map v):
                    foreach (var (key, entry) in v.Entries)
                    {
                        Part("map key", key, t.Key);
                        Part("map value", entry, t.Value);
                    }
                    break;
                case (ValType.Record t, ComponentValue.Record v):
                    Fields(v.Fields, t.Fields);
                    break;
                case (ValType.Tuple t, ComponentValue.Tuple v):
                    Tuple(v.Elements, t.Types);
                    break;
                case (ValType.Variant t, ComponentValue.Variant v):
                    Case(v, t);
                    break;
                case (ValType.Enum t, ComponentValue.Enum v):
                    if (t.IndexOf(v.Label) < 0)
                        Report($"the enum has no label \"{v.Label}\"; it has {ValueNames.List(t.Labels.Items)}");
                    break;
                case (ValType.Option t, ComponentValue.Option v):
                    if (v.Some is not null)
                        Part("option some", v.Some, t.Some);
                    break;
                case (ValType.Result t, ComponentValue.Ok v):
                    Payload("result ok", v.Payload, t.Ok);
                    break;
                case (ValType.Result t, ComponentValue.Error v):
                    Payload("result error", v.Payload, t.Error);
                    break;
                case (ValType.Flags t, ComponentValue.Flags v):
                    Flags(v.Labels, t);
                    break;
                case (ValType.Own t, ComponentValue.Own v):
                    Handle(v.Handle, t.Table, isOwn: true);
                    break;
                case (ValType.Borrow t, ComponentValue.Borrow v):
                    Handle(v.Handle, t.Table, isOwn: false);
                    break;
                case (ValType.Stream t, ComponentValue.Stream v):
                    End(v.Value, t.Element);
                    break;
                case (ValType.Future t, ComponentValue.Future v):
                    End(v.Value, t.Element);
                    break;
                case (ValType.ErrorContext, ComponentValue.ErrorContext v):
                    Primitive(PrimitiveType.String, new ComponentValue.String(v.DebugMessage));
                    break;
                default:
                    Report($"expected {TypeText.Of(type)}, found {ValueNames.Kind(value)}");
                    break;
            }
        }

        private void Primitive(PrimitiveType type, ComponentValue value)
        {
            bool fits = (type, value) switch
            {
                (PrimitiveType.Bool, ComponentValue.Bool) => true,
                (PrimitiveType.S8, ComponentValue.S8) => true,
                (PrimitiveType.U8, ComponentValue.U8) => true,
                (PrimitiveType.S16, ComponentValue.S16) => true,
                (PrimitiveType.U16, ComponentValue.U16) => true,
                (PrimitiveType.S32, ComponentValue.S32) => true,
                (PrimitiveType.U32, ComponentValue.U32) => true,
                (PrimitiveType.S64, ComponentValue.S64) => true,
                (PrimitiveType.U64, ComponentValue.U64) => true,
                (PrimitiveType.F32, ComponentValue.F32) => true,
                (PrimitiveType.F64, ComponentValue.F64) => true,
                (PrimitiveType.Char, ComponentValue.Char) => true,
                (PrimitiveType.String, ComponentValue.String) => true,
                _ => false,
            };
            if (!fits)
                Report($"expected {TypeText.Of(ValType.Of(type))}, found {ValueNames.Kind(value)}");
            else if (value is ComponentValue.String s && (s.Value is null || !UnicodeText.IsWellFormed(s.Value)))
                Report("the string is not text: it has a surrogate that is not one of a pair");
        }

        private void Part(string what, ComponentValue? value, ValType type)
        {
            Path.Push(what);
            Check(value, type);
            Path.Pop();
        }

        private void Payload(string what, ComponentValue? payload, ValType? type)
        {
            Path.Push(what);
            if (type is not null)
                Check(payload, type);
            else if (payload is not null)
                Report("there is a payload, and the type has none here");
            Path.Pop();
        }

        private void Elements(EquatableArray<ComponentValue> elements, ValType type, string what)
        {
            for (int i = 0; i < elements.Length && Errors.Count < MaxErrors; i++)
            {
                Path.Push(what, i);
                Check(elements[i], type);
                Path.Pop();
            }
        }

        private void Tuple(EquatableArray<ComponentValue> elements, EquatableArray<ValType> types)
        {
            if (elements.Length != types.Length)
            {
                Report($"the tuple has {Count(elements.Length, "element")}, its type has {types.Length}");
                return;
            }
            for (int i = 0; i < types.Length; i++)
            {
                Path.Push("tuple element", i);
                Check(elements[i], types[i]);
                Path.Pop();
            }
        }

        private void Fields(EquatableArray<FieldValue> fields, EquatableArray<Field> types)
        {
            if (fields.Length != types.Length)
            {
                Report($"the record has {Count(fields.Length, "field")}, its type has {types.Length}");
                return;
            }
            for (int i = 0; i < types.Length; i++)
            {
                if (fields[i].Name != types[i].Name)
                {
                    Report($"field {i} is named \"{fields[i].Name}\", its type says \"{types[i].Name}\"; fields stand in the order of the type");
                    continue;
                }
                Path.Push("record field", types[i].Name);
                Check(fields[i].Value, types[i].Type);
                Path.Pop();
            }
        }

        private void Case(ComponentValue.Variant value, ValType.Variant variant)
        {
            var cases = variant.Cases;
            int index = variant.IndexOf(value.Case);
            if (index < 0)
            {
                Report($"the variant has no case \"{value.Case}\"; it has {ValueNames.List(cases)}");
                return;
            }
            Path.Push("variant case", value.Case);
            if (cases[index].Type is { } type)
                Check(value.Payload, type);
            else if (value.Payload is not null)
                Report("there is a payload, and the case has none");
            Path.Pop();
        }

        private void Flags(EquatableArray<string> labels, ValType.Flags flags)
        {
            int last = -1;
            foreach (string label in labels)
            {
                int index = flags.IndexOf(label);
                if (index < 0)
                    Report($"the flags have no label \"{label}\"; they have {ValueNames.List(flags.Labels.Items)}");
                else if (index <= last)
                    Report($"the flag \"{label}\" stands twice or out of order; labels stand in the order of the type");
                last = Math.Max(last, index);
            }
        }

        private void End(HostEnd? end, ValType? expected)
        {
            if (end is null)
                Report("an end is missing (null)");
            else if (!end.IsLive)
                Report("the end is over: it was given away, read to its end, or disposed");
            else if (end.IsBusy)
                Report("the end is being read: it cannot be given away now");
            else if (!ends.Add(end))
                Report("the end stands in another place too, and it can be given away only once");
            else if (!Equals(end.Element, expected))
                Report($"expected elements {Name(expected)}, found {Name(end.Element)}");

            static string Name(ValType? type) => type is null ? "without a type" : "of the type " + TypeText.Of(type);
        }

        private void Handle(HostHandle? handle, ResourceTableId table, bool isOwn)
        {
            if (handle is null)
            {
                Report("a handle is missing (null)");
                return;
            }
            if (isOwn && !handle.IsOwned)
                Report("the handle is borrowed: it cannot be given away");
            else if (isOwn && handle.Handle.NumLends != 0)
                Report("the handle is lent to a call in progress: it cannot be given away now");
            if (!handles.TryGetValue(handle, out var first))
                handles.Add(handle, (Path.ToString(), isOwn));
            else if (isOwn || first.IsOwn)
                Report($"the handle stands at {first.Path} too, and what is given away can be neither lent nor given away once more in the same call");
            if (!handle.IsLive)
                Report("the handle was given away or dropped, or the call is over for which it was lent");
            if (resourceType?.Invoke(table) is { } expected && !ReferenceEquals(expected, handle.Type))
                Report($"expected a handle of the resource \"{expected.Name}\", found one of \"{handle.Type.Name}\"");
        }
    }
}
