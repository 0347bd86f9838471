using System;
using System.Collections.Immutable;
using System.Linq;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using Fact.Traps;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>What a module says of its traps can be read from its bytes, and from any bytes without harm.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)])]
public sealed class TrapSiteLaws
{
    private const byte Unreachable = 0x00, Call = 0x10;

    private static readonly CompileOptions Options = CompileOptions.Default with { TrapInfo = true };

    [Law]
    public void Sites_are_instructions_that_trap_or_call(AdapterPlan plan)
    {
        var module = Compiled.Module(plan, Options);
        var traps = Read(module.Bytes);
        foreach (var site in traps.Sites)
        {
            Assert.Equal(site.Message.Length == 0 ? Call : Unreachable, module.Bytes[(int)site.Offset]);
            Assert.Equal(site.Code is { } code ? TrapMessages.Of(code) : "", site.Message);
            Assert.Equal(site, traps.At(site.Offset));
            Assert.Equal(site, traps.At(site.Func, site.FuncOffset));
        }
        Assert.Equal(traps.Sites.Items.OrderBy(site => site.Offset), traps.Sites.Items);
    }

    /// <summary>The text form has a comment for each.</summary>
    [Law]
    public void Every_trap_has_a_site(AdapterPlan plan)
    {
        var module = Compiled.Module(plan, Options);
        var messages = Read(module.Bytes).Sites.Items.Where(site => site.Message.Length > 0).Select(site => site.Message);
        var printed = module.ToText().Split('\n').Where(line => line.Contains("unreachable ;; ", StringComparison.Ordinal)).Select(line => line.Split(";; ", 2)[1]);
        Assert.Equal(messages.Count(), printed.Count());
        Assert.All(messages.Zip(printed), both => Assert.StartsWith(both.Item1, both.Item2, StringComparison.Ordinal));
    }

    [Law]
    public void The_trap_that_an_engine_means_is_the_next_one(AdapterPlan plan, byte which)
    {
        var traps = Read(Compiled.Module(plan, Options).Bytes);
        var sites = traps.Sites.Items.Where(site => site.Message.Length > 0).ToArray();
        if (sites.Length == 0)
            return;
        var site = sites[which % sites.Length];
        Assert.Equal(site, traps.From(site.Func, site.FuncOffset));
        var before = sites.LastOrDefault(other => other.Func == site.Func && other.FuncOffset < site.FuncOffset);
        Assert.Equal(site, traps.From(site.Func, before.Message is null ? 0 : before.FuncOffset + 1));
    }

    [Law]
    public void A_module_without_trap_information_has_no_sites(AdapterPlan plan) => Assert.Empty(Read(Compiled.Module(plan).Bytes).Sites);

    [Law]
    public void Damaged_modules_are_errors_or_say_something(AdapterPlan plan, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = [.. Compiled.Module(plan, Options).Bytes];
        for (int i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        int length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
        if (ModuleTraps.TryRead(bytes.AsMemory(0, length), out var traps, out var diagnostics))
            Assert.All(traps.Sites, site => Assert.InRange(site.Offset, 8u, (uint)length));
        else
            Assert.All(diagnostics, diagnostic => Assert.InRange(diagnostic.Offset!.Value, 0, length));
    }

    [Theory]
    [InlineData(new byte[] { 0x04, 0x74, 0x65, 0x73, 0x74, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, true)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, false)]
    [InlineData(new byte[] { 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, false)]
    [InlineData(new byte[] { 0x00, 0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, false)]
    [InlineData(new byte[] { 0x01, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00 }, false)]
    [InlineData(new byte[] { 0x01, 0x00, 0x00, 0x07 }, false)]
    [InlineData(new byte[] { 0x00, 0x00 }, true)]
    public void Numbers_that_nothing_stands_behind_are_errors(byte[] content, bool isRead)
    {
        byte[] name = content is [0x04, ..] ? [] : [16, .. "fact-trap-paths"u8];
        if (name.Length > 0)
            name[0] = (byte)(name.Length - 1);
        byte[] module = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, (byte)(name.Length + content.Length), .. name, .. content];
        Assert.Equal(isRead, ModuleTraps.TryRead(module, out _, out var diagnostics));
        Assert.Equal(isRead, diagnostics.IsEmpty);
    }

    private static ModuleTraps Read(ImmutableArray<byte> bytes) =>
        ModuleTraps.Read(bytes.AsMemory()).Match(Right: traps => traps, Left: errors => throw new InvalidOperationException(errors.ToString()));
}
