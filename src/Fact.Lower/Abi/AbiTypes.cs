using System;
using System.Collections.Generic;
using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Abi;

/// <summary>
/// Despecializes, checks and lays out component types, each once however often it occurs. Time and memory are linear in
/// the number of type objects, not in the written size of the types.
/// </summary>
/// <param name="report">Takes what is wrong with a type, and where.</param>
/// <param name="adapters">How many adapters the types are of.</param>
/// <param name="budget">What translating a value of one type may cost at the most; not limited for those who translate nothing.</param>
internal sealed class AbiTypes(Action<ValuePath, string> report, int adapters = 1, int budget = Budget.Most)
{
    private static readonly string[] OptionNames = ["none", "some"];
    private static readonly string[] ResultNames = ["ok", "error"];

    private readonly Dictionary<object, AbiType> known = new(Capacity.For(adapters), ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Shape, AbiType> interned = new(Capacity.For(adapters), new Shape.Comparer());
    private readonly AbiType?[] scalars = new AbiType?[(int)PrimitiveType.String + 1];
    private int nextId;

    /// <summary>How many types and parts of types there were to lay out.</summary>
    public long Work { get; private set; }

    /// <summary>The type with its layouts. A fault in it is reported with its path, and some type stands for it.</summary>
    public AbiType Of(ValType type, ValuePath path)
    {
        if (type is ValType.Primitive primitive)
            return Primitive(primitive.Type);
        if (known.TryGetValue(type, out var found))
            return found;
        if (type.Depth > Limits.MaxTypeDepth)
        {
            report(path, $"the type nests {type.Depth} levels deep; the limit is {Limits.MaxTypeDepth}");
            return Primitive(PrimitiveType.U8);
        }
        Work++;
        var made = Make(type, path);
        if (IsTooLarge(made))
            report(path, "a value of the type has 2^28 bytes or more; make it smaller or use a list");
        if (made.Cost > budget)
            report(path, "translating a value of the type takes too much code for one function of a module; nest its parts in several types");
        known.Add(type, made);
        return made;
    }

    private AbiType Make(ValType type, ValuePath path) => type switch
    {
        ValType.Primitive t => Primitive(t.Type),
        ValType.List t => List(Part(t.Element, path, "list element"), isMap: false),
        ValType.Map t => List(Record(true, MemberNames.Positions(2), [Key(t.Key, path), Part(t.Value, path, "map value")]), isMap: true),
        ValType.FixedLengthList t => FixedList(t, path),
        ValType.Record t => Record(false, Names(t.Fields, path), Parts(t.Fields, path)),
        ValType.Tuple t => Tuple(t, path),
        ValType.Variant t => Variant(VariantFlavor.Variant, Names(t.Cases, path), Parts(t.Cases, path)),
        ValType.Enum t => Variant(VariantFlavor.Enum, Labels(t.Labels, path, "enum"), new AbiType?[Math.Max(1, t.Labels.Length)]),
        ValType.Option t => Variant(VariantFlavor.Option, OptionNames, [null, Part(t.Some, path, "option some")]),
        ValType.Result t => Variant(
            VariantFlavor.Result,
            ResultNames,
            [t.Ok is null ? null : Part(t.Ok, path, "result ok"), t.Error is null ? null : Part(t.Error, path, "result error")]),
        ValType.Flags t => FlagsOf(t, path),
        ValType.Own t => Handle(TransferKind.Own, t.Table.Value),
        ValType.Borrow t => Handle(TransferKind.Borrow, t.Table.Value),
        ValType.Stream t => Handle(TransferKind.Stream, t.Table.Value),
        ValType.Future t => Handle(TransferKind.Future, t.Table.Value),
        ValType.ErrorContext t => Handle(TransferKind.ErrorContext, t.Table.Value),
    };

    private AbiType Primitive(PrimitiveType type) => scalars[(int)type] ??= Scalars.Make(nextId++, type);

    private AbiType Part(ValType type, ValuePath path, string what)
    {
        path.Push(what);
        var part = Of(type, path);
        path.Pop();
        return part;
    }

    private AbiType Key(ValType key, ValuePath path)
    {
        if (key is not ValType.Primitive { Type: not PrimitiveType.F32 and not PrimitiveType.F64 })
            report(path, "the key of a map must be a bool, an integer, a char or a string");
        return Part(key, path, "map key");
    }

    private AbiType Tuple(ValType.Tuple tuple, ValuePath path)
    {
        if (tuple.Types.IsEmpty)
            return Fault(path, "a tuple needs at least one type");
        Work += tuple.Types.Length;
        var parts = new AbiType[tuple.Types.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            path.Push("tuple element", i);
            parts[i] = Of(tuple.Types[i], path);
            path.Pop();
        }
        return Record(true, MemberNames.Positions(parts.Length), parts);
    }

    private string[] Names(EquatableArray<Field> fields, ValuePath path)
    {
        var names = new string[fields.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = fields[i].Name;
        return Distinct(names, path, "record", "field");
    }

    private string[] Names(EquatableArray<Case> cases, ValuePath path)
    {
        var names = new string[cases.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = cases[i].Name;
        return Distinct(names, path, "variant", "case");
    }

    private string[] Labels(EquatableArray<string> labels, ValuePath path, string what) =>
        Distinct([.. labels.AsSpan()], path, what, "label");

    private string[] Distinct(string[] names, ValuePath path, string what, string part)
    {
        Work += names.Length;
        if (names.Length == 0)
        {
            Fault(path, $"{(what == "enum" ? "an" : "a")} {what} needs at least one {part}");
            return [""];
        }
        if (names.Length > Limits.MaxMembers)
            report(path, $"{(what == "enum" ? "an" : "a")} {what} has at most {Limits.MaxMembers} {part}s, this one has {names.Length}");
        else if (MemberNames.FirstTwice(names) is { } twice)
            report(path, $"two {part}s of the {what} are named \"{twice}\"; names must differ in more than case");
        return names;
    }

    private AbiType[] Parts(EquatableArray<Field> fields, ValuePath path)
    {
        if (fields.IsEmpty)
            return [Primitive(PrimitiveType.U8)];
        var parts = new AbiType[fields.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            path.Push("record field", fields[i].Name);
            parts[i] = Of(fields[i].Type, path);
            path.Pop();
        }
        return parts;
    }

    private AbiType?[] Parts(EquatableArray<Case> cases, ValuePath path)
    {
        var parts = new AbiType?[Math.Max(1, cases.Length)];
        for (int i = 0; i < cases.Length; i++)
        {
            if (cases[i].Type is not { } payload)
                continue;
            path.Push("variant case", cases[i].Name);
            parts[i] = Of(payload, path);
            path.Pop();
        }
        return parts;
    }

    private AbiType Fault(ValuePath path, string message)
    {
        report(path, message);
        return Primitive(PrimitiveType.U8);
    }

    private AbiType List(AbiType element, bool isMap)
    {
        var shape = new Shape(1, isMap ? 1u : 0, [element], []);
        return interned.TryGetValue(shape, out var found) ? found : Add(shape, Composite.List(nextId++, element, isMap));
    }

    private AbiType FixedList(ValType.FixedLengthList list, ValuePath path)
    {
        var element = Part(list.Element, path, "list element");
        if (list.Length == 0)
            return Fault(path, "a list of fixed length needs at least one element");
        var shape = new Shape(2, list.Length, [element], []);
        return interned.TryGetValue(shape, out var found) ? found : Add(shape, Composite.FixedList(nextId++, element, list.Length));
    }

    private AbiType Record(bool isTuple, string[] names, AbiType[] fields)
    {
        var shape = new Shape(isTuple ? 3 : 4, 0, fields, names);
        return interned.TryGetValue(shape, out var found) ? found : Add(shape, Composite.Record(nextId++, isTuple, names, fields));
    }

    private AbiType Variant(VariantFlavor flavor, string[] names, AbiType?[] cases)
    {
        var shape = new Shape(5 + (int)flavor, 0, cases, names);
        return interned.TryGetValue(shape, out var found) ? found : Add(shape, Composite.Variant(nextId++, flavor, names, cases));
    }

    private AbiType FlagsOf(ValType.Flags flags, ValuePath path)
    {
        if (flags.Labels.Length > Limits.MaxFlags)
            return Fault(path, $"a flags type has at most {Limits.MaxFlags} labels, this one has {flags.Labels.Length}");
        string[] names = Labels(flags.Labels, path, "flags");
        var shape = new Shape(9, 0, [], names);
        return interned.TryGetValue(shape, out var found) ? found : Add(shape, Scalars.Flags(nextId++, names));
    }

    private AbiType Handle(TransferKind kind, uint table)
    {
        var shape = new Shape(10 + (int)kind, table, [], []);
        return interned.TryGetValue(shape, out var found) ? found : Add(shape, Scalars.Handle(nextId++, kind, table));
    }

    private AbiType Add(Shape shape, AbiType type)
    {
        interned.Add(shape, type);
        return type;
    }

    /// <summary>
    /// The tuple of a parameter list: what is in memory where there are more flat parameters than fit. Null where there are none.
    /// It is reported where it is too large and no parameter was.
    /// </summary>
    public AbiType.Record? Params(AbiType[] types, ValuePath path)
    {
        if (types.Length == 0)
            return null;
        var tuple = (AbiType.Record)Record(true, MemberNames.Positions(types.Length), types);
        if (IsTooLarge(tuple) && !Array.Exists(types, IsTooLarge))
            Report("the parameters together have 2^28 bytes or more; make them smaller or use a list");
        if (tuple.Cost > budget && !Array.Exists(types, type => type.Cost > budget))
            Report("translating the parameters takes too much code for one function of a module; nest them in several types");
        return tuple;

        void Report(string message)
        {
            path.Push("params");
            report(path, message);
            path.Pop();
        }
    }

    private static bool IsTooLarge(AbiType type) => type.Layout64.ElemSize >= Limits.ElemSizeEnd;
}
