using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>The form in which code is kept says what the instructions say, and what is noted beside it is so.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators), typeof(Arbitraries)])]
public sealed class CompactCodeLaws
{
    [Law(200)]
    public void Instructions_are_read_as_they_were_written(ProgramSample sample)
    {
        foreach (var func in Trees.Funcs(sample.Program()))
        {
            var body = func.Body;
            Assert.Equal(body, Again(func).Read().Body);
            Assert.Equal(func, func with { Body = body });
        }
    }

    [Law(200)]
    public void Writing_instructions_one_by_one_gives_what_writing_them_all_gives(AdapterSet set, CompileOptions options)
    {
        foreach (var func in Trees.Funcs(Compiled.Program(set.Build(), options.Lower)))
            Same(Again(func), func.Code);
    }

    [Law(200)]
    public void Notes_are_what_their_definitions_say(ProgramSample sample)
    {
        foreach (var func in Trees.Funcs(sample.Program()))
        {
            var code = func.Code;
            var (body, immediates) = code.Read();
            var mentions = new Mentions(body);
            var writer = new CodeWriter();
            Written(writer, func);
            Assert.Equal(mentions.Ranges(func.Type.Params.Length), Enumerable.Range(0, writer.Ranges.Count).Select(i => writer.Ranges[i]));
            Assert.Equal((mentions.Locals, func.Locals.Length), (writer.Ranges.Mentions, writer.Ranges.Locals));
            Assert.Equal(mentions.Immediates.Count, immediates.Length);
            List<int> named = [];
            foreach (var ((what, use), immediate) in mentions.Immediates.Zip(immediates))
            {
                if (use is null)
                {
                    Assert.Equal(what, immediate);
                    continue;
                }
                var symbol = code.Symbols[(int)immediate];
                Assert.Same(what, symbol.What);
                Assert.Equal(use, symbol.Use);
                named.Add((int)immediate);
            }
            Assert.Equal(
                named.GroupBy(symbol => symbol).Select(uses => (uses.Key, uses.Count())).Order(),
                code.Uses.GroupBy(use => use.Symbol).Select(uses => (uses.Key, uses.Sum(use => use.Uses))).Order());
            Assert.Equal(named.Distinct(), code.Uses.Select(use => use.Symbol).Distinct());
        }
    }

    [Fact]
    public void What_code_names_again_soon_is_listed_once()
    {
        Instr[] calls = [.. Enumerable.Range(0, 8).Select(i => new Instr.Call(new FuncRef.Defined(new(i))))];
        var code = CompactCode.Of([.. calls, .. calls, .. calls], 0, []);
        Assert.Equal(Enumerable.Range(0, 8).Select(symbol => new SymbolUse(symbol, 3)), code.Uses);
        Assert.Equal(8, code.Symbols.Count);
    }

    [Law(100)]
    public void It_does_not_matter_which_functions_share_symbols(ProgramSample sample)
    {
        var program = sample.Program();
        var writer = new CodeWriter();
        var shared = program with
        {
            Adapters = program.Adapters.Select(adapter => adapter with
            {
                Funcs = adapter.Funcs.Select(func => func with { Code = Written(writer, func) }).ToEquatableArray(),
            }).ToEquatableArray(),
        };
        Assert.Equal(program, shared);
        foreach (var (func, other) in Trees.Funcs(program).Zip(Trees.Funcs(shared)))
            Same(func.Code, other.Code);
        Assert.Equal(Canonicalize.Run(program), Canonicalize.Run(shared));
        Assert.Equal(Combine.Run([program, program]), Combine.Run([shared, shared]));
        Assert.Equal(Emitted.Of(program, EmitOptions.Default).Bytes.AsSpan(), Emitted.Of(shared, EmitOptions.Default).Bytes.AsSpan());
        Assert.Equal(WatPrinter.Print(Resolve.Run(program)), WatPrinter.Print(Resolve.Run(shared)));
    }

    [Law(200)]
    public void A_module_is_as_long_without_a_look_at_its_code_as_with_one(ProgramSample sample)
    {
        var module = Resolve.Run(sample.Program());
        var unmeasured = module with
        {
            Funcs = module.Funcs.Select(func => func with { Bytes = null }).ToEquatableArray(),
        };
        Assert.Equal(Encode.Length(unmeasured, new EncodeOptions()), Encode.Length(module, new EncodeOptions()));
        Assert.Equal(Encode.Run(unmeasured, new EncodeOptions()).AsSpan(), Encode.Run(module, new EncodeOptions()).AsSpan());
    }

    [Fact]
    public void Functions_are_equal_that_have_everything_in_common()
    {
        SymbolicFunc Func() => new(new(1), FuncRole.Helper, "f", CoreFuncType.Empty, [new(CoreValType.I32, "x")], [Instr.Of(PlainOp.Nop)]);
        var func = Func();
        Assert.Equal(func, Func());
        Assert.Equal(func.GetHashCode(), Func().GetHashCode());
        Assert.All(
            [
                func with { Id = new(2) }, func with { Role = FuncRole.Adapter }, func with { Name = "g" }, func with { Type = new([], [CoreValType.I32]) },
                func with { Locals = [] }, func with { Body = [] },
            ],
            other => Assert.NotEqual(func, other));
        Assert.False(func.Equals(null));
    }

    private static CompactCode Again(SymbolicFunc func) => Written(new CodeWriter(), func);

    private static CompactCode Written(CodeWriter writer, SymbolicFunc func) => writer.Write(func.Body, func.Type.Params.Length, func.Locals.AsSpan());

    /// <summary>The same instructions, and the same is noted of them.</summary>
    private static void Same(CompactCode one, CompactCode other)
    {
        Assert.Equal(one, other);
        Assert.Equal(
            (one.Slots, one.FixedLength, one.Fingerprint),
            (other.Slots, other.FixedLength, other.Fingerprint));
        Assert.Equal(Named(one), Named(other));
    }

    /// <summary>What code names, how its index is written, and how often.</summary>
    private static Dictionary<(object, IndexUse), int> Named(CompactCode code) => code.Uses
        .GroupBy(use => (code.Symbols[use.Symbol].What, code.Symbols[use.Symbol].Use))
        .ToDictionary(uses => uses.Key, uses => uses.Sum(use => use.Uses));
}
