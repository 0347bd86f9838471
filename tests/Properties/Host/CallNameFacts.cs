using System.Linq;
using Fact.Host.Calls;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>A name that can mean only one exported function means it; any other is an error that helps.</summary>
public sealed class CallNameFacts
{
    private static readonly string[] Exports =
    [
        "run", "greet", "a:shop/checkout@1.2.0#tag", "a:shop/checkout@1.2.0#greet", "a:shop/checkout@1.2.0#[method]basket.put", "b:stock/shelf#tag", "b:stock/shelf#run",
        "b:stock/shelf#[constructor]box", "plain#box", "outer@1.0.0#inner#deep",
    ];

    [Theory]
    [InlineData("run", "run")]
    [InlineData("shelf#run", "b:stock/shelf#run")]
    [InlineData("a:shop/checkout@1.2.0#tag", "a:shop/checkout@1.2.0#tag")]
    [InlineData("a:shop/checkout#tag", "a:shop/checkout@1.2.0#tag")]
    [InlineData("checkout#tag", "a:shop/checkout@1.2.0#tag")]
    [InlineData("[method]basket.put", "a:shop/checkout@1.2.0#[method]basket.put")]
    [InlineData("basket.put", "a:shop/checkout@1.2.0#[method]basket.put")]
    [InlineData("checkout#basket.put", "a:shop/checkout@1.2.0#[method]basket.put")]
    [InlineData("shelf#box", "b:stock/shelf#[constructor]box")]
    [InlineData("deep", "outer@1.0.0#inner#deep")]
    [InlineData("outer#inner#deep", "outer@1.0.0#inner#deep")]
    public void What_is_left_out_is_found(string given, string name) =>
        Assert.Equal(name, CallName.Find(given, Exports).Match(Right: found => found, Left: error => error.ToString()));

    [Theory]
    [InlineData("tag", "\"tag\": there is more than one exported function of this name: \"a:shop/checkout@1.2.0#tag\", \"b:stock/shelf#tag\"; say which")]
    [InlineData("box", "\"box\": there is more than one exported function of this name: \"b:stock/shelf#[constructor]box\", \"plain#box\"; say which")]
    [InlineData("greeet", "\"greeet\": there is no exported function of this name; did you mean \"greet\", \"a:shop/checkout@1.2.0#greet\"?")]
    [InlineData("basket.pvt", "\"basket.pvt\": there is no exported function of this name; did you mean \"a:shop/checkout@1.2.0#[method]basket.put\"?")]
    [InlineData("b:stock/shelf.tag", "\"b:stock/shelf.tag\": there is no exported function of this name; did you mean \"b:stock/shelf#tag\"?")]
    [InlineData("a:shop/checkout@1.3.0#tag", "\"a:shop/checkout@1.3.0#tag\": there is no exported function of this name; did you mean \"a:shop/checkout@1.2.0#tag\"?")]
    public void What_may_be_several_or_none_says_which(string given, string error) =>
        Assert.Equal(error, CallName.Find(given, Exports).Match(Right: found => found, Left: wrong => wrong.ToString()));

    [Fact]
    public void Where_nothing_is_near_all_are_listed()
    {
        string error = CallName.Find("quite-different", Exports).Match(Right: found => found, Left: wrong => wrong.ToString());
        Assert.All(Exports, name => Assert.Contains($"\"{name}\"", error));
        Assert.Equal("\"f\": the component exports no functions", CallName.Find("f", []).Match(Right: found => found, Left: wrong => wrong.ToString()));
    }

    [Fact]
    public void A_full_name_means_itself_whatever_else_there_is() =>
        Assert.All(Exports.Concat(["tag", "[method]basket.put"]), name => Assert.Equal(name, CallName.Find(name, [.. Exports, "tag", "[method]basket.put"])));
}
