using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Lower;

/// <summary>What a function does depends on its adapter and the options alone, not on what else is in the program.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(WildGen)])]
public sealed partial class OrderLaws
{
    [Law(100)]
    public void Code_does_not_depend_on_the_order_of_the_adapters(AdapterSet set, CompileOptions options)
    {
        var forwards = set.Build();
        EquatableArray<Adapter> backwards = [.. forwards.Items.Reverse()];
        Assert.Equal(Digests(forwards, options), Digests(backwards, options));
    }

    [Law(100)]
    public void An_adapter_has_the_same_code_alone_and_among_others(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        var together = Exported(Compiled.Program(adapters, options.Lower));
        foreach (var adapter in adapters)
        {
            foreach (var (name, digest) in Exported(Compiled.Program([adapter], options.Lower)))
                Assert.Equal(together[name], digest);
        }
    }

    [Law(100)]
    public void Helpers_of_one_program_differ(AdapterSet set, CompileOptions options)
    {
        var adapters = set.Build();
        var module = Compiled.Module(adapters, options);
        var helpers = new Digester(Compiled.Program(adapters, options.Lower)).Helpers().Distinct();
        int own = adapters.Items.Sum(adapter => adapter.Lift.Options.Async || adapter.Lower.Options.Async ? 3 : 1);
        Assert.Equal(own + helpers.Count(), module.Code.Funcs.Length);
    }

    private static IEnumerable<string> Digests(EquatableArray<Adapter> adapters, CompileOptions options) =>
        new Digester(Compiled.Program(adapters, options.Lower)).All().Distinct().Order();

    private static Dictionary<string, string> Exported(AdapterProgram program)
    {
        var digester = new Digester(program);
        return program.Adapters.Items.SelectMany(adapter => adapter.Exports.Items)
            .Where(export => export.Func is FuncRef.Defined)
            .ToDictionary(export => export.Name, export => digester.Of(((FuncRef.Defined)export.Func).Id));
    }

    /// <summary>Digests of functions in which calls are replaced by the digests of what they call.</summary>
    private sealed partial class Digester(AdapterProgram program)
    {
        private readonly Dictionary<FuncId, SymbolicFunc> funcs =
            program.Adapters.Items.SelectMany(adapter => adapter.Funcs.Items).ToDictionary(func => func.Id);

        private readonly Dictionary<FuncId, string> known = [];

        public IEnumerable<string> All() => funcs.Keys.Select(Of);

        public IEnumerable<string> Helpers() => funcs.Values.Where(func => func.Role == FuncRole.Helper).Select(func => Of(func.Id));

        public string Of(FuncId id)
        {
            if (known.TryGetValue(id, out string? digest))
                return digest;
            var func = funcs[id];
            string text = $"{func.Type} {string.Join(',', func.Locals.Items.Select(local => local.Type))} {func.Body}";
            text = Call().Replace(text, match => Of(new FuncId(int.Parse(match.Groups[1].Value))));
            digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            known.Add(id, digest);
            return digest;
        }

        [GeneratedRegex(@"\bFuncId \{ Value = (\d+) \}")]
        private static partial Regex Call();
    }
}
