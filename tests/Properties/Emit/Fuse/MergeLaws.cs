using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Fact.Component.Binary;
using Fact.Emit;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Core;
using FsCheck;
using Wasmtime;
using Xunit;
using static Fact.Ir.EquatableArray;

namespace Fact.Properties.Emit.Fuse;

/// <summary>What modules do together, the module does that they become.</summary>
public sealed class MergeLaws
{
    [Law(150)]
    public void A_merged_module_does_what_its_parts_do(DoNotSize<int> seed)
    {
        var modules = LinkedGen.Of(seed.Item);
        var merged = LinkedRun.Merge(LinkedRun.Program(modules));

        Assert.Equal(LinkedRun.Apart(modules), LinkedRun.Merged(modules, merged));
    }

    /// <summary>Passes drop-unreached, direct-calls and inline-calls, each alone and together.</summary>
    [Law(300)]
    public void What_passes_leave_does_the_same(DoNotSize<int> seed, bool keepAll, bool directCalls, bool inlineCalls)
    {
        var modules = LinkedGen.Of(seed.Item);

        // Nothing is seen from outside but what is called.
        var called = modules.Calls.Select(call => LinkedModules.Name(call.Module, call.Export)).ToHashSet();
        var program = LinkedRun.Program(modules);
        program = program with { Exports = program.Exports.Items.Where(export => called.Contains(export.Name)).ToEquatableArray() };
        var merged = LinkedRun.Merge(program, new MergeOptions(Names: true, keepAll, directCalls, inlineCalls));

        Assert.Equal(LinkedRun.Apart(modules), LinkedRun.Merged(modules, merged.Bytes));
    }

    /// <summary>Pass fold-memories.</summary>
    [Law(300)]
    public void Memories_that_are_one_are_as_they_were_apart(DoNotSize<int> seed, bool keepAll, bool inlineCalls)
    {
        var modules = LinkedGen.Of(seed.Item);
        if (!TryFold(modules, new MergeOptions(Names: true, keepAll, InlineCalls: inlineCalls), out var merged))
            return;
        Assert.True(LinkedRun.Parts(merged.Bytes.AsMemory()).Memories.Length <= 1);
        Assert.Equal(LinkedRun.Apart(modules), LinkedRun.Merged(modules, merged.Bytes));
    }

    [Fact]
    public void Generated_memories_are_folded()
    {
        int folded = Enumerable.Range(0, 200).Count(seed =>
            TryFold(LinkedGen.Of(seed), LinkedRun.Everything, out var merged) && merged.Bytes.AsSpan().IndexOf("memory.grow."u8) >= 0);
        Assert.True(folded >= 20, $"only {folded}");
    }

    // Where all that is wrong is that one of them has 64-bit addresses, false.
    private static bool TryFold(LinkedModules modules, MergeOptions options, [NotNullWhen(true)] out MergedModule? merged)
    {
        var program = LinkedRun.Program(modules);
        program = program with { Exports = program.Exports.Items.Where(export => export.Kind == CoreExternKind.Func).ToEquatableArray() };
        merged = Fact.Emit.Merge.Run(program, options with { FoldMemories = true }).MatchUnsafe<MergedModule?>(
            Right: module => module,
            Left: error => error.Message.Contains("64-bit", StringComparison.Ordinal) ? null : throw new InvalidOperationException(error.ToString()));
        if (merged is not null)
            Assert.Null(LinkedRun.Fault(merged.Bytes));
        return merged is not null;
    }

    [Fact]
    public void Generated_calls_are_made_direct_and_some_are_not()
    {
        var merged = Enumerable.Range(0, 100).Select(seed =>
        {
            var program = LinkedRun.Program(LinkedGen.Of(seed));
            program = program with { Exports = program.Exports.Items.Where(export => export.Kind == CoreExternKind.Func).ToEquatableArray() };
            return LinkedRun.Merge(program, new MergeOptions());
        }).ToList();

        int direct = merged.Count(each => each.Parts.Items.Any(part => part.DirectCalls > 0));
        int passed = merged.Count(each => each.Parts.Items.Any(part => part.Functions.Items.Contains(FunctionFate.Passed)));
        int tables = merged.Count(each => LinkedRun.Parts(each.Bytes.AsMemory()).Tables.Length > 0);
        Assert.True(direct is >= 20 and < 100 && passed is >= 3 and < 100 && tables is >= 20 and < 100, $"{direct}, {passed}, {tables}");
    }

