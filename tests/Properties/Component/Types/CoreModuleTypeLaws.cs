using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Component.Binary;
using FsCheck;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>
/// A core module can be given for a module type when the engine's component validation says so; the types of the module type may be
/// its own, or aliases of the component's. Immutable globals are left to <see cref="CoreLinkingLaws"/>: the engine's components do not link
/// them as the core specification does.
/// </summary>
public sealed class CoreModuleTypeLaws
{
    [Law(150)]
    public void Exports_of_a_module_for_those_of_a_type(DoNotSize<int> seed)
    {
        var pair = new CorePair(seed.Item);
        var (given, asked) = Externs(pair);
        if (CoreBinary.Defining(pair.Provider, given, pair.Given) is not { } module)
            return;
        var export = new Out(0).Byte(0x03).Name("x");
        AstEncoder.CoreExternType(export, asked);
        Agree(module, pair.User, export, pair.Coin(), $"given {given}, asked {asked}");
    }

    [Law(150)]
    public void Imports_of_a_module_for_those_of_a_type(DoNotSize<int> seed)
    {
        var pair = new CorePair(seed.Item);
        var (given, asked) = Externs(pair);
        var import = new Out(0).Byte(0x00).Name("m").Name("x");
        AstEncoder.CoreExternType(import, given);
        Agree(CoreBinary.Importing(pair.User, asked), pair.Provider, import, pair.Coin(), $"given {given}, asked {asked}");
    }

    private static (CoreExternType Given, CoreExternType Asked) Externs(CorePair pair)
    {
        var (given, asked) = pair.Values();
        return pair.Choose(6) switch
        {
            0 => (new CoreExternType.Global(new(given, true, false)), new CoreExternType.Global(new(asked, !pair.Rarely(), false))),
            1 => (new CoreExternType.Memory(new(pair.SharedLimits(), 16)), new CoreExternType.Memory(new(pair.SharedLimits(), 16))),
            2 => (new CoreExternType.Tag(new(pair.Given)), new CoreExternType.Tag(new(pair.Asked))),
            3 when given is { IsRef: true, IsNullable: true } && asked.IsRef =>
                (new CoreExternType.Table(new(given, pair.Limits())), new CoreExternType.Table(new(asked, pair.Limits()))),
            _ => (CorePair.Func(pair.Given), CorePair.Func(pair.Asked)),
        };
    }

    // (component (core module $m …) (component $c (import "a" (core module …))) (instance (instantiate $c (with "a" (core module $m)))))
    private static void Agree(byte[] module, IReadOnlyCollection<CoreRecType> groups, Out declarator, bool aliased, string what)
    {
        uint count = (uint)groups.Sum(group => group.Types.Length);
        var types = new Out(0).U32(aliased ? (uint)groups.Count + 1 : 1);
        var type = new Out(0).Byte(0x50).U32((aliased ? count : (uint)groups.Count) + 1);
        foreach (var group in groups)
        {
            if (aliased)
                CoreBinary.DefType(types, group);
            else
                AstEncoder.RecType(type.Byte(0x01), group);
        }
        for (uint i = 0; aliased && i < count; i++)
            type.Byte(0x02).Byte(0x10).Byte(0x01).U32(1).U32(i);
        types.Bytes(type.ToArray()).Bytes(declarator.ToArray());
        byte[] inner = Samples.Component(
            Samples.Section(3, types.ToArray()),
            Samples.Section(10, new Out(0).U32(1).Byte(0).Name("a").Byte(0x00).Byte(0x11).U32(aliased ? count : 0).ToArray()));
        byte[] component = Samples.Component(
            Samples.Section(1, module),
            Samples.Section(4, inner),
            Samples.Section(5, [1, 0, 0, 1, 1, (byte)'a', 0x00, 0x11, 0]));
        string? theirs = CoreOracle.OfComponent(component), ours = CoreOracle.Ours(component);
        Assert.True(theirs is null == ours is null, $"{what}: the engine says \"{theirs ?? "valid"}\", we say \"{ours ?? "valid"}\"");
    }
}
