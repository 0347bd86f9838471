using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Check;

/// <summary>
/// Checks that both sides of a call have the same type, position by position, but that each has handles into tables of its own. Both see one type of the
/// component's, so a difference is a mistake of whoever made the adapter. Each pair of types is looked at once.
/// </summary>
internal sealed class TypeMatch(Action<ValuePath, string> report)
{
    private System.Collections.Generic.HashSet<Pair>? matched;

    /// <summary>How many parts of types there were to compare.</summary>
    public long Work { get; private set; }

    /// <summary>Reports where two interned types differ.</summary>
    public void Check(ValType from, ValType to, ValuePath path)
    {
        if (ReferenceEquals(from, to) || !(matched ??= []).Add(new(from, to)))
            return;
        switch (from, to)
        {
            case (ValType.List f, ValType.List t):
                Part(f.Element, t.Element, path, "list element");
                break;
            case (ValType.Map f, ValType.Map t):
                Part(f.Key, t.Key, path, "map key");
                Part(f.Value, t.Value, path, "map value");
                break;
            case (ValType.FixedLengthList f, ValType.FixedLengthList t) when f.Length == t.Length:
                Part(f.Element, t.Element, path, "list element");
                break;
            case (ValType.Record f, ValType.Record t) when f.Fields.Length == t.Fields.Length:
                Fields(f, t, path);
                break;
            case (ValType.Tuple f, ValType.Tuple t) when f.Types.Length == t.Types.Length:
                Types(f, t, path);
                break;
            case (ValType.Variant f, ValType.Variant t) when f.Cases.Length == t.Cases.Length:
                Cases(f, t, path);
                break;
            case (ValType.Option f, ValType.Option t):
                Part(f.Some, t.Some, path, "option some");
                break;
            case (ValType.Result f, ValType.Result t) when (f.Ok is null) == (t.Ok is null) && (f.Error is null) == (t.Error is null):
                if (f.Ok is not null)
                    Part(f.Ok, t.Ok!, path, "result ok");
                if (f.Error is not null)
                    Part(f.Error, t.Error!, path, "result error");
                break;
            case (ValType.Own, ValType.Own) or (ValType.Borrow, ValType.Borrow) or (ValType.Stream, ValType.Stream) or (ValType.Future, ValType.Future)
                or (ValType.ErrorContext, ValType.ErrorContext):
                break;
            default:
                report(path, "the two sides have different types here");
                break;
        }
    }

    private void Part(ValType from, ValType to, ValuePath path, string what, string? name = null)
    {
        path.Push(what, name);
        Check(from, to, path);
        path.Pop();
    }

    private void Fields(ValType.Record from, ValType.Record to, ValuePath path)
    {
        Work += from.Fields.Length;
        for (int i = 0; i < from.Fields.Length; i++)
        {
            string name = from.Fields[i].Name, other = to.Fields[i].Name;
            if (name == other)
                Part(from.Fields[i].Type, to.Fields[i].Type, path, "record field", name);
            else
                report(path, $"one side has a field \"{name}\" where the other has \"{other}\"");
        }
    }

    private void Types(ValType.Tuple from, ValType.Tuple to, ValuePath path)
    {
        Work += from.Types.Length;
        for (int i = 0; i < from.Types.Length; i++)
        {
            path.Push("tuple element", i);
            Check(from.Types[i], to.Types[i], path);
            path.Pop();
        }
    }

    private void Cases(ValType.Variant from, ValType.Variant to, ValuePath path)
    {
        Work += from.Cases.Length;
        for (int i = 0; i < from.Cases.Length; i++)
        {
            string name = from.Cases[i].Name, other = to.Cases[i].Name;
            ValType? payload = from.Cases[i].Type, otherPayload = to.Cases[i].Type;
            if (name != other)
                report(path, $"one side has a case \"{name}\" where the other has \"{other}\"");
            else if ((payload is null) != (otherPayload is null))
                report(path, $"the case \"{name}\" has a value on one side only");
            else if (payload is not null)
                Part(payload, otherPayload!, path, "variant case", name);
        }
    }

    private readonly record struct Pair(ValType From, ValType To)
    {
        public bool Equals(Pair other) => ReferenceEquals(From, other.From) && ReferenceEquals(To, other.To);

        public override int GetHashCode() => (From.GetHashCode() * 31) + To.GetHashCode();
    }
}
