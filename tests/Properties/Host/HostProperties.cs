using System;
using System.Linq;
using Fact.Host;
using Fact.Ir;
using Fact.Model.Laws;
using Fact.Values;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>A list of values of a type that needs no name.</summary>
public sealed record UnnamedValues(ValType Element, EquatableArray<ComponentValue> Values)
{
    public override string ToString() => $"list<{TypeText.Of(Element)}>: [{string.Join(", ", Values.Items)}]";
}

public static class UnnamedGenerators
{
    public static Arbitrary<UnnamedValues> Unnamed() =>
        (from size in Gen.Choose(0, 3)
         from t in ValueGenerators.Type(size, named: false)
         from n in Gen.Choose(0, 4)
         from vs in Gen.ArrayOf(ValueGenerators.Value(t), n)
         select new UnnamedValues(t, vs.ToEquatableArray())).ToArbitrary();
}

/// <summary>What goes into a component comes out as it was, whatever the encodings and pointers on the way.</summary>
[Properties(Arbitrary = [typeof(UnnamedGenerators), typeof(GuestGenerators)])]
public sealed class HostProperties
{
    private static readonly HostEngine Engine = new();

    [Law(150)]
    public void Values_survive_the_way_through_two_guests(UnnamedValues v, GuestAbi front, GuestAbi back)
    {
        using var host = ComponentHost.Open(Engine, EchoComponents.Make(v.Element, front, back))
            .IfLeft(e => throw new InvalidOperationException(string.Join("\n", e.Items)));
        using var instance = host.Instantiate().IfLeft(e => throw new InvalidOperationException(e.ToString()));
        ComponentValue values = new ComponentValue.List(v.Values);
        for (int i = 0; i < 3; i++)
            Assert.Equal(values, instance.Invoke("echo", values).IfLeft(e => throw new InvalidOperationException(e.ToString()))
                .IfNone(() => throw new InvalidOperationException("no result")));
    }

    [Law(50)]
    public void Large_texts_survive_too(GuestAbi front, GuestAbi back, ushort length, byte seed)
    {
        string alphabet = (seed % 4) switch { 0 => "abc", 1 => "aßé", 2 => "aß☃", _ => "a😀ß" };
        string text = string.Concat(Enumerable.Repeat(alphabet, length));
        using var host = ComponentHost.Open(Engine, EchoComponents.Make(ValType.Of(PrimitiveType.String), front, back))
            .IfLeft(e => throw new InvalidOperationException(string.Join("\n", e.Items)));
        using var instance = host.Instantiate().IfLeft(e => throw new InvalidOperationException(e.ToString()));
        ComponentValue values = ComponentValues.List(ComponentValues.String(text), ComponentValues.String(""), ComponentValues.String(text));
        Assert.Equal(values, instance.Invoke("echo", values).IfLeft(e => throw new InvalidOperationException(e.ToString()))
            .IfNone(() => throw new InvalidOperationException("no result")));
    }
}
