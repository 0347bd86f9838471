using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Fact.Emit;
using Fact.Ir;
using Fact.Model;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Facade;

/// <summary>Imports and exports have the names, types and order that hosts of such modules know, written down here once more.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed class ImportLaws
{
    [Law(200)]
    public void Imports_have_the_names_that_hosts_know(AdapterSet set)
    {
        foreach (var import in Compiled.Module(set.Build(), CompileOptions.Default).Imports)
            Assert.Matches(Names(import.Denotes), import.Module + "/" + import.Name);
    }

    private static Regex Names(Import import) => new("^" + import switch
    {
        Import.InstanceFlags flags => $"flags/instance{flags.Instance.Value}",
        Import.Memory => @"memory/m\d+",
        Import.Realloc => @"realloc/f\d+",
        Import.Callback => @"callback/f\d+",
        Import.Callee callee => $"callee/{callee.Adapter}",
        Import.PostReturn postReturn => $"post_return/{postReturn.Adapter}",
        Import.Transcode => @"transcode/[a-z0-9-]+ \(mem\d+ => mem\d+\)",
        Import.Transfer { Kind: TransferKind.Own } => "resource/transfer-own",
        Import.Transfer { Kind: TransferKind.Borrow } => "resource/transfer-borrow",
        Import.Transfer { Kind: TransferKind.Stream } => "stream/transfer",
        Import.Transfer { Kind: TransferKind.Future } => "future/transfer",
        Import.Transfer => "error-context/transfer",
        Import.ResourceEnterCall => "resource/enter-call",
        Import.ResourceExitCall => "resource/exit-call",
        Import.ResourceDrop => "only the runtime module has it",
        Import.PrepareCall prepare => $@"sync/\[prepare-call\]{prepare.Adapter}",
        Import.SyncStartCall start => $@"sync/\[start-call\]{start.Adapter}",
        Import.AsyncStartCall start => $@"async/\[start-call\]{start.Adapter}",
    } + "$");

    [Law(200)]
    public void Numbered_imports_are_numbered_by_what_was_imported_before(AdapterSet set)
    {
        int funcs = 0, memories = 0;
        foreach (var import in Compiled.Module(set.Build(), CompileOptions.Default).Imports)
        {
            if (import.Denotes is Import.Memory)
                Assert.Equal($"m{memories}", import.Name);
            if (import.Denotes is Import.Realloc or Import.Callback)
                Assert.Equal($"f{funcs}", import.Name);
            memories += import.Type is ModuleImportType.Memory ? 1 : 0;
            funcs += import.Type is ModuleImportType.Func ? 1 : 0;
        }
    }

    [Law(200)]
    public void Imports_have_the_types_that_hosts_know(AdapterSet set)
    {
        foreach (var import in Compiled.Module(set.Build(), CompileOptions.Default).Imports)
        {
            string actual = import.Type switch
            {
                ModuleImportType.MutableI32 => "global",
                ModuleImportType.Memory memory => memory.Type.IndexType.ToString().ToLowerInvariant(),
                ModuleImportType.Func func => Text(func.Type),
            };
            Assert.Equal(TypeOf(import.Denotes), actual);
        }
    }

    private static string TypeOf(Import import) => import switch
    {
        Import.InstanceFlags => "global",
        Import.Memory memory => memory.Type.Is64 ? "i64" : "i32",
        Import.Realloc realloc => realloc.Ptr == CoreValType.I64 ? "i64 i64 i64 i64 -> i64" : "i32 i32 i32 i32 -> i32",
        Import.Callback or Import.Transfer => "i32 i32 i32 -> i32",
        Import.Callee callee => Text(callee.Type),
        Import.PostReturn postReturn => Text(postReturn.Type),
        Import.Transcode transcode => Transcoder(transcode),
        Import.ResourceEnterCall or Import.ResourceExitCall => "->",
        Import.ResourceDrop => "i32->",
        Import.PrepareCall prepare => Text(new([CoreValType.FuncRef, CoreValType.FuncRef, .. Enumerable.Repeat(CoreValType.I32, 5), .. prepare.LowerParams.Items], [])),
        Import.SyncStartCall start => Text(new([CoreValType.FuncRef, CoreValType.I32], start.LowerResults)),
        Import.AsyncStartCall => "funcref i32 i32 i32 -> i32",
    };

    /// <summary>The table of the transcoders: s and d are an integer of the source and of the destination.</summary>
    private static string Transcoder(Import.Transcode transcode)
    {
        string type = transcode.Op switch
        {
            TranscodeOp.Utf8ToUtf8 or TranscodeOp.Utf16ToUtf16 or TranscodeOp.Latin1ToLatin1 or TranscodeOp.Latin1ToUtf16 => "s s d ->",
            TranscodeOp.Utf8ToUtf16 or TranscodeOp.Utf16ToCompactProbablyUtf16 => "s s d -> d",
            TranscodeOp.Utf16ToUtf8 or TranscodeOp.Latin1ToUtf8 => "s s d d -> s d",
            TranscodeOp.Utf8ToLatin1 or TranscodeOp.Utf16ToLatin1 => "s s d -> s d",
            _ => "s s d d d -> d",
        };
        return type.Replace("s", Ptr(transcode.From), System.StringComparison.Ordinal).Replace("d", Ptr(transcode.To), System.StringComparison.Ordinal);

        static string Ptr(Import.Memory memory) => memory.Type.Is64 ? "i64" : "i32";
    }

    private static string Text(CoreFuncType type) =>
        $"{string.Join(' ', type.Params.Items)} -> {string.Join(' ', type.Results.Items)}".Trim().ToLowerInvariant();

    [Law(200)]
    public void What_every_adapter_imports_comes_first_and_in_order(AdapterPlan plan)
    {
        var adapter = plan.Build();
        CanonicalOptions lift = adapter.Lift.Options, lower = adapter.Lower.Options;
        var module = Compiled.Module([adapter], CompileOptions.Default);
        List<Import> expected = [.. Side(adapter.Lift), .. Side(adapter.Lower), new Import.Callee(adapter.Name, adapter.Callee, adapter.Lift.CoreType)];
        if (lift.PostReturn is { } postReturn)
            expected.Add(new Import.PostReturn(adapter.Name, postReturn, new(adapter.Lift.CoreType.Results, [])));
        var actual = module.Imports.Items.Select(import => import.Denotes);
        Import[] distinct = [.. expected.Distinct()];
        Assert.Equal(distinct, actual.Take(distinct.Length));

        IEnumerable<Import> Side(AdapterSide side)
        {
            var flags = new Import.InstanceFlags(side.Instance.Id);
            if (UsedFlags(module).Contains(flags))
                yield return flags;
            if (side.Options.Memory is { } memory)
                yield return new Import.Memory(memory.Id, memory.Type);
            if (side.Options.Realloc is { } realloc)
                yield return new Import.Realloc(realloc, side.Options.Memory is { Type.Is64: true } ? CoreValType.I64 : CoreValType.I32);
            if (side.Options.Callback is { } callback)
                yield return new Import.Callback(callback);
        }
    }

    [Law(200)]
    public void Flags_are_imported_exactly_where_code_uses_them(AdapterSet set, CompileOptions options)
    {
        var module = Compiled.Module(set.Build(), options);
        var imported = module.Imports.Items.Select(import => import.Denotes).OfType<Import.InstanceFlags>();
        Assert.Equal(UsedFlags(module).OrderBy(flags => flags.Instance.Value), imported.OrderBy(flags => flags.Instance.Value));
    }

    /// <summary>The flags that the code of a module reads or writes.</summary>
    private static HashSet<Import.InstanceFlags> UsedFlags(AdapterModule module)
    {
        Import.InstanceFlags[] globals = [.. module.Imports.Items.Select(import => import.Denotes).OfType<Import.InstanceFlags>()];
        HashSet<Import.InstanceFlags> used = [];
        foreach (var func in module.Code.Funcs)
        {
            NumberedCode.Visit(func, (instr, index) =>
            {
                if (instr is not Instr.Global global)
                    return;
                Assert.Equal(globals[(int)index], global.Item);
                used.Add((Import.InstanceFlags)global.Item);
            });
        }
        return used;
    }

    [Law(200)]
    public void Asynchronous_parts_have_the_types_that_hosts_know(AdapterPlan plan)
    {
        var adapter = plan.Build();
        bool lowerAsync = adapter.Lower.Options.Async, liftAsync = adapter.Lift.Options.Async;
        var exports = Compiled.Module([adapter], CompileOptions.Default).Exports;
        if (!lowerAsync && !liftAsync)
        {
            Assert.Equal([adapter.Name], exports.Items.Select(export => export.Name));
            return;
        }
        var lower = SpecAbi.For(adapter.Lower.Options.Memory is { Type.Is64: true });
        var lift = SpecAbi.For(adapter.Lift.Options.Memory is { Type.Is64: true });
        CoreFuncType start = new(
            [.. lower.FlattenTypes(Params(adapter.Lower), lowerAsync ? 4 : 16) ?? [lower.Ptr]],
            [.. lift.FlattenTypes(Params(adapter.Lift), 16) ?? [lift.Ptr]]);
        CoreValType[] returned = lift.FlattenTypes(Result(adapter.Lift), liftAsync ? 16 : 1) ?? [lift.Ptr];
        CoreFuncType @return = lower.FlattenTypes(Result(adapter.Lower), lowerAsync ? 0 : 1) is { } flat
            ? new([.. returned], [.. flat])
            : new([.. returned, lower.Ptr], []);
        Assert.Equal(
            [
                new(adapter.Name, adapter.Lower.CoreType),
                new("[async-start]" + adapter.Name, start),
                new("[async-return]" + adapter.Name, @return),
                new("[adapter-callee]" + adapter.Name, adapter.Lift.CoreType),
            ],
            exports.Items.ToArray());

        static IEnumerable<ValType> Params(AdapterSide side) => side.Type.Params.Items.Select(p => p.Type);

        static IEnumerable<ValType> Result(AdapterSide side) => side.Type.Result is { } result ? [result] : [];
    }
}
