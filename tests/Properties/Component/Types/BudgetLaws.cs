using System;
using System.Linq;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Model.Laws;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Component.Types;

/// <summary>What checking costs is counted: small components of types that write out to large ones end with an error before they take much.</summary>
public sealed class BudgetLaws
{
    /// <summary>Bytes that may be allocated on the way, most of them garbage.</summary>
    private const long Most = 300_000_000;

    [Law(25)]
    public void Types_that_double_take_no_more_than_the_budget(int a, int b)
    {
        var random = new Random((a * 1_000) + b);
        byte[] bytes = Module.ConvertText(new Doubling(random).Component());
        var (error, allocated) = Check(bytes);
        Assert.True(allocated < Most + (100L * bytes.Length), $"{bytes.Length} bytes allocate {allocated} bytes: {error}");
    }

    [Fact]
    public void Imports_of_an_instance_type_with_many_resource_types_end_early()
    {
        string levels = string.Concat(Enumerable.Range(1, 14).Select(i =>
            $"(type $t{i} (instance (alias outer 1 $t{i - 1} (type $t)) (export \"left\" (instance (type $t))) (export \"right\" (instance (type $t)))))"));
        string imports = string.Concat(Enumerable.Range(0, 40).Select(i => $"(import \"i{i}\" (instance (type $t14)))"));
        var (error, allocated) = Check(Module.ConvertText($"(component (type $t0 (instance (export \"r\" (type (sub resource))))) {levels} {imports})"));
        Assert.Contains("too large to check", error, StringComparison.Ordinal);
        Assert.True(allocated < 200_000_000, $"{allocated} bytes");
    }

    /// <summary>Names are hashed with each copy: a long one costs more than a short one.</summary>
    [Fact]
    public void Long_names_count()
    {
        string Text(string name)
        {
            string levels = string.Concat(Enumerable.Range(1, 10).Select(i =>
                $"(type $t{i} (instance (alias outer 1 $t{i - 1} (type $t)) (export \"{name}-a\" (instance (type $t))) (export \"{name}-b\" (instance (type $t)))))"));
            string imports = string.Concat(Enumerable.Range(0, 20).Select(i => $"(import \"i{i}\" (instance (type $t10)))"));
            return $"(component (type $t0 (instance (export \"{name}\" (type (sub resource))))) {levels} {imports})";
        }
        Assert.Equal("", Check(Module.ConvertText(Text("x"))).Error);
        Assert.Contains("too large to check", Check(Module.ConvertText(Text(new string('x', 20_000)))).Error, StringComparison.Ordinal);
    }

    private static (string Error, long Allocated) Check(byte[] bytes)
    {
        var context = new CheckContext();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ComponentDecoder.Decode(bytes).IfRight(ast => ComponentChecker.Check(context, ast));
        return (context.Error?.ToString() ?? "", GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
