using System;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Properties.Component.Types;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>Core types that are malformed are refused, with the offset of the byte that cannot be there.</summary>
public sealed class CoreMalformedLaws
{
    // The content of a core type section, whose first byte is at offset 10.
    [Theory]
    [InlineData(new byte[] { 1, 0x50, 1, 0x02, 0x11, 0x01, 0, 0 }, 14, "0x11 is not a sort that a module type can alias")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x02, 0x10, 0x00, 0, 0 }, 15, "0x00 is not a kind of alias in a module type")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x04 }, 13, "0x04 is not a module type declarator")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x01, 0x70, 0x08, 0 }, 18, "0x08 is not a valid limits flag of a table")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x01, 0x7f, 0x00, 0 }, 17, "not a reference type")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x02, 0x10, 0 }, 17, "0x10 is not a valid limits flag of a memory")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x02, 0x08, 0, 0x03 }, 19, "page size 2^3 of a memory is neither 1 nor 64 KiB")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x03, 0x7f, 0x04 }, 18, "0x04 is not a valid mutability of a global")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x04, 0x01, 0 }, 17, "0x01 is not a tag attribute")]
    [InlineData(new byte[] { 1, 0x50, 1, 0x00, 0, 0, 0x05 }, 16, "0x05 is not a kind of core import or export")]
    [InlineData(new byte[] { 1, 0x00, 0x60, 0, 0 }, 12, "0x60 is not a non-final sub type (0x50)")]
    [InlineData(new byte[] { 1, 0x5f, 1, 0x63, 0x80, 0x7f, 0 }, 14, "not a heap type")]
    [InlineData(new byte[] { 1, 0x5f, 1, 0x63, 0x40, 0 }, 14, "0x40 is not a heap type")]
    [InlineData(new byte[] { 1, 0x5f, 1, 0x63, 0x65, 0x40, 0 }, 15, "0x40 is not a heap type")]
    [InlineData(new byte[] { 1, 0x5d, 0x7f }, 12, "continuation of something else than a defined type")]
    [InlineData(new byte[] { 1, 0x5f, 1, 0x7f, 0x02 }, 14, "0x02 is not a mutability of a field")]
    [InlineData(new byte[] { 1, 0x5c }, 11, "0x5c is not a core type")]
    [InlineData(new byte[] { 1, 0x60, 1, 0x40, 0 }, 13, "0x40 is not a core value type")]
    [InlineData(new byte[] { 2, 0x5f, 0, 0x00, 0x50, 2, 0, 0, 0x5f, 0 }, 15, "2 items (supertype) are more than the 1 allowed")]
    public void A_core_type_that_is_malformed(byte[] section, long offset, string message)
    {
        byte[] component = Samples.Component(Samples.Section(3, section));
        var error = ComponentDecoder.Decode(component).Match(Right: _ => throw new InvalidOperationException("no error"), Left: error => error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(offset, error.Offset);
        Assert.NotNull(CoreOracle.OfComponent(component));
    }
}
