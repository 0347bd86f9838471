using System;
using System.Linq;
using Fact.Host;
using Fact.Ir;
using Fact.Model.Laws;
using Wasmtime;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Any input is safe: it is opened, or errors say why not.</summary>
public sealed class OpenLaws
{
    private static readonly HostEngine Engine = new();

    private static readonly byte[][] Components =
    [
        Module.ConvertText(ContextComponents.Text),
        EchoComponents.Make(ValType.Of(PrimitiveType.String), new GuestAbi(false, StringEncoding.Utf8), new GuestAbi(true, StringEncoding.Latin1OrUtf16)),
        Module.ConvertText("""
            (component
              (import "m" (core module $m (import "a" "f" (func (param i32))) (export "g" (func)) (export "t" (table 1 funcref))))
              (import "r" (type $r (sub resource)))
              (core func $drop (canon resource.drop $r))
              (core instance $i (instantiate $m (with "a" (instance (export "f" (func $drop))))))
              (func (export "g") (canon lift (core func $i "g"))))
            """),
    ];

    [Law(300)]
    public void Damaged_components_are_opened_or_refused(byte which, (ushort At, byte Value)[] changes, ushort cut)
    {
        byte[] bytes = [.. Components[which % Components.Length]];
        foreach (var (at, value) in changes.Take(4))
            bytes[at % bytes.Length] = value;
        if (cut % 8 == 0)
            bytes = bytes[..(cut % bytes.Length)];
        ComponentHost.Open(Engine, bytes).Match(
            host =>
            {
                Assert.Equal(host.Exports, ComponentExports.List(bytes).Match(Right: exports => exports.Items, Left: _ => []));
                host.Dispose();
            },
            errors => Assert.NotEmpty(errors.Items));
    }
}
