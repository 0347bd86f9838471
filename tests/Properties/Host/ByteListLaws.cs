using System;
using System.Linq;
using Fact.Host;
using Fact.Model.Laws;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>Nobody can tell a list that is kept as bytes from one of the same values, but by what it costs.</summary>
public sealed class ByteListLaws
{
    [Law(200)]
    public void Bytes_are_the_list_of_their_values(byte[] bytes, byte[] others)
    {
        ComponentValue list = ComponentValues.ListOfU8(bytes), values = ComponentValues.List(bytes.Select(ComponentValues.U8));
        Assert.Equal(values, list);
        Assert.Equal(list, values);
        Assert.Equal(values.GetHashCode(), list.GetHashCode());
        Assert.Equal(values.ToString(), list.ToString());
        Assert.Equal(bytes.SequenceEqual(others), list.Equals(ComponentValues.ListOfU8(others)));
        Assert.Equal(bytes.SequenceEqual(others), values.Equals(ComponentValues.ListOfU8(others)));
        foreach (var value in new[] { list, values })
        {
            Assert.True(ComponentValues.TryGetBytes(value, out var found));
            Assert.Equal(bytes, found.ToArray());
        }
    }

    [Fact]
    public void What_is_no_list_of_bytes_has_none()
    {
        foreach (var value in new[] { ComponentValues.List(ComponentValues.S8(1)), ComponentValues.U8(1),
            ComponentValues.List(ComponentValues.U8(1), ComponentValues.U16(1)) })
            Assert.False(ComponentValues.TryGetBytes(value, out _));
        Assert.True(ComponentValues.TryGetBytes(ComponentValues.List(), out var none) && none.IsEmpty);
    }

    [Fact]
    public void A_megabyte_costs_a_few_megabytes_on_its_way_in_and_out()
    {
        using var instance = HostRun.Instantiate("""
            (component
              (core module $m (memory (export "m") 64)
                (func (export "r") (param i32 i32 i32 i32) (result i32) i32.const 1024)
                (func (export "f") (param i32 i32) (result i32)
                  (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1)) (i32.const 0)))
              (core instance $i (instantiate $m))
              (func (export "f") (param "b" (list u8)) (result (list u8))
                (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "r")))))
            """);
        byte[] bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        var list = ComponentValues.ListOfU8(bytes);
        instance.Invoke("f", list);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = instance.Invoke("f", list);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2 << 20);
        Assert.Equal(list, result.Match(value => value.MatchUnsafe(found => found, () => null!), _ => null!));
    }
}
