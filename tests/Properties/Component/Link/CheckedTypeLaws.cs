using System.Collections.Generic;
using System.Linq;
using Fact.Component.Types;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Component.Link;

/// <summary>Types of the checker, made of generated ones, against the transcription of the specification.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class CheckedTypeLaws
{
    [Law(500)]
    public void Layouts_are_the_specifications(ValType type)
    {
        var made = Of(type, new TypeInterner());
        foreach (var (layout, spec) in new[] { (made.Layout32, SpecAbi.With32), (made.Layout64, SpecAbi.With64) })
        {
            Assert.Equal(spec.Alignment(type), layout.Alignment);
            Assert.Equal(spec.ElemSize(type), layout.ElemSize);
            Assert.Equal(spec.FlattenTypes([type], SpecAbi.MaxFlatParams), layout.FlatTypes);
        }
    }

    [Law(200)]
    public void Equal_types_are_one_object(ValType type)
    {
        var types = new TypeInterner();
        Assert.Same(Of(type, types), Of(type, types));
    }

    private static CheckedValType Of(ValType type, TypeInterner types) => type switch
    {
        ValType.Primitive t => TypeInterner.Primitive((ValKind)t.Type),
        ValType.List t => Make(types, ValKind.List, [t.Element]),
        ValType.FixedLengthList t => types.Intern(ValKind.FixedLengthList, [], [Of(t.Element, types)], t.Length),
        ValType.Map t => Make(types, ValKind.Map, [t.Key, t.Value]),
        ValType.Record t => Make(types, ValKind.Record, t.Fields.Items.Select(f => f.Type), t.Fields.Items.Select(f => f.Name)),
        ValType.Tuple t => Make(types, ValKind.Tuple, t.Types.Items),
        ValType.Variant t => Make(types, ValKind.Variant, t.Cases.Items.Select(c => c.Type), t.Cases.Items.Select(c => c.Name)),
        ValType.Enum t => types.Intern(ValKind.Enum, t.Labels, []),
        ValType.Option t => Make(types, ValKind.Option, [t.Some]),
        ValType.Result t => Make(types, ValKind.Result, [t.Ok, t.Error]),
        ValType.Flags t => types.Intern(ValKind.Flags, t.Labels, []),
        ValType.Own t => types.Intern(ValKind.Own, [], [], t.Table.Value),
        ValType.Borrow t => types.Intern(ValKind.Borrow, [], [], t.Table.Value),
        ValType.Stream => types.Intern(ValKind.Stream, [], []),
        ValType.Future => types.Intern(ValKind.Future, [], []),
        ValType.ErrorContext => TypeInterner.Primitive(ValKind.ErrorContext),
    };

    private static CheckedValType Make(TypeInterner types, ValKind kind, IEnumerable<ValType?> parts, IEnumerable<string>? labels = null) =>
        types.Intern(kind, [.. labels ?? []], [.. parts.Select(part => part is null ? null : Of(part, types))]);
}
