using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary><c>fact inspect --html</c> and <c>--dot</c>: nothing from a component is markup, and everything that is linked to is there.</summary>
public sealed class PageFacts
{
    private const string Hostile = "</title></style></section><script>alert(1)</script><img src=x onerror='alert(2)'>\"&lt;\u202e";

    /// <summary>All tags that the page is made of; what else there may be in a tag is in quotes.</summary>
    private static readonly Regex Tag = new(
        @"\G<(!DOCTYPE html|/?(html|head|title|style|body|main|aside|h1|h2|h3|p|ul|li|dl|dt|dd|table|tr|th|td|pre|code|section|svg|defs|marker|path|rect|text|a|meta|"
        + @"wbr))((?: (?:class|id|href|lang|charset|name|content|http-equiv|role|scope|aria-label|viewBox|width|height|refX|refY"
        + @"|markerWidth|markerHeight|orient|d|x|y|rx)=""[^""<>]*"")*)/?>");

    [Fact]
    public void A_page_has_a_place_for_all_that_it_links_to()
    {
        foreach (string sample in Repository.Samples)
            Holds(ToolRun.Of("inspect", sample, "--html").Succeeds().Output);
    }

    [CorpusFact]
    public void A_page_of_a_real_component_has_too()
    {
        using var folder = new TemporaryFolder();
        foreach (var (_, bytes) in Corpus.Components)
        {
            var run = ToolRun.Of("inspect", folder.Write("c.wasm", bytes), "--html");
            if (run.Code == 0)
                Holds(run.Output);
        }
    }

    [Fact]
    public void Names_are_no_markup()
    {
        using var folder = new TemporaryFolder();
        // Not every system takes all characters in names of files.
        var (file, shown) = OperatingSystem.IsWindows() ? ("&b.wasm", "&amp;b.wasm") : ("<b>&.wasm", "&lt;b&gt;&amp;.wasm");
        string page = ToolRun.Of("inspect", folder.Write(file, Named(Hostile)), "--html").Succeeds().Output;
        Holds(page);
        Assert.Contains("&lt;/title&gt;&lt;/style&gt;", page, StringComparison.Ordinal);
        Assert.Contains("\\u{202e}", page, StringComparison.Ordinal);
        Assert.Contains(shown, page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_a_component_without_calls_says_so()
    {
        using var folder = new TemporaryFolder();
        string page = ToolRun.Of("inspect", folder.Write("empty.wat", "(component)"), "--html").Succeeds().Output;
        Holds(page);
        Assert.Contains("Nobody calls anybody", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_a_graph_are_no_syntax()
    {
        using var folder = new TemporaryFolder();
        string graph = ToolRun.Of("inspect", folder.Write("c.wasm", Named("a\"];b\\N&lt;\n")), "--dot").Succeeds().Output;
        Assert.Contains("label=\"instance 1 \\\"a\\\"];b\\\\N&amp;lt;\\\\u{a}\\\"\"]\n", graph, StringComparison.Ordinal);
        // Without what is in quotes, it is made of our words alone.
        string syntax = Regex.Replace(graph, "\"(?:[^\"\\\\]|\\\\.)*\"", "S");
        Assert.Matches(@"^digraph component \{\n(  [a-zA-Z0-9 =,>\[\]-]+\n)+\}\n$", syntax);
        Assert.Contains("  instance2 -> adapter0\n  adapter0 -> instance1\n", graph, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_has_one_form() =>
        ToolRun.Of("inspect", Repository.Sample("numbers"), "--html", "--json").Fails(2, "choose one");

    [ChromiumFact]
    public void In_a_browser_what_is_clicked_is_shown_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string hostile = folder.Write("hostile.wasm", Named(Hostile));
        foreach (string component in Repository.Samples.Append(hostile))
        {
            // The page itself lets no script run; this one looks at it from inside.
            string page = ToolRun.Of("inspect", component, "--html").Succeeds().Output;
            string watched = Regex.Replace(page, "<meta http-equiv=[^>]*>", "").Replace("</body>", $"<script>{Watch}</script></body>", StringComparison.Ordinal);
            string dom = Browser.Dom(folder.Write("page.html", watched), folder.Path);
            var result = Regex.Match(dom, "data-result=\"([^\"]*)\"");
            Assert.True(result.Success, dom);
            Assert.Matches("^[1-9][0-9]* links, 0 scripts of others, wrong: $", result.Groups[1].Value);
        }
    }

    private const string Watch = """
        const wrong = [], links = [...document.querySelectorAll('a')];
        const shown = () => [...document.querySelectorAll('section')].filter(s => getComputedStyle(s).display !== 'none').map(s => s.id);
        if (shown().length) wrong.push('at first: ' + shown());
        for (const link of links) {
          link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }));
          const id = (link.getAttribute('href') || '').slice(1);
          if (shown().join() !== (id === 'nothing' ? '' : id)) wrong.push(id + ': ' + shown());
        }
        document.documentElement.dataset.result = `${links.length} links, ${document.scripts.length - 1} scripts of others, wrong: ${wrong.join('; ')}`;
        """;

    private static void Holds(string page)
    {
        for (int at = page.IndexOf('<', StringComparison.Ordinal); at >= 0; at = page.IndexOf('<', at + 1))
        {
            var tag = Tag.Match(page, at);
            Assert.True(tag.Success, page[at..Math.Min(page.Length, at + 200)]);
            // The content of a style sheet is no markup, and ends where it is ours to end.
            if (tag.Groups[1].Value == "style")
                at = page.IndexOf("</style>", at, StringComparison.Ordinal) - 1;
        }
        string[] ids = [.. Regex.Matches(page, " id=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(page, " href=\"([^\"]*)\"").Select(match => match.Groups[1].Value).Distinct(), link => Assert.Contains(link[1..], ids));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.EndsWith("</body>\n</html>\n", page, StringComparison.Ordinal);
    }

    /// <summary>Two components of which one calls the other through an adapter; a name section calls both by a name.</summary>
    private static byte[] Named(string name)
    {
        byte[] component = Wasmtime.Module.ConvertText(File.ReadAllText(Repository.Sample("numbers")));
        byte[] text = Encoding.UTF8.GetBytes(name), title = Encoding.UTF8.GetBytes("component-name");
        // Of the subsection for sorts: instances, which are sort 5.
        byte[] named = [0, .. Length(text.Length), .. text], all = [5, 2, .. named, 1, .. named[1..]];
        byte[] section = [(byte)title.Length, .. title, 1, .. Length(all.Length), .. all];
        return [.. component, 0, .. Length(section.Length), .. section];

        static byte[] Length(int value) => value < 128 ? [(byte)value] : [(byte)(value | 0x80), (byte)(value >> 7)];
    }
}

/// <summary>A browser that shows a page to nobody.</summary>
internal static class Browser
{
    /// <summary>What a page is once its scripts have run.</summary>
    public static string Dom(string file, string folder)
    {
        var run = ToolProcess.Run(new ProcessStartInfo(ChromiumFactAttribute.Program!, [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", $"--user-data-dir={Path.Combine(folder, "profile")}", "--dump-dom",
                new Uri(file).AbsoluteUri]));
        return run.Output;
    }
}
