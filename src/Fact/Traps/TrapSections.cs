using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using Fact.Component.Binary;
using Fact.Ir;
using LanguageExt;

namespace Fact.Traps;

/// <summary>
/// Reads the custom sections about traps, which have the form
/// <code>
/// vec(text: name)  vec(func: u32, vec(offset: u32, text: u32))
/// </code>
/// and where the functions are that they speak of.
/// </summary>
internal static class TrapSections
{
    private const string Messages = "wasmtime-trampoline-traps", Paths = "fact-trap-paths";

    private static readonly Dictionary<string, TrapCode> Codes = Enum.GetValues<TrapCode>().ToDictionary(TrapMessages.Of, StringComparer.Ordinal);

    public static Either<Diagnostic, ModuleTraps> Read(ReadOnlyMemory<byte> module) =>
        CoreModuleSurface.Read(module).Bind(surface =>
        {
            uint imported = (uint)surface.Imports.Items.Count(import => import.Type is CoreExternType.Func);
            var texts = new SiteTexts(imported);
            var reader = new ByteReader(module, origin: 0);
            reader.Raw(8);
            while (reader.Remaining > 0 && !reader.Failed)
                texts.Section(ref reader);
            return reader.Failed ? reader.Error : texts.Traps(ref reader) is { } traps ? traps : Either<Diagnostic, ModuleTraps>.Left(reader.Error);
        });

    private sealed class SiteTexts(uint importedFuncs)
    {
        private readonly List<(uint Start, uint Length)> bodies = [];
        private readonly Dictionary<(uint Func, uint Offset), (string Message, string Path, long Place)> found = [];

        public void Section(ref ByteReader r)
        {
            byte id = r.Byte();
            uint size = r.U32();
            int outer = r.Enter(size);
            if (id == 10)
                Bodies(ref r);
            else if (id == 0)
                Custom(ref r);
            r.Raw((uint)r.Remaining);
            r.Leave(outer, "section");
        }

        /// <summary>What was found, once all of the module was read; null, with an error, where it speaks of code that there is not.</summary>
        public ModuleTraps? Traps(ref ByteReader r)
        {
            var sites = new List<TrapSite>(found.Count);
            foreach (var ((func, offset), (message, path, place)) in found)
            {
                if (func < importedFuncs || func - importedFuncs >= bodies.Count || offset >= bodies[(int)(func - importedFuncs)].Length)
                {
                    r.Fail($"function {func} has no instruction at offset {offset}", place);
                    return null;
                }
                sites.Add(new TrapSite(
                    func, offset, bodies[(int)(func - importedFuncs)].Start + offset, Codes.TryGetValue(message, out var code) ? code : null, message, path));
            }
            sites.Sort((a, b) => a.Offset.CompareTo(b.Offset));
            return new ModuleTraps([.. sites], importedFuncs, [.. bodies.Select(body => body.Start)]);
        }

        private void Bodies(ref ByteReader r)
        {
            for (int count = r.Count(uint.MaxValue, "function bodies"); count > 0 && !r.Failed; count--)
            {
                uint size = r.U32();
                bodies.Add(((uint)r.Offset, size));
                r.Raw(size);
            }
        }

        private void Custom(ref ByteReader r)
        {
            string name = Text(ref r);
            if (r.Failed || name is not (Messages or Paths))
                return;
            string[] texts = new string[r.Count(uint.MaxValue, "texts")];
            for (int i = 0; i < texts.Length && !r.Failed; i++)
                texts[i] = Text(ref r);
            for (int funcs = r.Count(uint.MaxValue, "functions"); funcs > 0 && !r.Failed; funcs--)
            {
                uint func = r.U32();
                for (int sites = r.Count(uint.MaxValue, "sites"); sites > 0 && !r.Failed; sites--)
                {
                    long place = r.Offset;
                    uint offset = r.U32(), text = r.U32();
                    if (!r.Failed && text >= texts.Length)
                        r.Fail($"there is no text {text}: the section has {texts.Length}", place);
                    if (!r.Failed)
                        Add(func, offset, texts[text], name == Messages, place);
                }
            }
            if (!r.Failed && r.Remaining > 0)
                r.Fail($"{r.Remaining} trailing bytes at the end of the section", r.Offset);
        }

        private void Add(uint func, uint offset, string text, bool isMessage, long place)
        {
            var (message, path, _) = found.GetValueOrDefault((func, offset), ("", "", 0));
            found[(func, offset)] = isMessage ? (text, path, place) : (message, text, place);
        }

        // Longer texts than a name may be: paths to values have many names in them.
        private static string Text(ref ByteReader r)
        {
            uint length = r.U32();
            long start = r.Offset;
            var utf8 = r.Raw(length).Span;
            if (Utf8.IsValid(utf8))
                return Encoding.UTF8.GetString(utf8);
            r.Fail("text is not valid UTF-8", start);
            return "";
        }
    }
}
