using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Ir;
using Fact.Properties.Component.Binary;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>What proposals add to core types has the meaning that they give it: shared types, continuations, exact types.</summary>
public sealed class CoreProposalLaws
{
    private static readonly CoreValType Any = Abstract(CoreAbsHeapType.Any), SharedAny = Abstract(CoreAbsHeapType.Any, isShared: true);

    [Fact]
    public void Shared_types_are_made_of_shared_types()
    {
        Func<CoreValType, CoreShape>[] shapes =
        [
            t => new CoreShape.Func(new CoreFuncType([t], [])),
            t => new CoreShape.Func(new CoreFuncType([], [t])),
            t => new CoreShape.Struct([Field(I32), Field(t)]),
            t => new CoreShape.Array(Field(t)),
        ];
        foreach (var shape in shapes)
        {
            foreach (var type in (CoreValType[])[I32, SharedAny, Concrete(2)])
                Assert.Null(Ours([.. Known, Sub(null, shape(type), isShared: true)]));
            foreach (var type in (CoreValType[])[Any, Concrete(0)])
                Assert.Contains("core type 8 is shared, but not all that it is made of is", Ours([.. Known, Sub(null, shape(type), isShared: true)]),
                    StringComparison.Ordinal);
            Assert.Null(Ours([.. Known, Sub(null, shape(SharedAny))]));
        }
        Assert.Null(Ours([.. Known, Sub(null, new CoreShape.Array(new(new CoreStorageType.Packed(8), true)), isShared: true)]));
        Assert.Null(Ours([.. Known, Sub(null, new CoreShape.Cont(new(7)), isShared: true)]));
        Assert.NotNull(Ours([.. Known, Sub(null, new CoreShape.Cont(new(3)), isShared: true)]));
    }

    [Fact]
    public void A_shared_type_is_no_subtype_of_one_that_is_not()
    {
        Assert.Contains("(sub final $super (shared (struct))), which does not match its declared supertype (sub (struct))",
            Ours([.. Known, Sub(0, new CoreShape.Struct([]), isShared: true)]), StringComparison.Ordinal);
        Assert.NotNull(Ours([.. Known, Sub(2, new CoreShape.Struct([]))]));
        Assert.Null(Ours([.. Known, Sub(2, new CoreShape.Struct([]), isShared: true)]));
    }

    [Fact]
    public void A_continuation_continues_a_function()
    {
        Assert.Contains("core type 8 is a continuation of something that is not a function type", Ours([.. Known, Sub(null, new CoreShape.Cont(new(0)))]),
            StringComparison.Ordinal);
        Assert.Null(Ours([.. Known, Sub(5, new CoreShape.Cont(new(3)))]));
        Assert.Contains("does not match its declared supertype (sub $super (cont …))", Ours([.. Known, Sub(6, new CoreShape.Cont(new(3)))]), StringComparison.Ordinal);
    }

    [Fact]
    public void References_match_by_their_hierarchy()
    {
        (CoreValType Type, CoreValType Expected, bool Match)[] pairs =
        [
            (Abstract(CoreAbsHeapType.None, true), SharedAny, true), (Abstract(CoreAbsHeapType.None), SharedAny, false), (SharedAny, Any, false),
            (Concrete(2), Abstract(CoreAbsHeapType.Struct, true), true), (Concrete(2), Abstract(CoreAbsHeapType.Struct), false), (Concrete(0), SharedAny, false),
            (Abstract(CoreAbsHeapType.None, true), Concrete(2), true), (Abstract(CoreAbsHeapType.None), Concrete(2), false),
            (Abstract(CoreAbsHeapType.None, true), Concrete(0), false),
            (Abstract(CoreAbsHeapType.NoCont), Abstract(CoreAbsHeapType.Cont), true), (Abstract(CoreAbsHeapType.NoCont), Concrete(6), true),
            (Abstract(CoreAbsHeapType.None), Concrete(6), false),
            (Concrete(6), Abstract(CoreAbsHeapType.Cont), true), (Concrete(6), Any, false), (Concrete(6), Concrete(5), true), (Concrete(5), Concrete(6), false),
            (Concrete(1, true), Concrete(1), true), (Concrete(1, true), Concrete(0), true), (Concrete(1), Concrete(1, true), false),
            (Concrete(1, true), Concrete(1, true), true), (Concrete(1, true), Concrete(0, true), false), (Concrete(1, true), Any, true),
            (Abstract(CoreAbsHeapType.None), Concrete(1, true), true),
        ];
        foreach (var (type, expected, match) in pairs)
        {
            string? ours = Ours([.. Known, Sub(null, new CoreShape.Array(Field(expected)), isFinal: false), Sub(8, new CoreShape.Array(Field(type)))]);
            Assert.True(match == ours is null, $"{type} for {expected}: {ours}");
        }
    }

