using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>What is in <c>samples/web</c> runs fused components in Node.js and in a browser.</summary>
public sealed class WebSampleFacts
{
    private static string Web { get; } = Path.Combine(Repository.Root, "samples", "web");

    [NodeTheory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("crème fraîche 🍓")]
    [InlineData("\uFEFFmarked")]
    public void Strings_go_through_three_encodings_in_node(string text)
    {
        using var folder = new TemporaryFolder();
        string module = Fused(folder, Repository.Sample("strings"));
        string argument = JsonSerializer.Serialize(text);

        Assert.Equal(text, JsonDocument.Parse(Node(module, "echo", argument)).RootElement.GetString());
        Holds(text, JsonDocument.Parse(Node(module, "measure", argument)).RootElement);
    }

    [NodeFact]
    public void A_component_made_by_real_tools_runs_in_node()
    {
        using var folder = new TemporaryFolder();
        string module = Fused(folder, Path.Combine(Repository.Root, "samples", "real", "shop.wasm"));

        // What samples/real/README.md shows of the component.
        Assert.Equal("\"crème fraîche 🍓, per litre\"\n", Node(module, "sample:shop/checkout#tag", "\"crème fraîche 🍓\"", "\"litre\""));
        Assert.Equal("{\"baskets\":0,\"warehouse-blocks\":0,\"shop-blocks\":0}\n", Node(module, "sample:shop/checkout#in-use"));
    }

    [ChromiumFact]
    public void The_page_shows_what_the_component_says()
    {
        using TemporaryFolder folder = new(), profile = new();
        foreach (string file in Directory.EnumerateFiles(Web))
            File.Copy(file, folder[Path.GetFileName(file)]);
        ToolRun.Of("fuse", Repository.Sample("strings"), "-o", folder["strings.wasm"]).Succeeds();
        using var server = Serve(folder.Path, out string address);

        var start = new ProcessStartInfo(ChromiumFactAttribute.Program!);
        foreach (string argument in new[] { "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + profile.Path, "--virtual-time-budget=60000",
            "--dump-dom", address })
            start.ArgumentList.Add(argument);
        string dom = Run(start).Output;
        string shown = dom[(dom.IndexOf("<pre id=\"result\">", StringComparison.Ordinal) + 17)..dom.IndexOf("</pre>", StringComparison.Ordinal)];
        Assert.True(shown.StartsWith('{'), dom);
        var result = JsonDocument.Parse(shown).RootElement;
        Assert.Equal("crème fraîche 🍓", result.GetProperty("echo").GetString());
        Holds("crème fraîche 🍓", result);
    }

    private static void Holds(string text, JsonElement measured)
    {
        Assert.Equal(Encoding.UTF8.GetByteCount(text), measured.GetProperty("utf8-bytes").GetInt32());
        Assert.Equal(text.Length, measured.GetProperty("utf16-units").GetInt32());
        Assert.Equal(text.All(unit => unit <= 0xFF), measured.GetProperty("latin1").GetBoolean());
    }

    private static string Fused(TemporaryFolder folder, string component)
    {
        ToolRun.Of("fuse", component, "-o", folder["fused.wasm"]).Succeeds();
        return folder["fused.wasm"];
    }

    private static string Node(params string[] args)
    {
        var start = new ProcessStartInfo(NodeFactAttribute.Program!);
        foreach (string argument in args.Prepend(Path.Combine(Web, "call.mjs")))
            start.ArgumentList.Add(argument);
        var run = Run(start);
        Assert.True(run.Code == 0, run.Errors);
        return run.Output;
    }

    private static ToolRun Run(ProcessStartInfo start)
    {
        var run = Task.Run(() => ToolProcess.Run(start));
        return run.Wait(TimeSpan.FromMinutes(5)) ? run.Result : throw new TimeoutException($"{start.FileName} does not end");
    }

    private static HttpListener Serve(string folder, out string address)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }
        var server = new HttpListener();
        server.Prefixes.Add(address);
        server.Start();
        new Thread(() => Answer(server, folder)) { IsBackground = true }.Start();
        return server;
    }

    private static void Answer(HttpListener server, string folder)
    {
        try
        {
            while (true)
            {
                var context = server.GetContext();
                string name = Path.GetFileName(context.Request.Url!.LocalPath), path = Path.Combine(folder, name.Length == 0 ? "index.html" : name);
                using var response = context.Response;
                response.StatusCode = File.Exists(path) ? 200 : 404;
                response.ContentType = Path.GetExtension(path) switch
                {
                    ".js" => "text/javascript",
                    ".html" => "text/html; charset=utf-8",
                    ".json" => "application/json",
                    _ => "application/wasm",
                };
                if (File.Exists(path))
                    response.OutputStream.Write(File.ReadAllBytes(path));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
