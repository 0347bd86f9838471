using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Code;
using Fact.Lower.Value;

namespace Fact.Lower.Check;

/// <summary>
/// Checks that values of one type can be translated to another: the same structure, where fields and cases have the
/// same names. Each pair of types is looked at once.
/// </summary>
internal sealed class TypeMatch(Action<ValuePath, string> report)
{
    private readonly System.Collections.Generic.HashSet<(int, int)> matched = [];

    /// <summary>How many parts of types there were to compare.</summary>
    public long Work { get; private set; }

    public void Check(AbiType from, AbiType to, ValuePath path)
    {
        if (ReferenceEquals(from, to) || !matched.Add((from.Id, to.Id)))
            return;
        switch (from, to)
        {
            case (AbiType.Scalar f, AbiType.Scalar t) when f.Type == t.Type:
                break;
            case (AbiType.String, AbiType.String):
                break;
            case (AbiType.List f, AbiType.List t):
                Part(f.Element, t.Element, path, "list element");
                break;
            case (AbiType.FixedList f, AbiType.FixedList t) when f.Length == t.Length:
                Part(f.Element, t.Element, path, "list element");
                break;
            case (AbiType.Record f, AbiType.Record t) when f.IsTuple == t.IsTuple && f.Fields.Length == t.Fields.Length:
                Fields(f, t, path);
                break;
            case (AbiType.Variant f, AbiType.Variant t) when f.Flavor == t.Flavor:
                Cases(f, t, path);
                break;
            case (AbiType.Flags f, AbiType.Flags t) when Records.SameNames(f.Names, t.Names):
                break;
            case (AbiType.Handle f, AbiType.Handle t) when f.Kind == t.Kind:
                break;
            default:
                report(path, "the two sides have different types here");
                break;
        }
    }

    private void Part(AbiType from, AbiType to, ValuePath path, string what, string? name = null)
    {
        path.Push(what, name);
        Check(from, to, path);
        path.Pop();
    }

    private void Fields(AbiType.Record from, AbiType.Record to, ValuePath path)
    {
        var index = Index(from.Names);
        for (int i = 0; i < to.Fields.Length; i++)
        {
            if (index.TryGetValue(to.Names[i], out int j))
                Part(from.Fields[j], to.Fields[i], path, "record field", to.Names[i]);
            else
                report(path, $"one side has a field \"{to.Names[i]}\" that the other has not");
        }
    }

    private void Cases(AbiType.Variant from, AbiType.Variant to, ValuePath path)
    {
        var index = Index(to.Names);
        for (int i = 0; i < from.Cases.Length; i++)
        {
            if (!index.TryGetValue(from.Names[i], out int j))
                report(path, $"one side has a case \"{from.Names[i]}\" that the other has not");
            else if ((from.Cases[i] is null) != (to.Cases[j] is null))
                report(path, $"the case \"{from.Names[i]}\" has a value on one side only");
            else if (from.Cases[i] is { } payload)
                Part(payload, to.Cases[j]!, path, "variant case", from.Names[i]);
        }
    }

    private Dictionary<string, int> Index(string[] names)
    {
        Work += names.Length;
        var index = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            index[names[i]] = i;
        return index;
    }
}