    [Fact]
    public void An_exact_import_takes_functions_of_exactly_its_type()
    {
        var groups = Known.Select(type => new CoreRecType([type], IsExplicit: false)).ToList();
        string? Link(uint given, uint asked, bool isExact) => CoreOracle.Ours(CoreBinary.Linking(
            CoreBinary.Defining(groups, new CoreExternType.Func(new(given), IsExact: false), given)!,
            CoreBinary.Importing(groups, new CoreExternType.Func(new(asked), isExact))));
        Assert.Null(Link(4, 4, isExact: true));
        Assert.Null(Link(4, 3, isExact: false));
        Assert.Contains("expected exactly type (sub (func)), found (sub $super (func))", Link(4, 3, isExact: true), StringComparison.Ordinal);
        // What is imported may be of a subtype.
        var table = new CoreTypeTable();
        var func = table.Func(new CoreFuncType([], []));
        Assert.Null(new CoreSubtyping(table).Mismatch(func, func));
        Assert.Equal("expected type (func) exactly, found one that may be a subtype of it", new CoreSubtyping(table).Mismatch(func with { IsExact = false }, func));
    }

    [Fact]
    public void A_shared_global_is_no_other_global()
    {
        static CoreExternType Global(bool isShared) => new CoreExternType.Global(new CoreGlobalType(I32, IsMutable: true, isShared));
        static CoreExternType Table(bool isShared) => new CoreExternType.Table(new CoreTableType(SharedAny, new CoreLimits(0, 1, Is64: false, isShared)));
        var subtyping = new CoreSubtyping(new CoreTypeTable());
        Assert.Null(subtyping.Mismatch(Global(true), Global(true)));
        Assert.Equal("the global is shared", subtyping.Mismatch(Global(true), Global(false)));
        Assert.Equal("the global is not shared", subtyping.Mismatch(Global(false), Global(true)));
        Assert.Equal("the table is shared", subtyping.Mismatch(Table(true), Table(false)));
        Assert.Equal("the table is not shared", subtyping.Mismatch(Table(false), Table(true)));
    }

    // 0 a structure, 1 a subtype of it, 2 a shared one; 3 a function type, 4 a subtype of it; 5 and 6 the same for continuations; 7 a shared function type.
    private static readonly CoreSubType[] Known =
    [
        Sub(null, new CoreShape.Struct([]), isFinal: false),
        Sub(0, new CoreShape.Struct([Field(I32)]), isFinal: false),
        Sub(null, new CoreShape.Struct([]), isShared: true, isFinal: false),
        Sub(null, new CoreShape.Func(new CoreFuncType([], [])), isFinal: false),
        Sub(3, new CoreShape.Func(new CoreFuncType([], [])), isFinal: false),
        Sub(null, new CoreShape.Cont(new(3)), isFinal: false),
        Sub(5, new CoreShape.Cont(new(4)), isFinal: false),
        Sub(null, new CoreShape.Func(new CoreFuncType([], [])), isShared: true),
    ];

    private static CoreValType I32 => CoreValType.I32;

    private static string? Ours(IEnumerable<CoreSubType> types) => CoreOracle.Ours(Samples.Component(Samples.Section(1, CoreBinary.Module(
        CoreBinary.Types([.. types.Select(type => new CoreRecType([type], IsExplicit: false))])))));

    private static CoreSubType Sub(uint? super, CoreShape shape, bool isShared = false, bool isFinal = true) =>
        new(isFinal, super is { } index ? [new CoreTypeIdx(index)] : [], new CoreCompType(isShared, null, null, shape));

    private static CoreFieldType Field(CoreValType type) => new(new CoreStorageType.Value(type), IsMutable: false);

    private static CoreValType Abstract(CoreAbsHeapType type, bool isShared = false) => CoreValType.Ref(new CoreHeapType(type, isShared));

    private static CoreValType Concrete(uint index, bool isExact = false) => CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(index), isExact));
}
