namespace Fact.Cli.Page;

/// <summary>How the page looks, by light and by dark.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet. What a link leads to beside the graph is shown, all else there is not.</summary>
    public const string Sheet = """
        :root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#6a737d;--line:#d0d7de;--panel:#f6f8fa;--box:#ddf4ff;--group:#fff;--accent:#0969da}
        @media(prefers-color-scheme:dark){
        :root{--back:#0d1117;--text:#e6edf3;--soft:#8d96a0;--line:#30363d;--panel:#161b22;--box:#0c2d5e;--group:#161b22;--accent:#4493f8}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--text);font:14px/1.5 system-ui,sans-serif}
        main{padding:16px 24px;margin-right:42vw;overflow-x:auto}
        aside{position:fixed;top:0;right:0;bottom:0;width:42vw;overflow:auto;padding:16px 24px;background:var(--panel);border-left:1px solid var(--line)}
        h1{font-size:20px;margin:0 0 8px}h2{font-size:16px;margin:20px 0 8px}h3{font-size:14px;margin:14px 0 4px}
        aside h2{margin-top:0}
        h1,h2,h3,li,dd,td{overflow-wrap:anywhere}
        a{color:var(--accent)}
        pre,code,svg text{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        pre,code{font-size:12px}
        pre{overflow:auto;padding:10px;border:1px solid var(--line);border-radius:6px;background:var(--group)}
        aside pre{white-space:pre-wrap;overflow-wrap:anywhere}
        table{border-collapse:collapse;font-size:13px}th{text-align:left;color:var(--soft);font-weight:normal}
        th,td{padding:3px 14px 3px 0;border-bottom:1px solid var(--line);vertical-align:top}.n{text-align:right;white-space:nowrap}
        td:first-child{white-space:nowrap}.f{min-width:24ch}td a{overflow-wrap:break-word}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px}dt{color:var(--soft)}dd{margin:0}
        svg{display:block}svg text{font-size:11px;fill:var(--text)}svg a{text-decoration:none}
        svg rect{fill:var(--group);stroke:var(--mark,var(--line));stroke-width:1.5}
        svg .instance rect{fill:var(--box)}svg .host rect{stroke-dasharray:4 3}
        svg .adapter text,svg .calls text{fill:var(--mark,var(--text))}svg .left-out text{fill:var(--mark,var(--soft));font-style:italic}
        svg a:hover text,svg a:focus-visible text{text-decoration:underline}svg a:hover rect,svg a:focus-visible rect{stroke:var(--accent)}
        .edge{fill:none;stroke:var(--soft);stroke-width:1.2;marker-end:url(#arrow)}marker path{fill:var(--soft)}
        aside section{display:none;scroll-margin-top:16px}aside section:target{display:block}
        .hint,.close{color:var(--soft)}aside:has(section:target) .hint{display:none}
        .close{display:none;position:sticky;top:0;float:right;padding:0 8px;font-size:20px;line-height:1.2;text-decoration:none}
        aside:has(section:target) .close{display:block}.close:hover{color:var(--accent)}
        @media(max-width:900px){main{margin-right:0}body:has(section:target) main{padding-bottom:52vh}
        aside{top:auto;left:0;width:auto;height:50vh;border-left:0;border-top:1px solid var(--line)}aside:not(:has(section:target)){display:none}}

        """;
}
