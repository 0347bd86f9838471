using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Binary;

/// <summary>
/// Makes up syntax trees that the grammar allows, with all offsets 0. Indices are arbitrary, since decoding does not
/// look at them.
/// </summary>
internal sealed partial class AstMaker(int seed, int size)
{
    private readonly Random random = new(seed);
    private int counter;

    public ComponentAst Component(int depth = 0)
    {
        var definitions = Some(size, () => Definition(depth));
        var names = random.Next(3) == 0 ? Names() : ComponentNames.Empty;
        List<CustomSection> customs = [.. Some(2, () => new CustomSection(0, Name(), Bytes(20)))];
        if (names != ComponentNames.Empty)
            customs.Add(new CustomSection(0, "component-name", new RawBytes(AstEncoder.Names(names))));
        return new ComponentAst(0, 0, definitions, [.. customs], names);
    }

    private Definition Definition(int depth) => random.Next(depth < 3 ? 11 : 10) switch
    {
        0 => new Definition.CoreModule(0, new RawBytes((byte[])[.. "\0asm\x1\0\0\0"u8, .. Bytes(30).Span])),
        1 => new Definition.CoreInstance(0, CoreInstance()),
        2 => new Definition.CoreType(0, CoreDefType()),
        3 => new Definition.Instance(0, Instance()),
        4 => new Definition.Alias(0, Alias()),
        5 or 6 => new Definition.Type(0, DefType(depth, isDeclared: false)),
        7 => new Definition.Canon(0, Canon()),
        8 => Named(name => new Definition.Import(0, name, ExternType(name))),
        9 => Named(name => new Definition.Export(0, name, SortIdx(name), Maybe(() => ExternType(name)))),
        _ => new Definition.Component(0, new AstMaker(random.Next(), size / 2).Component(depth + 1)),
    };

    private CoreInstanceExpr CoreInstance() => random.Next(2) == 0
        ? new CoreInstanceExpr.Instantiate(
            new(Index()), Some(4, () => new CoreInstantiateArg(Fresh(Name()), new(Index()))))
        : new CoreInstanceExpr.FromExports(
            Some(4, () => new CoreInlineExport(Fresh(Name()), new((CoreExternKind)random.Next(5), Index()))));

    private InstanceExpr Instance() => random.Next(2) == 0
        ? new InstanceExpr.Instantiate(
            new(Index()), Some(12, () => new InstantiateArg(Fresh(Name()), SortIdx(new ExternName("x")))))
        : new InstanceExpr.FromExports(
            Some(12, () => Named(name => new InlineExport(name, SortIdx(name)))));

    private Alias Alias() => random.Next(3) switch
    {
        0 => new Alias.Export((Sort)random.Next(5), new(Index()), Name()),
        1 => new Alias.CoreExport((CoreExternKind)random.Next(5), new(Index()), Name()),
        _ => new Alias.Outer((OuterSort)random.Next(4), Index(), Index()),
    };

    private SortIdx SortIdx(ExternName name) =>
        new(name.Implements is null ? (Sort)random.Next(5) : Sort.Instance, Index());

    private ExternType ExternType(ExternName name) => (name.Implements is null ? random.Next(6) : 5) switch
    {
        0 => new ExternType.CoreModule(new(Index())),
        1 => new ExternType.Func(new(Index())),
        2 => new ExternType.Type(new TypeBound.Eq(new(Index()))),
        3 => new ExternType.Type(TypeBound.SubResource.Instance),
        4 => new ExternType.Component(new(Index())),
        _ => new ExternType.Instance(new(Index())),
    };

    private T Named<T>(Func<ExternName, T> make)
    {
        string fresh = $"n{counter++}";
        return make(random.Next(12) switch
        {
            0 => new ExternName($"[constructor]{fresh}"),
            1 => new ExternName($"[method]{fresh}.{Label()}"),
            2 => new ExternName($"[static]{fresh}-A.b"),
            3 => new ExternName($"ns:pkg/{fresh}"),
            4 => new ExternName($"a-b:c/{fresh}@1.20.3-rc.1+build.5"),
            5 => new ExternName($"a:b/{fresh}@0.3", VersionSuffix: ".7-beta", ExternalId: Name()),
            6 => new ExternName(fresh, Implements: "a:b/c@0.2.0"),
            7 => new ExternName(fresh, ExternalId: Name()),
            8 => new ExternName($"url=<https://example.org/{fresh}>,integrity=<sha256-AAAA=>"),
            9 => new ExternName($"unlocked-dep=<a:{fresh}@{{>=1.0.0 <2.0.0}}>"),
            // A letter follows the hyphen, as n1-2 and n12 are one name.
            _ => new ExternName(fresh + "-x" + random.Next(10)),
        });
    }

    private ComponentNames Names()
    {
        var sorts = Some(3, () => new SortNames((NameSort)random.Next(13), [.. Enumerable.Range(0, random.Next(6))
            .Select(i => new NameAssoc((uint)(i * 3 + random.Next(3)), Name()))]));
        return new ComponentNames(Maybe(Name), sorts);
    }

    private Fact.Ir.EquatableArray<T> Some<T>(int most, Func<T> make) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];

    private Fact.Ir.EquatableArray<T> OneOrMore<T>(int most, Func<T> make) =>
        [.. Enumerable.Range(0, 1 + random.Next(most)).Select(_ => make())];

    private T? Maybe<T>(Func<T> make)
        where T : class => random.Next(2) == 0 ? null : make();

    private bool Coin() => random.Next(2) == 0;

    private uint Index() => random.Next(4) switch
    {
        0 => (uint)random.Next(200),
        1 => uint.MaxValue - (uint)random.Next(2),
        2 => 1u << random.Next(32),
        _ => (uint)random.Next(10),
    };

    private RawBytes Bytes(int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return new RawBytes(bytes);
    }

    private string Fresh(string name) => name + counter++;

    private string Label() => Fresh(new[] { "a", "Z", "b9-c", "x-Y1-2", "FOO-bar" }[random.Next(5)] + "-");

    private string Name() => new[] { "", "f", "memory", "cabi_realloc", "名前", "\0 \ud83e\uddea", "[method]x.y" }[random.Next(7)];
}
