using System.Globalization;
using System.Linq;
using Fact.Component.Binary;
using Fact.Model.Laws;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fact.Properties.Component.Binary;

/// <summary>Laws of the lexical grammar of names.</summary>
public class NameSyntaxLaws
{
    [Theory]
    [InlineData("a")]
    [InlineData("a-b-c")]
    [InlineData("a1-2-3")]
    [InlineData("A1-2-3")]
    [InlineData("m1x3d-4CR0NYMS")]
    [InlineData("[constructor]vec")]
    [InlineData("[method]vec.push-back")]
    [InlineData("[static]VEC.of-2")]
    [InlineData("ns:pkg/iface")]
    [InlineData("n-1:p-2/i-3@0.1.0")]
    [InlineData("n:p/I-3X@10.20.30-alpha.1.0a+001.x")]
    [InlineData("n:p/i@2")]
    [InlineData("n:p/i@0.3")]
    [InlineData("n:p/i@0.0.4")]
    [InlineData("n:p/i@0.0.0")]
    [InlineData("unlocked-dep=<n:p>")]
    [InlineData("unlocked-dep=<n:p/i@*>")]
    [InlineData("unlocked-dep=<n:p@{<2.0.0}>")]
    [InlineData("unlocked-dep=<n:p@{>=1.0.0}>")]
    [InlineData("locked-dep=<n:p@1.2.3>,integrity=<sha256-aGk=>")]
    [InlineData("url=<https://example.org/x>")]
    [InlineData("integrity=<sha256-aGk= sha512-AA==?x>")]
    public void These_are_names(string name) => Assert.True(NameSyntax.IsExternName(name));

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("aB")]
    [InlineData("a_b")]
    [InlineData("é")]
    [InlineData("[method]a")]
    [InlineData("[method]a.b.c")]
    [InlineData("[getter]a.b")]
    [InlineData("[constructor]")]
    [InlineData("ns:pkg")]
    [InlineData("Ns:pkg/i")]
    [InlineData("ns:pkg/i@")]
    [InlineData("ns:pkg/i@1.0")]
    [InlineData("ns:pkg/i@1.0.0-01")]
    [InlineData("ns:pkg/i@1.0.0+")]
    [InlineData("ns:pkg/i@01.0.0")]
    [InlineData("ns:pkg/i@0")]
    [InlineData("a:b:c/d")]
    [InlineData("a:b/c/d")]
    [InlineData("unlocked-dep=<n>")]
    [InlineData("unlocked-dep=<n:p@{1.0.0}>")]
    [InlineData("locked-dep=<n:p>x")]
    [InlineData("url=<a<b>")]
    [InlineData("url=")]
    [InlineData("integrity=<>")]
    [InlineData("integrity=<md5-aGk=>")]
    [InlineData("integrity=<sha256-=>")]
    public void These_are_not_names(string name) => Assert.False(NameSyntax.IsExternName(name));

    [Theory]
    [InlineData("foo", "FOO")]
    [InlineData("foo-bar", "foo-BAR")]
    [InlineData("foo-bar", "foobar")]
    [InlineData("foo-bar", "FO-OBAR")]
    [InlineData("foo", "[method]foo.foo")]
    [InlineData("FOO", "[method]foo.foo")]
    [InlineData("foo", "[static]FOO.fo-o")]
    [InlineData("a-b", "[method]a-b.AB")]
    [InlineData("[constructor]a-b", "[constructor]AB")]
    [InlineData("[method]a-b.c", "[static]ab.C")]
    [InlineData("[method]a.b", "[static]A.B")]
    [InlineData("a:b/c", "a:b/C")]
    [InlineData("a-a:b/c", "aa:b/c")]
    [InlineData("a:b/c-d@1.0.0", "a:b/CD@1.0.0")]
    public void These_conflict(string name, string other) =>
        Assert.Equal(NameSyntax.UniquenessKey(name), NameSyntax.UniquenessKey(other));

    [Theory]
    [InlineData("foo", "[constructor]foo")]
    [InlineData("foo", "[method]foo.bar")]
    [InlineData("[method]foo.bar", "[method]bar.bar")]
    [InlineData("[static]a.bc", "[static]ab.c")]
    [InlineData("[constructor]foo", "[static]foo.foo")]
    [InlineData("a:b/c", "a:b/c@1.0.0")]
    [InlineData("a:b/c@1.0.0-rc", "a:b/c@1.0.0-RC")]
    [InlineData("a:b/c@1.0.0-r-c", "a:b/c@1.0.0-rc")]
    [InlineData("url=<x>", "url=<X>")]
    public void These_do_not_conflict(string name, string other) =>
        Assert.NotEqual(NameSyntax.UniquenessKey(name), NameSyntax.UniquenessKey(other));

    [Theory]
    [InlineData("a:b/c@1", ".2.3", true)]
    [InlineData("a:b/c@0.2", ".6-rc.1", true)]
    [InlineData("a:b/c@0.0.1", "-alpha", true)]
    [InlineData("a:b/c@1.2.3", "", false)]
    [InlineData("a:b/c@1", ".2", false)]
    [InlineData("a:b/c", ".2.3", false)]
    [InlineData("plain", ".2.3", false)]
    public void A_version_suffix_completes_a_canonical_version(string name, string suffix, bool isValid) =>
        Assert.Equal(isValid, NameSyntax.IsExternName(name, suffix));

    [Law]
    public Property Words_of_one_case_joined_by_hyphens_are_a_label()
    {
        var word = Gen.Choose(0, 9).SelectMany(length => Gen.Elements("0123456789abcxyz".ToCharArray()).ArrayOf(length))
            .Select(chars => "w" + new string(chars));
        var label = word.SelectMany(
            w => Gen.Elements(false, true), (w, isAcronym) => isAcronym ? w.ToUpperInvariant() : w).NonEmptyListOf();
        return Prop.ForAll(label.ToArbitrary(), words => NameSyntax.IsLabel(string.Join('-', words)));
    }

    /// <summary>All labels of one scope. Spec: Binary.md, "All parameter labels, … must be strongly-unique in their containing scope".</summary>
    [Law(60)]
    public void Labels_conflict_as_in_Wasmtime(int seed)
    {
        var random = new System.Random(seed);
        string[] labels = [.. Enumerable.Range(0, random.Next(2, 14)).Select(_ => Label(random))];
        foreach (var (kind, items) in new[]
        {
            ("(type (record {0}))", "(field \"{0}\" u8)"),
            ("(type (variant {0}))", "(case \"{0}\")"),
            ("(type (enum {0}))", "\"{0}\""),
            ("(type (flags {0}))", "\"{0}\""),
            ("(type (func {0}))", "(param \"{0}\" u8)"),
            ("(type (instance {0}))", "(export \"{0}\" (func))"),
            ("(type (component {0}))", "(import \"{0}\" (func))"),
            ("(import \"f\" (func $f)) (instance {0})", "(export \"{0}\" (func $f))"),
            ("(type (instance {0}))", "(export \"p:q/{0}\" (instance))"),
            ("(type (instance (export \"r\" (type (sub resource))) {0}))", "(export \"[static]r.{0}\" (func))"),
        })
        {
            string all = string.Join(' ', labels.Select(l => string.Format(CultureInfo.InvariantCulture, items, l)));
            string text = $"(component {string.Format(CultureInfo.InvariantCulture, kind, all)})";
            byte[] bytes = Wasmtime.Module.ConvertText(text);
            Assert.True(EngineOracle.Accepts(bytes) == ComponentDecoder.Decode(bytes).IsRight, text);
        }
    }

    // From few letters, so that some differ in hyphens and case alone.
    private static string Label(System.Random random)
    {
        var words = Enumerable.Range(0, random.Next(1, 4)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => "abc"[random.Next(3)])));
        return string.Join('-', words.Select(word => random.Next(3) == 0 ? word.ToUpperInvariant() : word));
    }

    [Law]
    public void Any_text_is_a_name_or_not_without_an_exception(NonNull<string> text, NonNull<string> tail)
    {
        NameSyntax.IsExternName(text.Get, tail.Get);
        foreach (string head in (string[])["[method]", "a:b", "a:b/c@", "unlocked-dep=<", "locked-dep=<", "url=<", "integrity=<"])
        {
            string name = head + text.Get + tail.Get;
            if (NameSyntax.IsExternName(name))
                NameSyntax.UniquenessKey(name);
        }
    }
}