    [Fact]
    public void Generated_calls_are_inlined_some_in_others_and_some_are_not()
    {
        var merged = Enumerable.Range(0, 200).Select(seed =>
        {
            var program = LinkedRun.Program(LinkedGen.Of(seed));
            program = program with { Exports = program.Exports.Items.Where(export => export.Kind == CoreExternKind.Func).ToEquatableArray() };
            return LinkedRun.Merge(program, new MergeOptions());
        }).ToList();

        int inlined = merged.Count(each => each.Parts.Items.Any(part => part.InlinedCalls > 0));
        int nested = merged.Count(each => each.Parts.Items.Any(part => part.NestedCalls > 0));
        Assert.True(inlined is >= 60 and < 200 && nested is >= 5 and < 200, $"{inlined}, {nested}");
    }

    [Law(50)]
    public void What_is_left_is_all_needed(DoNotSize<int> seed)
    {
        var program = LinkedRun.Program(LinkedGen.Of(seed.Item));
        program = program with { Exports = [program.Exports.Items.First(export => export.Kind == CoreExternKind.Func)] };
        var merged = LinkedRun.Merge(program, new MergeOptions());
        var again = LinkedRun.Merge(Alone(LinkedRun.Parts(merged.Bytes.AsMemory())), new MergeOptions());

        // Globals whose values were written out where constant expressions read them are gone only now.
        Assert.Equal(Counts(merged), Counts(again));
        var third = LinkedRun.Merge(Alone(LinkedRun.Parts(again.Bytes.AsMemory())), new MergeOptions());
        Assert.Equal(Convert.ToHexString(again.Bytes.AsSpan()), Convert.ToHexString(third.Bytes.AsSpan()));
    }

    [Fact]
    public void What_is_generated_is_worth_running()
    {
        var ran = Enumerable.Range(0, 40).Select(seed => LinkedRun.Apart(LinkedGen.Of(seed))).ToList();

        Assert.InRange(ran.Count(happened => happened.Count(each => each.StartsWith("log ", StringComparison.Ordinal)) > 1), 10, 40);
        Assert.InRange(ran.Count(happened => happened.Any(each => each != LinkedRun.Trapped && !each.StartsWith("log ", StringComparison.Ordinal))), 10, 40);
        Assert.InRange(ran.Count(happened => happened[^1] != LinkedRun.Trapped), 3, 37);
    }

    [Law(50)]
    public void A_merged_module_merged_alone_is_the_same(DoNotSize<int> seed)
    {
        var merged = LinkedRun.Merge(LinkedRun.Program(LinkedGen.Of(seed.Item)));

        Assert.Equal(Convert.ToHexString(merged.AsSpan()), Convert.ToHexString(LinkedRun.Merge(Alone(LinkedRun.Parts(merged.AsMemory()))).AsSpan()));
    }

    [Law(30)]
    public void A_module_that_is_there_twice_is_there_twice(DoNotSize<int> seed)
    {
        var modules = LinkedGen.Of(seed.Item);
        var program = LinkedRun.Program(modules);

        // All bindings go to the first of the two.
        var merged = LinkedRun.Merge(program with { Parts = [.. program.Parts.Items, .. program.Parts.Items] });
        var parts = LinkedRun.Parts(merged.AsMemory());
        Assert.Equal(2 * program.Parts.Items.Sum(part => part.Module.Memories.Length), parts.Memories.Length);
        Assert.InRange(parts.Bodies.Length - (2 * program.Parts.Items.Sum(part => part.Module.Bodies.Length)), 0, 1);
    }

    [Law(30)]
    public void Things_have_the_names_that_their_parts_gave_them(DoNotSize<int> seed)
    {
        var program = LinkedRun.Program(LinkedGen.Of(seed.Item));
        var merged = LinkedRun.Parts(LinkedRun.Merge(program).AsMemory());
        var names = NameSection.Of(merged);

        // What is generated has the name that it is exported by.
        foreach (var export in merged.Exports)
            Assert.Equal(export.Name.Replace('-', '.'), names[(export.Kind, export.Index)]);
        Assert.True(merged.Exports.Length <= names.Count);
    }

