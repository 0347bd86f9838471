using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Emit;

/// <summary>Notes about code say what the code says, whoever took them.</summary>
[Properties(Arbitrary = [typeof(EmitGenerators), typeof(Arbitraries)])]
public sealed class NoteLaws
{
    [Law(200)]
    public void Notes_taken_while_code_is_built_are_those_of_a_walk_over_it(AdapterSet set, CompileOptions options)
    {
        foreach (var func in Trees.Funcs(Compiled.Program(set.Build(), options.Lower)))
            Assert.Equal(new CodeNoter().Walk(func), func.Notes);
    }

    [Law(200)]
    public void Notes_are_what_their_definitions_say(ProgramSample sample)
    {
        foreach (var func in Trees.Funcs(sample.Program()))
        {
            var notes = new CodeNoter().Walk(func);
            var mentions = new Mentions(func.Body);
            Assert.Equal(mentions.Ranges(func.Type.Params.Length), notes.Ranges);
            Assert.Equal(mentions.Locals, notes.LocalMentions);
            Assert.Equal(mentions.Immediates.Count, notes.Immediates.Length);
            List<uint>[] uses = [.. notes.Named.Select(_ => new List<uint>())];
            for (int i = 0; i < mentions.Immediates.Count; i++)
            {
                var (what, use) = mentions.Immediates[i];
                uint immediate = notes.Immediates[i];
                if (use is null)
                {
                    Assert.Equal(what, immediate);
                    continue;
                }
                var named = notes.Named[(int)immediate];
                Assert.Same(what, named.What);
                Assert.Equal(use, named.Use);
                uses[immediate].Add((uint)i);
            }
            Assert.Equal(uses.Select(all => all.Count), notes.Named.Select(named => named.Uses));
            Assert.Equal(uses.Select(all => all[0]).Order(), uses.Select(all => all[0]));
        }
    }

    [Fact]
    public void What_code_names_again_soon_is_listed_once()
    {
        Instr[] calls = [.. Enumerable.Range(0, 8).Select(i => new Instr.Call(new FuncRef.Defined(new(i))))];
        var func = new SymbolicFunc(new(8), FuncRole.Helper, "f", CoreFuncType.Empty, [], [.. calls, .. calls, .. calls]);
        Assert.Equal(8, new CodeNoter().Walk(func).Named.Length);
    }

    [Law(100)]
    public void Notes_change_nothing(ProgramSample sample)
    {
        var program = sample.Program();
        var noted = program with
        {
            Adapters = program.Adapters.Select(adapter => adapter with { Funcs = adapter.Funcs.Select(Noted).ToEquatableArray() }).ToEquatableArray(),
        };
        Assert.Equal(program, noted);
        Assert.Equal(Canonicalize.Run(program), Canonicalize.Run(noted));
        Assert.Equal(Resolve.Run(Canonicalize.Run(program)), Resolve.Run(Canonicalize.Run(noted)));
        Assert.Equal(Combine.Run([program, program]), Combine.Run([noted, noted]));
    }

    [Law(100)]
    public void One_noter_serves_many_functions(ProgramSample sample)
    {
        var noter = new CodeNoter();
        foreach (var func in Trees.Funcs(sample.Program()))
            Assert.Equal(new CodeNoter().Walk(func), noter.Walk(func));
    }

    [Law(100)]
    public void Notes_about_other_code_are_not_used(ProgramSample sample)
    {
        var program = sample.Program();
        var other = new CodeNoter().Walk(new(new(0), FuncRole.Helper, "", CoreFuncType.Empty, [], [Instr.Const(1), Instr.Of(PlainOp.Drop)]));
        var misled = program with
        {
            Adapters = program.Adapters.Select(adapter => adapter with
            {
                Funcs = adapter.Funcs.Select(func => func with { Notes = other }).ToEquatableArray(),
            }).ToEquatableArray(),
        };
        Assert.Equal(Resolve.Run(program), Resolve.Run(misled));
    }

    [Fact]
    public void Notes_are_about_the_locals_and_the_parameters_too()
    {
        var func = Noted(new(new(0), FuncRole.Helper, "f", new([CoreValType.I32], []), [new(CoreValType.I32, "p"), new(CoreValType.I32, "x")], [Instr.Get(new(0)), Instr.Set(new(1))]));
        Assert.True(func.Notes!.AreAbout(func));
        Assert.True(func.Notes.AreAbout(func with { Name = "g", Id = new(7) }));
        Assert.False(func.Notes.AreAbout(func with { Locals = [.. func.Locals, new(CoreValType.I64, "y")] }));
        Assert.False(func.Notes.AreAbout(func with { Type = CoreFuncType.Empty }));
        Assert.False(func.Notes.AreAbout(func with { Body = [.. func.Body, Instr.Get(new(1))] }));
    }

    [Law(200)]
    public void A_module_is_as_long_without_a_look_at_its_code_as_with_one(ProgramSample sample)
    {
        var module = Resolve.Run(sample.Program());
        var unmeasured = module with
        {
            Funcs = module.Funcs.Select(func => func with { Numbering = func.Numbering with { Bytes = null } }).ToEquatableArray(),
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
        Assert.Equal(func, func with { Notes = new CodeNoter().Walk(func) });
        Assert.All(
            [
                func with { Id = new(2) }, func with { Role = FuncRole.Adapter }, func with { Name = "g" }, func with { Type = new([], [CoreValType.I32]) },
                func with { Locals = [] }, func with { Body = [] },
            ],
            other => Assert.NotEqual(func, other));
        Assert.False(func.Equals(null));
    }

    private static SymbolicFunc Noted(SymbolicFunc func) => func with { Notes = new CodeNoter().Walk(func) };
}
