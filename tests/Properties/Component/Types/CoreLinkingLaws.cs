using System;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;
using Fact.Model.Laws;
using FsCheck;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>
/// What a core module exports fits what another imports when an engine that is given the two says so: the types of the two modules
/// are written separately, and compared as the core specification compares them. Spec: <c>Externtype_sub</c>.
/// </summary>
public sealed class CoreLinkingLaws
{
    [Law(300)]
    public void Functions(DoNotSize<int> seed) => Agree(new CorePair(seed.Item), pair => (CorePair.Func(pair.Given), CorePair.Func(pair.Asked)));

    [Law(200)]
    public void Tags(DoNotSize<int> seed) => Agree(new CorePair(seed.Item), pair => (new CoreExternType.Tag(new(pair.Given)), new CoreExternType.Tag(new(pair.Asked))));

    [Law(1000)]
    public void Globals(DoNotSize<int> seed) => Agree(new CorePair(seed.Item), pair =>
    {
        var (given, asked) = pair.Values();
        return (new CoreExternType.Global(new(given, pair.Rarely(), false)), new CoreExternType.Global(new(asked, pair.Rarely(), false)));
    });

    [Law(200)]
    public void Mutable_globals(DoNotSize<int> seed) => Agree(new CorePair(seed.Item), pair =>
    {
        var (given, asked) = pair.Values();
        return (new CoreExternType.Global(new(given, true, false)), new CoreExternType.Global(new(asked, true, false)));
    });

    [Law(200)]
    public void Tables(DoNotSize<int> seed) => Agree(new CorePair(seed.Item), pair =>
    {
        var (given, asked) = pair.Values();
        return given is { IsRef: true, IsNullable: true } && asked.IsRef
            ? (new CoreExternType.Table(new(given, pair.Limits())), new CoreExternType.Table(new(asked, pair.Limits())))
            : (new CoreExternType.Table(new(CoreValType.FuncRef, pair.Limits())), new CoreExternType.Table(new(CoreValType.FuncRef, pair.Limits())));
    });

    [Law(200)]
    public void Memories(DoNotSize<int> seed) => Agree(new CorePair(seed.Item), pair =>
    {
        int page = pair.Coin() ? 16 : 0;
        return (new CoreExternType.Memory(new(pair.SharedLimits(), page)), new CoreExternType.Memory(new(pair.SharedLimits(), pair.Rarely() ? 16 - page : page)));
    });

    [Fact]
    public void Pairs_that_are_tried_fit_and_do_not_fit()
    {
        int[] fitting = [.. Enumerable.Range(0, 100).Where(seed =>
        {
            var pair = new CorePair(seed);
            byte[] provider = CoreBinary.Defining(pair.Provider, CorePair.Func(pair.Given), pair.Given)!;
            return CoreLinker.Link(provider, "m", CoreBinary.Importing(pair.User, CorePair.Func(pair.Asked))) is null;
        })];
        Assert.InRange(fitting.Length, 20, 80);
        Assert.Contains(fitting, seed => new CorePair(seed) is var pair && pair.Asked - pair.Shift != pair.Given);
    }

    private static void Agree(CorePair pair, Func<CorePair, (CoreExternType Given, CoreExternType Asked)> make)
    {
        var (given, asked) = make(pair);
        if (CoreBinary.Defining(pair.Provider, given, pair.Given) is not { } provider)
            return;
        byte[] user = CoreBinary.Importing(pair.User, asked);
        string? ours = CoreOracle.Ours(CoreBinary.Linking(provider, user));
        string? theirs = CoreOracle.OfModule(provider) ?? CoreOracle.OfModule(user) ?? CoreLinker.Link(provider, "m", user);
        Assert.True(theirs is null == ours is null, $"given {given}, asked {asked}: the engine says \"{theirs ?? "valid"}\", we say \"{ours ?? "valid"}\"");
    }
}
