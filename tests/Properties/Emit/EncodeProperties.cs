using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>The encoder loses nothing and adds nothing.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators)])]
public sealed class EncodeProperties
{
    private static readonly EncodeOptions Bare = new(), Full = new(Names: true, TrapSection: true, ModuleName: "adapters");

    [Law(300)]
    public void Decoding_an_encoded_module_returns_it(ModuleSample sample)
    {
        var module = sample.Resolved();
        var (decoded, decoder) = ModuleDecoder.Decode(Encode.Run(module, Full).AsMemory());
        Assert.Equal(Erase.Denotations(sample.Module()), decoded);
        Assert.Equal("adapters", decoder.CustomSections.ModuleName);
        Assert.Equal(decoder.ImportedFuncs + module.Funcs.Length, decoder.CustomSections.NamedFuncs);
        Assert.Equal(0, decoder.CustomSections.Unused);
    }

    [Law(200)]
    public void Custom_sections_are_written_on_request_only(ModuleSample sample)
    {
        var module = sample.Resolved();
        byte[] bytes = [.. Encode.Run(module, Bare)];
        var (decoded, decoder) = ModuleDecoder.Decode(bytes);
        Assert.Equal(Erase.Customs(sample.Module()), decoded);
        Assert.Empty(decoder.Customs);
        Assert.Equal(["wasmtime-trampoline-traps"], CustomNames(Numbered.Of(Erase.Customs(sample.Module())), new EncodeOptions(TrapSection: true)));
        Assert.Equal(["name"], CustomNames(module, new EncodeOptions(Names: true)));
        Assert.Equal(bytes, Encode.Run(module, Full).AsSpan()[..bytes.Length]);
    }

    [Law(200)]
    public void A_module_is_as_long_as_it_was_measured(ModuleSample sample)
    {
        var module = sample.Resolved();
        foreach (var options in new[] { Bare, Full, new(Names: true), new(TrapSection: true) })
            Assert.Equal(Encode.Length(module, options), Encode.Run(module, options).Length);
    }

    [Law(300)]
    public void Every_encoded_module_validates(ModuleSample sample)
    {
        var module = (sample with { Exotic = false }).Resolved();
        Assert.Null(WasmtimeOracle.Fault(Encode.Run(module, Full).AsSpan()));
    }

    [Law(100)]
    public void Encoding_is_deterministic(ModuleSample sample) =>
        Assert.Equal(Encode.Run(sample.Resolved(), Full).AsSpan(), Encode.Run(sample.Resolved(), Full).AsSpan());

    [Law(200)]
    public void Trap_offsets_point_at_unreachable(ModuleSample sample)
    {
        var module = sample.Resolved();
        var bytes = Encode.Run(module, Full);
        var (_, decoder) = ModuleDecoder.Decode(bytes.AsMemory());
        var section = new ByteReader(decoder.Customs.Single(custom => custom.Name == "wasmtime-trampoline-traps").Content.Whole);
        _ = section.Vector(section.Name);
        int traps = 0;
        for (int funcs = section.Count(); funcs > 0; funcs--)
        {
            var body = decoder.BodyRanges[section.Count() - decoder.ImportedFuncs];
            foreach (int offset in section.Vector(() => (section.Count(), section.Count()).Item1))
            {
                Assert.Equal(0x00, bytes[body.Start.Value + offset]);
                Assert.True(body.Start.Value + offset < body.End.Value);
                traps++;
            }
        }
        Assert.Equal(sample.Module().Funcs.Sum(func => CountTraps(func.Body)), traps);
    }

    [Law(200)]
    public void Numbered_code_shows_the_index_of_everything_that_code_names(ModuleSample sample)
    {
        foreach (var (core, func) in sample.Module().Funcs.Zip(sample.Resolved().Funcs))
        {
            List<uint> shown = [];
            NumberedCode.Visit(func, (_, index) => shown.Add(index));
            Assert.Equal(Indices(core.Body), shown);
        }
    }

    private static IEnumerable<uint> Indices(EquatableArray<CoreInstr> body) => body.SelectMany(instr => instr switch
    {
        CoreInstr.Memory memory => [memory.Mem.Value],
        CoreInstr.MemorySize size => [size.Mem.Value],
        CoreInstr.MemoryLane memory => [memory.Mem.Value],
        CoreInstr.MemoryGrow grow => [grow.Mem.Value],
        CoreInstr.MemoryFill fill => [fill.Mem.Value],
        CoreInstr.Global global => [global.Index.Value],
        CoreInstr.Call call => [call.Func.Value],
        CoreInstr.RefFunc reference => [reference.Func.Value],
        CoreInstr.Block block => Indices(block.Body),
        CoreInstr.Loop loop => Indices(loop.Body),
        CoreInstr.If one => Indices(one.Then).Concat(Indices(one.Else)),
        CoreInstr.TryTable attempt => Indices(attempt.Body),
        _ => (IEnumerable<uint>)[],
    });

    private static IEnumerable<string> CustomNames(ResolvedModule module, EncodeOptions options) =>
        ModuleDecoder.Decode(Encode.Run(module, options).AsMemory()).Decoder.Customs.Select(custom => custom.Name);

    private static int CountTraps(EquatableArray<CoreInstr> body) => body.Sum(instr => instr switch
    {
        CoreInstr.Trap => 1,
        CoreInstr.Block block => CountTraps(block.Body),
        CoreInstr.Loop loop => CountTraps(loop.Body),
        CoreInstr.If one => CountTraps(one.Then) + CountTraps(one.Else),
        CoreInstr.TryTable attempt => CountTraps(attempt.Body),
        _ => 0,
    });
}
