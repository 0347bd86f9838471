using System;
using System.Linq;
using System.Text;
using Fact.Conformance.Behaviour.Rig;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Conformance.Behaviour;

/// <summary>The custom sections that tell why something trapped, and where.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class TrapInfoTests
{
    [Law(100)]
    public void Every_trap_of_a_module_is_listed_where_it_is(AdapterSet set, CompileOptions options)
    {
        var module = Compiled.Module(set.Build(), options with { TrapInfo = true });
        var sections = new TrapSections(module.Bytes.AsSpan());
        int traps = module.Code.Funcs.Items.Sum(func => CodeWalk.All(func.Body).OfType<Instr.Trap>().Count());
        Assert.Equal(traps, sections.Messages.Count);
        var known = Enum.GetValues<TrapCode>().Select(TrapMessages.Of);
        foreach (var ((func, offset), message) in sections.Messages)
        {
            Assert.Contains(message, known);
            Assert.Equal(0, module.Bytes[sections.StartOf(func) + offset]); // unreachable
        }
    }

    [Law(50)]
    public void Without_the_option_there_are_no_such_sections(AdapterSet set)
    {
        string text = Encoding.Latin1.GetString(Compiled.Module(set.Build(), CompileOptions.Default).Bytes.AsSpan());
        Assert.DoesNotContain("wasmtime-trampoline-traps", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fact-trap-paths", text, StringComparison.Ordinal);
    }

    private static readonly ValType Wide = new ValType.Record([.. Enumerable.Range(0, 30).Select(i => new Field("f" + i, i == 20 ? Make.Char : Make.U8))]);

    private static byte[] WideBytes()
    {
        byte[] bytes = new byte[SpecAbi.With32.ElemSize(Wide)];
        bytes[22] = 0x11; // the char: 0x110000
        return bytes;
    }

    [Fact]
    public void Paths_go_through_helpers()
    {
        var type = new ValType.Record([new("a", Make.U8), new("x", new ValType.List(new ValType.Option(Wide)))]);
        using var rig = Make.Rig(new([new("other", Make.U8), new("p", type)], null));
        byte[] some = [1, 0, 0, 0, .. WideBytes()];
        var report = rig.Traps(0, 0, rig.Lower.Put([.. new byte[some.Length], .. some], 4), 2);
        Assert.Equal("invalid char value specified", report.Message);
        Assert.Equal("param \"p\" · record field \"x\" · list element · option some · record field \"f20\"", report.Path);
    }

    [Fact]
    public void One_helper_has_a_path_for_each_place_that_calls_it()
    {
        using var rig = Make.Rig(new([new("p", new ValType.List(Wide)), new("q", new ValType.Tuple([Make.U8, new ValType.Result(null, new ValType.List(Wide))]))], null));
        ulong at = rig.Lower.Put(WideBytes(), 4);
        Assert.Equal("param \"p\" · list element · record field \"f20\"", rig.Traps(at, 1, 0, 0, 0, 0).Path);
        Assert.Equal("param \"q\" · tuple element 1 · result error · list element · record field \"f20\"", rig.Traps(at, 0, 0, 1, at, 1).Path);
    }

    [Fact]
    public void Results_have_paths_of_their_own()
    {
        using var rig = Make.Rig(Make.Gives(new ValType.Map(Make.U32, new ValType.Enum(["a"]))));
        rig.Callee = _ => [new(CoreValType.I32, rig.Lift.Put(Make.List(Make.Tuple(Make.Bits(1), Make.Case("a"))), rig.Lift.Results[0]))];
        ulong at = rig.Lower.Room(4, 8);
        rig.CallBits(at);
        rig.Callee = arguments =>
        {
            ulong pair = rig.Lift.Put(new byte[] { 0, 0, 0, 0, 7, 0, 0, 0 }, 4);
            return [new(CoreValType.I32, rig.Lift.Put(BitConverter.GetBytes(pair | (1UL << 32)), 4))];
        };
        var report = rig.Traps(at);
        Assert.Equal(("invalid variant discriminant", "result · list element · tuple element 1"), (report.Message, report.Path));
    }

    [Fact]
    public void Traps_of_asynchronous_calls_have_paths_too()
    {
        using (var rig = Make.Rig(new([new("p", Make.Char)], Make.Char), lower: new(Async: true), lift: new(Async: true)))
            Assert.Equal("param \"p\"", rig.Traps(0x110000, 0x400).Path);
        using (var rig = Make.Rig(new([new("p", Make.Char)], Make.Char), lower: new(Async: true), lift: new(Async: true)))
        {
            rig.Host.TaskReturn = () => [new(CoreValType.I32, 0xD800)];
            Assert.Equal("result", rig.Traps(65, 0x400).Path);
        }
    }
}
