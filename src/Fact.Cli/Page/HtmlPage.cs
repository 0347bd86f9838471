using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Cli.Explain;
using Fact.Cli.Inspect;
using Fact.Ir;
using static System.FormattableString;

namespace Fact.Cli.Page;

/// <summary>
/// The report on a component as one page of HTML, which needs no network and runs no script: what is clicked is a link, and the style sheet shows what the link leads to.
/// </summary>
internal sealed class HtmlPage
{
    // Of more than that nobody reads a list; programs get all of it.
    private const int MaxListed = 10_000;

    private readonly string input;
    private readonly CompiledComponent component;
    private readonly ReportNames names;
    private readonly IReadOnlyList<AdapterReport> adapters;
    private readonly EquatableArray<ExplainReport> explained;
    private readonly InstanceGraph graph;
    private readonly ILookup<uint, CallGroup> groupsOf;
    private readonly GraphSvg? picture;

    /// <param name="input">What the component is called.</param>
    /// <param name="component">The component.</param>
    /// <param name="names">What things in it are called.</param>
    /// <param name="adapters">Its adapters.</param>
    /// <param name="explained">The explanation of each.</param>
    public HtmlPage(string input, CompiledComponent component, ReportNames names, IReadOnlyList<AdapterReport> adapters, EquatableArray<ExplainReport> explained)
    {
        (this.input, this.component, this.names, this.adapters, this.explained) = (input, component, names, adapters, explained);
        graph = InstanceGraph.Of(component.Plan, names, adapters);
        groupsOf = graph.Groups.Items.SelectMany(group => new[] { group.Caller, group.Callee }.Distinct().Select(instance => (instance, group)))
            .ToLookup(of => of.instance, of => of.group);
        picture = GraphSvg.CanDraw(graph) ? new GraphSvg(graph, names, adapters) : null;
    }

    /// <summary>Writes the page.</summary>
    public void Write(TextWriter to)
    {
        string title = Html.Text(input);
        to.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        to.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        to.Write("<meta name=\"viewport\" content=\"width=device-width\">\n");
        to.Write($"<title>{title}</title>\n<style>\n{PageStyle.Sheet}");
        foreach (string link in picture?.Links() ?? [])
            to.Write($"body:has(#{link}:target) svg a[href=\"#{link}\"]{{--mark:var(--accent);font-weight:bold}}\n");
        to.Write("</style>\n</head>\n<body>\n<main>\n");
        int leftOut = adapters.Count(report => report.Module is null);
        to.Write($"<h1>{title}</h1>\n<p>{Counted(adapters.Count, "adapter")}{(leftOut == 0 ? "" : Invariant($", {leftOut} of them left out"))}, ");
        to.Write($"{Counted(component.Plan.Instances.Length, "component instance")}, {Counted(component.Plan.CoreModules.Length, "core module")}</p>\n");
        Modules(to);
        to.Write("<h2>Who calls whom</h2>\n");
        if (picture is not null)
            picture.Write(to);
        else
            to.Write(graph.Instances.IsEmpty ? "<p>Nobody calls anybody.</p>\n" : "<p>There is too much to draw; the list below has it.</p>\n");
        Adapters(to);
        to.Write($"<h2>Imports and exports</h2>\n<pre>{Html.Lines(string.Join('\n', WitText.Of(component.Plan, names)))}</pre>\n</main>\n");
        to.Write("<aside aria-label=\"what is chosen\">\n<a class=\"close\" href=\"#nothing\" aria-label=\"close\">×</a>\n");
        to.Write("<p class=\"hint\" id=\"nothing\">Choose an instance or an adapter: what is known of it comes here.</p>\n");
        for (int i = 0; i < graph.Groups.Length && i < MaxListed; i++)
            Calls(to, i);
        foreach (uint instance in graph.Instances.Items.Take(MaxListed))
            Instance(to, instance);
        Outside(to, "exports", "Exports", "What is outside calls", graph.Exports);
        Outside(to, "imports", "Imports", "The host provides", graph.Imports);
        for (int i = 0; i < adapters.Count && i < MaxListed; i++)
            Adapter(to, adapters[i], explained[i]);
        to.Write("</aside>\n</body>\n</html>\n");
    }

    private void Modules(TextWriter to)
    {
        to.Write($"<table>\n{Columns("module", "adapters", "bytes")}");
        if (component.Runtime is { } runtime)
            to.Write(Invariant($"<tr><td>runtime<td class=\"n\">0<td class=\"n\">{runtime.Bytes.Length}\n"));
        for (int i = 0; i < component.AdapterModules.Length && i < MaxListed; i++)
        {
            int count = component.Plan.AdapterModules[i].Adapters.Length, bytes = component.AdapterModules[i].Bytes.Length;
            to.Write(Invariant($"<tr><td>adapters-{i}<td class=\"n\">{count}<td class=\"n\">{bytes}\n"));
        }
        to.Write("</table>\n");
    }

