using System;
using System.Collections.Generic;

namespace Fact.Ir;

/// <summary>
/// Says what is wrong with component types that somebody made, and where. Each type object is looked at once, so that time is linear in their number.
/// Spec: validation of <c>defvaltype</c>.
/// </summary>
/// <param name="report">Takes what is wrong, and where.</param>
internal sealed class TypeCheck(Action<DiagnosticCode, ValuePath, string> report)
{
    private SmallMap<TypeReference, bool> known;

    /// <summary>How many types and parts of types were looked at.</summary>
    public long Work { get; private set; }

    /// <summary>Checks the types of the parameters and of the result of a function.</summary>
    public void Check(ComponentFuncType type, ValuePath path)
    {
        Work += type.Params.Length;
        bool isLarge = false;
        foreach (var parameter in type.Params)
        {
            path.Push("param", parameter.Name);
            Check(parameter.Type, path);
            path.Pop();
            isLarge |= IsTooLarge(parameter.Type);
        }
        if (type.ParamTuple is { } tuple && IsTooLarge(tuple) && !isLarge)
        {
            path.Push("params");
            report(DiagnosticCode.TooLarge, path, "the parameters together have 2^28 bytes or more; make them smaller or use a list");
            path.Pop();
        }
        if (type.Result is not { } result)
            return;
        path.Push("result");
        Check(result, path);
        if (result.Has(TypeContents.Borrows))
            report(DiagnosticCode.InvalidType, path, "a result cannot contain a borrow");
        path.Pop();
    }

    /// <summary>Checks a type and the types in it.</summary>
    public void Check(ValType type, ValuePath path)
    {
        if (type is ValType.Primitive || !known.TryAdd(new(type), true))
            return;
        if (type.Depth > ValType.MaxDepth)
        {
            report(DiagnosticCode.TooLarge, path, $"the type nests {type.Depth} levels deep; the limit is {ValType.MaxDepth}");
            return;
        }
        Work++;
        Level(type, path);
        if (IsTooLarge(type))
            report(DiagnosticCode.TooLarge, path, "a value of the type has 2^28 bytes or more; make it smaller or use a list");
    }

    private void Level(ValType type, ValuePath path)
    {
        switch (type)
        {
            case ValType.List t:
                Part(t.Element, path, "list element");
                break;
            case ValType.FixedLengthList t:
                Part(t.Element, path, "list element");
                if (t.Length == 0)
                    report(DiagnosticCode.InvalidType, path, "a list of fixed length needs at least one element");
                break;
            case ValType.Map t:
                if (t.Key is not ValType.Primitive { Type: not PrimitiveType.F32 and not PrimitiveType.F64 })
                    report(DiagnosticCode.InvalidType, path, "the key of a map must be a bool, an integer, a char or a string");
                Part(t.Key, path, "map key");
                Part(t.Value, path, "map value");
                break;
            case ValType.Record t:
                Names(t.Fields.AsSpan(), static field => field.Name, path, "a record", "field");
                foreach (var field in t.Fields)
                    Part(field.Type, path, "record field", field.Name);
                break;
            case ValType.Tuple t:
                Work += t.Types.Length;
                if (t.Types.IsEmpty)
                    report(DiagnosticCode.InvalidType, path, "a tuple needs at least one type");
                for (int i = 0; i < t.Types.Length; i++)
                {
                    path.Push("tuple element", i);
                    Check(t.Types[i], path);
                    path.Pop();
                }
                break;
            case ValType.Variant t:
                Names(t.Cases.AsSpan(), static one => one.Name, path, "a variant", "case");
                foreach (var one in t.Cases)
                    Part(one.Type, path, "variant case", one.Name);
                break;
            case ValType.Enum t:
                Names(t.Labels.AsSpan(), static label => label, path, "an enum", "label");
                break;
            case ValType.Flags { Labels.Length: > CanonicalAbi.MaxFlags } t:
                report(DiagnosticCode.TooLarge, path, $"a flags type has at most {CanonicalAbi.MaxFlags} labels, this one has {t.Labels.Length}");
                break;
            case ValType.Flags t:
                Names(t.Labels.AsSpan(), static label => label, path, "a flags", "label");
                break;
            case ValType.Option t:
                Part(t.Some, path, "option some");
                break;
            case ValType.Result t:
                Part(t.Ok, path, "result ok");
                Part(t.Error, path, "result error");
                break;
            case ValType.Primitive or ValType.Own or ValType.Borrow or ValType.Stream or ValType.Future or ValType.ErrorContext:
                break;
        }
    }

    private void Part(ValType? type, ValuePath path, string what, string? name = null)
    {
        if (type is null)
            return;
        path.Push(what, name);
        Check(type, path);
        path.Pop();
    }

    private void Names<T>(ReadOnlySpan<T> items, Func<T, string> name, ValuePath path, string what, string part)
    {
        Work += items.Length;
        if (items.IsEmpty)
            report(DiagnosticCode.InvalidType, path, $"{what} needs at least one {part}");
        else if (items.Length > CanonicalAbi.MaxMembers)
            report(DiagnosticCode.TooLarge, path, $"{what} has at most {CanonicalAbi.MaxMembers} {part}s, this one has {items.Length}");
        else if (DistinctNames.FirstRepeated(items, name) is >= 0 and var twice)
            report(
                DiagnosticCode.DuplicateName,
                path,
                $"two {part}s of the {what[(what.IndexOf(' ') + 1)..]} are named \"{name(items[twice])}\"; names must differ in more than case and hyphens");
    }

    private static bool IsTooLarge(ValType type) => type.Layout64.ElemSize >= CanonicalAbi.ElemSizeEnd;
}
