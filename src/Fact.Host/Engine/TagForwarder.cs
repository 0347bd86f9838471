using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Ir;
using Wasmtime;

namespace Fact.Host.Engine;

/// <summary>
/// Gives an exception tag another name. The package has no object for a tag; all it can do is give a module all exports of an
/// instance under their names. So a small module imports the tag by the one name and exports it by the other.
/// </summary>
internal static class TagForwarder
{
    /// <summary>Defines a tag in a linker.</summary>
    /// <param name="linker">Where to define it.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="store">The store.</param>
    /// <param name="from">The instance that exports the tag.</param>
    /// <param name="exportName">The export's name.</param>
    /// <param name="module">The module name that it is wanted by.</param>
    /// <param name="name">The name in it.</param>
    /// <param name="type">The type of the tag.</param>
    public static void Define(Linker linker, Wasmtime.Engine engine, Store store, Instance from, string exportName, string module, string name, CoreFuncType type)
    {
        using var forwarder = Module.FromBytes(engine, "tag", Encode(exportName, name, type));
        using var inner = new Linker(engine);
        inner.DefineInstance(store, "", from);
        linker.DefineInstance(store, module, inner.Instantiate(store, forwarder));
    }

    /// <summary><c>(module (import "" "exportName" (tag (param …))) (export "name" (tag 0)))</c></summary>
    private static byte[] Encode(string exportName, string name, CoreFuncType type)
    {
        List<byte> bytes = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
        Section(bytes, 1, [1, 0x60, .. Length(type.Params.Length), .. type.Params.Items.Select(Code), 0]);
        Section(bytes, 2, [1, 0, .. Name(exportName), 4, 0, 0]);
        Section(bytes, 7, [1, .. Name(name), 4, 0]);
        return [.. bytes];
    }

    private static void Section(List<byte> bytes, byte id, byte[] content)
    {
        bytes.Add(id);
        bytes.AddRange(Length(content.Length));
        bytes.AddRange(content);
    }

    private static byte[] Name(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return [.. Length(utf8.Length), .. utf8];
    }

    private static byte[] Length(int value)
    {
        byte[] leb = new byte[Leb128.Length((uint)value)];
        Leb128.Write(leb, 0, (uint)value);
        return leb;
    }

    // Modules that show types of more than one byte are refused before.
    private static byte Code(CoreValType type) => (byte)type;
}