    private void Adapters(TextWriter to)
    {
        to.Write($"<h2>Adapters</h2>\n<table>\n{Columns("adapter", "function", "caller", "callee", "bytes", "helpers")}");
        foreach (var report in adapters.Take(MaxListed))
        {
            uint caller = report.Adapter.Lower.Instance.Id.Value, callee = report.Adapter.Lift.Instance.Id.Value;
            to.Write($"<tr><td><a href=\"#{report.Adapter.Name}\">{report.Adapter.Name}</a><td class=\"f\">{Html.Name(report.Func ?? "")}");
            to.Write($"<td>{Link(caller)}<td>{Link(callee)}");
            to.Write(report.Module is null ? "<td class=\"n\">left out<td>\n" : Invariant($"<td class=\"n\">{report.Bytes}<td class=\"n\">{report.HelperBytes}\n"));
        }
        to.Write("</table>\n");
        if (adapters.Count > MaxListed)
            to.Write(Invariant($"<p>… and {adapters.Count - MaxListed} more</p>\n"));
    }

    private void Calls(TextWriter to, int number)
    {
        var group = graph.Groups[number];
        to.Write(Invariant($"<section id=\"calls{number}\"><h2>{Link(group.Caller)} calls {Link(group.Callee)}</h2>\n"));
        List(to, group.Adapters.Items.Take(MaxListed));
        to.Write("</section>\n");
    }

    private void Instance(TextWriter to, uint instance)
    {
        var planned = component.Plan.Instances[(int)instance];
        to.Write(Invariant($"<section id=\"instance{instance}\"><h2>{Name(instance)}</h2>\n<p>"));
        to.Write(planned.Parent is { } parent ? Invariant($"Of the component at 0x{planned.Offset:x}, in {Html.Text(names.Instance(parent))}.") : "The root.");
        to.Write("</p>\n");
        foreach (var group in groupsOf[instance])
        {
            to.Write(group.Caller == instance ? $"<h3>calls {Link(group.Callee)}</h3>\n" : $"<h3>is called by {Link(group.Caller)}</h3>\n");
            List(to, group.Adapters.Items.Take(GraphSvg.MostInstances));
        }
        Names(to, "exports to what is outside", graph.Exports.GetValueOrDefault(instance));
        Names(to, "imports from the host", graph.Imports.GetValueOrDefault(instance));
        to.Write("</section>\n");
    }

    private void Outside(TextWriter to, string id, string title, string verb, IReadOnlyDictionary<uint, List<string>> of)
    {
        if (of.Count == 0)
            return;
        to.Write($"<section id=\"{id}\"><h2>{title}</h2>\n");
        foreach (var (instance, functions) in of)
            Names(to, $"{verb}, of {names.Instance(new InstanceId(instance))}", functions);
        to.Write("</section>\n");
    }

    private static void Names(TextWriter to, string title, List<string>? functions)
    {
        if (functions is null)
            return;
        to.Write($"<h3>{Html.Text(title)}</h3>\n<ul>\n");
        foreach (string function in functions.Take(MaxListed))
            to.Write($"<li>{Html.Text(function)}\n");
        to.Write("</ul>\n");
    }

    private void Adapter(TextWriter to, AdapterReport report, ExplainReport explanation)
    {
        string name = report.Func is null ? report.Adapter.Name : $"{report.Adapter.Name} {report.Func}";
        to.Write($"<section id=\"{report.Adapter.Name}\"><h2>{Html.Name(name)}</h2>\n<p><code>{Html.Text(report.Signature)}</code></p>\n<dl>\n");
        to.Write($"<dt>caller<dd>{Html.Text(InspectText.Side(report.Adapter.Lower, names))}\n<dt>callee<dd>{Html.Text(InspectText.Side(report.Adapter.Lift, names))}\n");
        to.Write($"<dt>host<dd>{Html.Text(InspectText.Host(report))}\n<dt>in<dd>{Html.Text(InspectText.Place(report))}\n</dl>\n");
        using var text = new StringWriter();
        ExplainText.WriteBody(text, static (part, _) => part, explanation);
        to.Write($"<pre>{Html.Lines(text.ToString().Trim('\n'))}</pre>\n</section>\n");
    }

    private void List(TextWriter to, IEnumerable<int> of)
    {
        to.Write("<ul>\n");
        foreach (int at in of)
        {
            var report = adapters[at];
            to.Write($"<li><a href=\"#{report.Adapter.Name}\">{report.Adapter.Name}</a> {Html.Text(report.FuncName is { } name ? Printable.Short(name) : "")}");
            to.Write($", {Html.Text(report.Module is null ? "left out" : Invariant($"{report.Bytes} bytes"))}\n");
        }
        to.Write("</ul>\n");
    }

    private static string Columns(params string[] names) => $"<tr>{string.Concat(names.Select(name => $"<th scope=\"col\">{name}"))}\n";

    private string Link(uint instance) => Invariant($"<a href=\"#instance{instance}\">{Name(instance)}</a>");

    private string Name(uint instance) => Html.Text(names.Instance(new InstanceId(instance)));

    private static string Counted(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
