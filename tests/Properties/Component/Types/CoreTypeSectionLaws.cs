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

/// <summary>Core types are valid when an engine says so, wherever they stand. Spec: <c>Rectype_ok</c>, <c>Subtype_ok</c>, <c>Comptype_sub</c>.</summary>
public sealed class CoreTypeSectionLaws
{
    [Law(1000)]
    public void Types_of_a_core_module(DoNotSize<int> seed)
    {
        byte[] module = CoreBinary.Module(CoreBinary.Types(Groups(seed.Item)));
        Agree(CoreOracle.OfModule(module), CoreOracle.Ours(Samples.Component(Samples.Section(1, module))));
    }

    [Law(200)]
    public void Types_of_a_component(DoNotSize<int> seed)
    {
        var groups = Groups(seed.Item);
        var section = new Out(0).U32((uint)groups.Count);
        foreach (var group in groups)
            CoreBinary.DefType(section, group);
        byte[] component = Samples.Component(Samples.Section(3, section.ToArray()));
        Agree(CoreOracle.OfComponent(component), CoreOracle.Ours(component));
    }

    [Law(200)]
    public void Types_of_a_module_type(DoNotSize<int> seed)
    {
        var groups = Groups(seed.Item);
        var type = new Out(0).Byte(1).Byte(0x50).U32((uint)groups.Count);
        foreach (var group in groups)
            AstEncoder.RecType(type.Byte(0x01), group);
        byte[] component = Samples.Component(Samples.Section(3, type.ToArray()));
        Agree(CoreOracle.OfComponent(component), CoreOracle.Ours(component));
    }

    [Fact]
    public void About_half_of_the_types_that_are_tried_are_valid()
    {
        int valid = Enumerable.Range(0, 200).Count(seed => CoreOracle.OfModule(CoreBinary.Module(CoreBinary.Types(Groups(seed)))) is null);
        Assert.InRange(valid, 40, 160);
    }

    private static List<CoreRecType> Groups(int seed)
    {
        var random = new Random(seed);
        return new CoreTypeMaker(random, sloppiness: 60).Groups(random.Next(1, 9));
    }

    private static void Agree(string? theirs, string? ours) =>
        Assert.True(theirs is null == ours is null, $"the engine says \"{theirs ?? "valid"}\", we say \"{ours ?? "valid"}\"");
}