    [CorpusFact]
    public void A_real_module_alone_stays_what_it_is()
    {
        int modules = 0, valid = 0;
        foreach (var (name, bytes) in RealModules())
        {
            modules++;
            var parts = LinkedRun.Parts(bytes);
            var merged = Fact.Emit.Merge.Run(Alone(parts), LinkedRun.Everything)
                .Match(Right: made => made.Bytes, Left: error => throw new InvalidOperationException($"{name}: {error}"));
            string? before = Module.Validate(InstructionTableLaws.Engine, bytes.Span), after = Module.Validate(InstructionTableLaws.Engine, merged.AsSpan());
            Assert.True(before is null == after is null, $"{name}: {before}; {after}");
            valid += after is null ? 1 : 0;
            var again = LinkedRun.Parts(merged.AsMemory());
            Assert.Equal(parts.Imports.Items.Select(import => (import.Module, import.Name)), again.Imports.Items.Select(import => (import.Module, import.Name)));
            Assert.Equal(parts.Exports, again.Exports);
            Assert.Equal(Data(parts), Data(again));
            if (parts.Types.Items.Distinct().Count() != parts.Types.Length)
                continue;
            Assert.Equal(Bodies.Of(bytes).Select(body => Convert.ToHexString(body.Span)), Bodies.Of(merged.AsMemory()).Select(body => Convert.ToHexString(body.Span)));
        }
        Assert.InRange(modules, 100, int.MaxValue);
        Assert.InRange(valid, modules * 9 / 10, modules);
    }

    [SeededCorpusFact]
    public void Damaged_modules_are_merged_or_errors_inside_them()
    {
        var random = Fuzz.Random();
        foreach (var (_, bytes) in RealModules().Where(module => module.Bytes.Length > 8))
        {
            for (int i = Fuzz.Cases ?? 30; i > 0; i--)
            {
                byte[] changed = bytes.ToArray();
                for (int changes = random.Next(1, 4); changes > 0; changes--)
                    changed[random.Next(8, changed.Length)] = (byte)random.Next(256);
                var options = new MergeOptions(Names: true, KeepAll: random.Next(2) == 0, DirectCalls: random.Next(2) == 0, InlineCalls: random.Next(2) == 0);
                CoreModuleDecoder.Decode(changed, 1000).Bind(parts => Fact.Emit.Merge.Run(Alone(parts), options)).IfLeft(error =>
                {
                    Assert.NotEmpty(error.Message);
                    Assert.InRange(error.Offset ?? -1, 1000, 1000 + changed.Length);
                });
            }
        }
    }

    [Law(300)]
    public void What_cannot_be_merged_no_engine_takes(DoNotSize<int> seed)
    {
        var random = new System.Random(seed.Item);
        byte[] merged = [.. LinkedRun.Merge(LinkedRun.Program(LinkedGen.Of(seed.Item)))];
        for (int i = 0; i < 10; i++)
        {
            byte[] changed = [.. merged];
            changed[random.Next(8, changed.Length)] = (byte)random.Next(256);
            var result = CoreModuleDecoder.Decode(changed).Bind(parts => Fact.Emit.Merge.Run(Alone(parts), LinkedRun.Everything));
            bool isValid = LinkedRun.Fault([.. changed]) is null;

            // What nothing reaches is not looked into, so that of what is not valid something valid may be left.
            CoreModuleDecoder.Decode(changed).Bind(parts => Fact.Emit.Merge.Run(Alone(parts), new MergeOptions(Names: true))).Match(
                Right: made => Assert.True(!isValid || LinkedRun.Fault(made.Bytes) is null, LinkedRun.Fault(made.Bytes)),
                Left: error => Assert.False(isValid, error.ToString()));
            result.Match(
                Right: made => Assert.True(!isValid || LinkedRun.Fault(made.Bytes) is null, LinkedRun.Fault(made.Bytes)),
                Left: error => Assert.False(isValid, error.ToString()));
        }
    }

    private static (int, int, int, int, int, int) Counts(MergedModule merged)
    {
        var module = LinkedRun.Parts(merged.Bytes.AsMemory());
        return (module.Types.Length, module.Funcs.Length, module.Tables.Length, module.Memories.Length, module.Elements.Length, module.Data.Length);
    }

    private static IEnumerable<string> Data(CoreModuleParts module) => module.Data.Items.Select(data => Convert.ToHexString(module.Slice(data.Content)));

    private static FuseProgram Alone(CoreModuleParts module) => new(
        [new FusePart("", module, Enumerable.Range(0, module.Imports.Length).Select(i => (FuseBinding)new FuseBinding.Outside(i)).ToEquatableArray())],
        module.Imports.Items.Select((import, i) => new FuseImport(import.Module, import.Name, 0, i)).ToEquatableArray(),
        module.Exports.Items.Select(export => new FuseExport(export.Name, 0, export.Kind, export.Index)).ToEquatableArray());

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> RealModules() =>
        Corpus.Components.SelectMany(file => BodyReaderLaws.Modules(file.Bytes).Select(module => (file.Name, module)));
}
