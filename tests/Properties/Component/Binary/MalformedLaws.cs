using System;
using System.Text;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Ir;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>Each mistake is found, named, and placed.</summary>
public class MalformedLaws
{
    [Theory]
    [InlineData(7, new byte[] { 0x01, 0x62 }, 11, "0x62 is not a type")]
    [InlineData(7, new byte[] { 0x02, 0x73, 0x73, 0x73 }, 13, "1 trailing bytes at the end of the type section")]
    [InlineData(7, new byte[] { 0x03, 0x73, 0x73 }, 10, "3 items (type) announced, but only 2 bytes are left")]
    [InlineData(7, new byte[] { 0x01, 0x72, 0x00 }, 11, "record without a field")]
    [InlineData(7, new byte[] { 0x01, 0x6e, 0x00 }, 11, "flags without a label")]
    [InlineData(7, new byte[] { 0x01, 0x6d, 0x01, 0x01, 0x2d }, 13, "`-` is not a label")]
    [InlineData(7, new byte[] { 0x01, 0x6d, 0x02, 0x01, 0x61, 0x01, 0x41 }, 11, "enum case `A` comes twice")]
    [InlineData(7, new byte[] { 0x01, 0x6d, 0x01, 0x01, 0xff }, 14, "not valid UTF-8")]
    [InlineData(7, new byte[] { 0x01, 0x67, 0x73, 0x00 }, 13, "length 0 of a fixed-length list")]
    [InlineData(7, new byte[] { 0x01, 0x63, 0x76, 0x73 }, 12, "map keys")]
    [InlineData(7, new byte[] { 0x01, 0x6b, 0x72 }, 12, "neither a primitive value type nor a type index")]
    [InlineData(7, new byte[] { 0x01, 0x6a, 0x02, 0x00 }, 12, "0x02 does not say whether there is a value type")]
    [InlineData(7, new byte[] { 0x01, 0x3f, 0x7d, 0x00 }, 12, "neither i32 nor i64")]
    [InlineData(7, new byte[] { 0x01, 0x40, 0x00, 0x01, 0x01 }, 14, "named results")]
    [InlineData(7, new byte[] { 0x01, 0x41, 0x01, 0x01, 0x3f, 0x7f, 0x00 }, 14, "resource type defined inside")]
    [InlineData(7, new byte[] { 0x01, 0x42, 0x01, 0x03, 0x00, 0x01, 0x61, 0x03, 0x01 }, 13, "not a declarator that can be here")]
    [InlineData(7, new byte[] { 0x01, 0x42, 0x01, 0x02, 0x01, 0x00, 0x00, 0x01, 0x61 }, 14, "neither a type nor an instance")]
    [InlineData(3, new byte[] { 0x01, 0x00, 0x60, 0x00, 0x00 }, 12, "not a non-final sub type")]
    [InlineData(3, new byte[] { 0x01, 0x60, 0x01, 0x40, 0x00 }, 13, "not a core value type")]
    [InlineData(3, new byte[] { 0x01, 0x5f, 0x01, 0x7f, 0x02 }, 14, "not a mutability")]
    [InlineData(2, new byte[] { 0x01, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00 }, 15, "0x12")]
    [InlineData(2, new byte[] { 0x01, 0x01, 0x01, 0x01, 0x66, 0x05, 0x00 }, 15, "0x05 is not a sort that a core instance can export")]
    [InlineData(5, new byte[] { 0x01, 0x01, 0x01, 0x00, 0x01, 0x31, 0x01, 0x00 }, 14, "`1` is not a valid import or export name")]
    [InlineData(5, new byte[] { 0x01, 0x02 }, 11, "0x02 is not a kind of instance")]
    [InlineData(6, new byte[] { 0x01, 0x01, 0x02, 0x00, 0x00 }, 11, "outer alias of something else")]
    [InlineData(6, new byte[] { 0x01, 0x00, 0x10, 0x01, 0x00, 0x01, 0x66 }, 11, "not one that a core instance can export")]
    [InlineData(6, new byte[] { 0x01, 0x03, 0x03, 0x00, 0x00 }, 12, "0x03 is not a kind of alias")]
    [InlineData(8, new byte[] { 0x01, 0x43 }, 11, "0x43 is not a canonical function")]
    [InlineData(8, new byte[] { 0x01, 0x01, 0x00, 0x00, 0x02, 0x00, 0x01 }, 16, "string-encoding is given twice")]
    [InlineData(8, new byte[] { 0x01, 0x01, 0x00, 0x00, 0x01, 0x0a }, 15, "0x0a is not a canonical option")]
    [InlineData(8, new byte[] { 0x01, 0x06, 0x02 }, 12, "0x02 does not say whether there is async")]
    [InlineData(8, new byte[] { 0x01, 0x29, 0x01 }, 12, "cancellable must be 0")]
    [InlineData(8, new byte[] { 0x01, 0x2d, 0x01 }, 12, "cancellable must be 0")]
    [InlineData(8, new byte[] { 0x01, 0x0c, 0x02 }, 12, "0x02 does not say whether there is cancellable")]
    [InlineData(10, new byte[] { 0x01, 0x03 }, 11, "kind of import or export name")]
    [InlineData(10, new byte[] { 0x01, 0x00, 0x01, 0x61, 0x02, 0x01, 0x7f }, 14, "not supported")]
    [InlineData(10, new byte[] { 0x01, 0x00, 0x01, 0x61, 0x00, 0x10, 0x00 }, 15, "only 0x11, a core module")]
    [InlineData(10, new byte[] { 0x02, 0x00, 0x01, 0x61, 0x03, 0x01, 0x01, 0x01, 0x41, 0x03, 0x01 }, 16, "conflicts with an earlier import")]
    [InlineData(11, new byte[] { 0x01, 0x00, 0x01, 0x61, 0x01, 0x00, 0x02 }, 16, "type ascription")]
    [InlineData(9, new byte[] { 0x00, 0x00, 0x00 }, 8, "gated feature")]
    [InlineData(12, new byte[] { 0x00 }, 8, "gated feature")]
    [InlineData(13, new byte[] { }, 8, "0x0d is not the id of a component section")]
    [InlineData(1, new byte[] { 0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00 }, 10, "core module does not begin with")]
    public void A_mistake_in_a_section_is_placed(byte section, byte[] content, long offset, string message)
    {
        var error = Error(Samples.Component(Samples.Section(section, content)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(offset, error.Offset);
    }

    [Fact]
    public void A_core_module_is_told_from_a_component() =>
        Assert.Contains("core module, not a component", Error(Samples.Module()).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_is_told_from_a_binary() =>
        Assert.Contains("text", Error(Encoding.UTF8.GetBytes("(component)")).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_version_is_named()
    {
        byte[] bytes = Samples.Component();
        bytes[4] = 12;
        Assert.Contains("version 12", Error(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_longer_than_the_input_is_an_error_at_its_size()
    {
        var error = Error(Samples.Component([7, 100, 0]));
        Assert.Equal(9, error.Offset);
        Assert.Contains("100 bytes is longer than the 1 bytes left", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_leads_to_the_mistake()
    {
        byte[] type = [0x02, 0x73, 0x72, 0x02, 0x01, 0x61, 0x73, 0x01, 0x62, 0x62];
        var error = Error(Samples.Component(Samples.Section(4, Samples.Component(Samples.Section(7, type)))));
        Assert.Equal(
            "component section at 0x8 · type section at 0x12 · type 1 · record field 1", error.Path);
    }

    [Fact]
    public void Malformed_names_are_no_error_and_no_names()
    {
        byte[] bytes = Samples.Component(Samples.Section(0, [14, .. "component-name"u8, 0xff, 0x01]));
        var names = ComponentDecoder.Decode(bytes).Match(Right: ast => ast.Names, Left: _ => null!);
        Assert.Null(names.Component);
        Assert.Empty(names.Sorts);
    }

    private static Diagnostic Error(byte[] bytes) =>
        ComponentDecoder.Decode(bytes).Match(
            Right: _ => throw new InvalidOperationException("no error"),
            Left: error => error);
}
