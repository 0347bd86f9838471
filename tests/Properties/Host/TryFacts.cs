using System.Collections.Generic;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>The forms without <c>Either</c> say what those with it say.</summary>
public sealed class TryFacts
{
    private const string Text = """
        (component
          (core module $m
            (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
            (func (export "trap") unreachable)
            (func (export "nothing")))
          (core instance $i (instantiate $m))
          (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add")))
          (func (export "trap") (canon lift (core func $i "trap")))
          (func (export "nothing") (canon lift (core func $i "nothing"))))
        """;

    [Fact]
    public void A_component_that_is_fine_opens_and_runs()
    {
        using var engine = new HostEngine();
        Assert.True(ComponentHost.TryOpen(engine, Module.ConvertText(Text), out var host, out var diagnostics));
        Assert.Empty(diagnostics);
        using (host)
        {
            Assert.True(host.TryInstantiate(null, out var instance, out var failure));
            Assert.Null(failure);
            using (instance)
            {
                Assert.True(instance.TryInvoke("add", [new ComponentValue.U32(40), new ComponentValue.U32(2)], out var result, out failure));
                Assert.Equal(new ComponentValue.U32(42), result);
                Assert.Null(failure);
                Assert.True(instance.TryInvoke("nothing", [], out result, out failure));
                Assert.Null(result);
                Assert.True(new WaveSession(instance).TryInvoke("add(1, 2)", out string? text, out failure));
                Assert.Equal("3", text);
            }
        }
    }

    [Fact]
    public void What_is_wrong_is_said_as_by_the_other_form()
    {
        using var engine = new HostEngine();
        Assert.False(ComponentHost.TryOpen(engine, new byte[] { 0, 1, 2 }, out var none, out var diagnostics));
        Assert.Null(none);
        Assert.Equal(ComponentHost.Open(engine, new byte[] { 0, 1, 2 }).Match(_ => [], found => found), diagnostics);

        using var instance = HostRun.Instantiate(Text);
        foreach (var (name, arguments) in new (string, IReadOnlyList<ComponentValue>)[] { ("add", []), ("missing", []), ("trap", []) })
        {
            string expected = instance.Invoke(name, arguments).Match(_ => "no failure", failure => failure.ToString());
            // A trap poisons an instance, and so the second call says that; a call of a new instance traps again.
            using var again = HostRun.Instantiate(Text);
            Assert.False(again.TryInvoke(name, arguments, out var result, out var why));
            Assert.Null(result);
            Assert.Equal(expected, why.ToString());
        }
        Assert.False(new WaveSession(instance).TryInvoke("add(1)", out string? text, out var wrong));
        Assert.Null(text);
        Assert.Equal(new WaveSession(instance).Invoke("add(1)").Match(found => found, failure => failure.ToString()), wrong.ToString());
    }

    [Fact]
    public void An_instance_without_its_imports_is_none()
    {
        using var host = HostRun.Open("(component (import \"f\" (func)))");
        Assert.False(host.TryInstantiate(HostImports.None, out var instance, out var failure));
        Assert.Null(instance);
        Assert.Equal(host.Instantiate().Match(_ => "an instance", why => why.ToString()), failure.ToString());
    }
}
