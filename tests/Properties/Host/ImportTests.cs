using System;
using System.Collections.Generic;
using Fact.Host;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>What hosts give to components: by compatible version, with state of each instance, or not at all.</summary>
public sealed class ImportTests
{
    private static string Calling(string import) => $$"""
        (component
          (import "{{import}}" (instance $i (export "f" (func (result u32)))))
          (core func $f (canon lower (func $i "f")))
          (core module $m (import "" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)) (func (export "h") (result i32) i32.const 7))
          (core instance $m (instantiate $m (with "" (instance (export "f" (func $f))))))
          (func (export "g") (result u32) (canon lift (core func $m "g")))
          (func (export "h") (result u32) (canon lift (core func $m "h"))))
        """;

    private static HostFunction Returns(uint value) => _ => ComponentValues.U32(value);

    [Theory]
    [InlineData("a:b/c@0.2.0", "a:b/c@0.2.3", true)]
    [InlineData("a:b/c@0.2.3", "a:b/c@0.2.0", true)]
    [InlineData("a:b/c@0.2.3", "a:b/c@0.3.3", false)]
    [InlineData("a:b/c@1.2.3", "a:b/c@1.0.0", true)]
    [InlineData("a:b/c@1.2.3", "a:b/c@2.2.3", false)]
    [InlineData("a:b/c@0.0.3", "a:b/c@0.0.4", false)]
    [InlineData("a:b/c@0.0.3", "a:b/c@0.0.3+build", true)]
    [InlineData("a:b/c@0.2.0-rc1", "a:b/c@0.2.0", false)]
    [InlineData("a:b/c@0.2.0", "a:b/c@0.2.0-rc1", false)]
    [InlineData("a:b/c@0.2.0-rc1", "a:b/c@0.2.0-rc1", true)]
    [InlineData("a:b/c", "a:b/c@0.2.0", false)]
    [InlineData("a:b/d@0.2.0", "a:b/c@0.2.0", false)]
    public void Compatible_versions_serve_for_each_other(string given, string imported, bool serves) =>
        Assert.Equal(serves, HostRun.Open(Calling(imported)).Instantiate(HostImports.None.WithFunction(given + "#f", Returns(1))).IsRight);

    [Fact]
    public void The_version_itself_comes_first_and_then_the_one_that_was_given_last()
    {
        var imports = HostImports.None.WithFunction("a:b/c@0.2.0#f", Returns(0)).WithFunction("a:b/c@0.2.9#f", Returns(9)).WithFunction("a:b/c@0.2.4#f", Returns(4));
        foreach (var (version, result) in new[] { ("0.2.0", "0"), ("0.2.9", "9"), ("0.2.4", "4"), ("0.2.5", "4") })
            HostRun.Calls(HostRun.Instantiate(Calling("a:b/c@" + version), imports), ("g()", result));
    }

    private sealed class Counter(List<string> log) : IDisposable
    {
        public uint Count { get; set; }

        public void Dispose() => log.Add("disposed at " + Count);
    }

    [Fact]
    public void Every_instance_has_state_of_its_own_which_ends_with_it()
    {
        var log = new List<string>();
        var imports = HostImports.None.WithFunction("a:b/c#f", new HostState<Counter>(() => new(log)), counter => _ => ComponentValues.U32(++counter.Count));
        using (var one = HostRun.Instantiate(Calling("a:b/c"), imports))
        {
            using var other = HostRun.Instantiate(Calling("a:b/c"), imports);
            HostRun.Calls(one, ("g()", "1"), ("g()", "2"));
            HostRun.Calls(other, ("g()", "1"));
            Assert.Empty(log);
        }
        Assert.Equal(["disposed at 1", "disposed at 2"], log);
    }

    [Fact]
    public void State_that_nobody_needs_is_not_made_and_what_cannot_be_made_is_an_error()
    {
        var broken = new HostState<Counter>(() => throw new InvalidOperationException("no counters are left"));
        HostRun.Calls(HostRun.Instantiate("(component)", HostImports.None.WithFunction("a:b/c#f", broken, _ => Returns(1))));
        string error = HostRun.InstantiateError(Calling("a:b/c"), HostImports.None.WithFunction("a:b/c#f", broken, _ => Returns(1)));
        Assert.Contains("what the host keeps for the instance could not be made: no counters are left", error, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_import_is_needed_only_when_it_is_called()
    {
        var instance = HostRun.Instantiate(Calling("a:b/c@0.2.0"), HostImports.None.TrapMissing());
        HostRun.Calls(instance, ("h()", "7"), ("g()", "trap: a missing import was called: \"a:b/c@0.2.0#f\", func() -> u32"));
    }

    [Fact]
    public void Missing_resource_types_are_made_up_and_core_modules_are_not()
    {
        var imports = HostImports.None.TrapMissing().WithFunction("unused", Returns(1));
        Assert.Equal("no error", HostRun.InstantiateError(
            """(component (import "r" (type (sub resource))) (import "i" (instance (export "r" (type (sub resource))))))""", imports));
        Assert.Contains(
            "import \"m\": missing: it must be a core module", HostRun.InstantiateError("""(component (import "m" (core module (export "f" (func)))))""", imports),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_host_function_can_end_the_instance(int code)
    {
        var imports = HostImports.None.WithFunction("a:b/c#f", _ => throw new ComponentExitException(code));
        var instance = HostRun.Instantiate(Calling("a:b/c"), imports);
        Assert.Equal(new CallFailure.Exited(code), instance.Invoke("g").Match(_ => null!, failure => failure));
        HostRun.Calls(instance, ("h()", "trap: cannot enter component instance"));
    }

    [Fact]
    public void An_instance_can_end_while_it_starts()
    {
        var imports = HostImports.None.WithFunction("f", _ => throw new ComponentExitException(4));
        var failure = HostRun.Open("""
            (component
              (import "f" (func $f))
              (core func $f (canon lower (func $f)))
              (core module $m (import "" "f" (func $f)) (start $f))
              (core instance (instantiate $m (with "" (instance (export "f" (func $f)))))))
            """).Instantiate(imports);
        Assert.Equal(new CallFailure.Exited(4), failure.Match(_ => null!, left => left));
    }
}
