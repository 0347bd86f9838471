using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The contents of the sections of a module: vectors. Spec: chapter "Modules" of the binary format.</summary>
internal static class Sections
{
    private const byte FuncKind = 0x00;

    /// <summary>The number of bytes of a section with its header; one without items is not written.</summary>
    public static long Length(int items, long content) => items == 0 ? 0 : 1 + Leb128.Length((uint)content) + content;

    /// <summary>The number of bytes of a custom section with its header.</summary>
    public static long CustomLength(string name, long content) => Length(1, Values.NameLength(name) + content);

    /// <summary>Writes the header of a section.</summary>
    public static int Header(Span<byte> to, int at, SectionId id, long content) =>
        Leb128.Write(to, Values.Byte(to, at, (byte)id), (uint)content);

    /// <summary>Writes the header of a custom section, and its name.</summary>
    public static int CustomHeader(Span<byte> to, int at, string name, long content) =>
        Values.Name(to, Header(to, at, SectionId.Custom, Values.NameLength(name) + content), name);

    public static long Length(EquatableArray<CoreFuncType> types)
    {
        long length = Leb128.Length((uint)types.Length);
        foreach (var type in types)
            length += Types.Length(type);
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<CoreFuncType> types)
    {
        at = Leb128.Write(to, at, (uint)types.Length);
        foreach (var type in types)
            at = Types.Write(to, at, type);
        return at;
    }

    public static long Length(EquatableArray<ResolvedImport> imports)
    {
        long length = Leb128.Length((uint)imports.Length);
        foreach (var import in imports)
            length += Values.NameLength(import.Module) + Values.NameLength(import.Name) + Types.Length(import.Type);
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<ResolvedImport> imports)
    {
        at = Leb128.Write(to, at, (uint)imports.Length);
        foreach (var import in imports)
        {
            at = Values.Name(to, at, import.Module);
            at = Values.Name(to, at, import.Name);
            at = Types.Write(to, at, import.Type);
        }
        return at;
    }

    /// <summary>The function section: the type of each function.</summary>
    public static long TypesLength(EquatableArray<ResolvedFunc> funcs)
    {
        long length = Leb128.Length((uint)funcs.Length);
        foreach (var func in funcs)
            length += Leb128.Length(func.Type.Value);
        return length;
    }

    public static int WriteTypes(Span<byte> to, int at, EquatableArray<ResolvedFunc> funcs)
    {
        at = Leb128.Write(to, at, (uint)funcs.Length);
        foreach (var func in funcs)
            at = Leb128.Write(to, at, func.Type.Value);
        return at;
    }

    /// <summary>The export section: functions, then what the module has of its own.</summary>
    public static long Length(EquatableArray<ResolvedExport> exports, EquatableArray<ResolvedItemExport> items)
    {
        long length = Leb128.Length((uint)(exports.Length + items.Length));
        foreach (var export in exports)
            length += Values.NameLength(export.Name) + 1 + Leb128.Length(export.Func.Value);
        foreach (var item in items)
            length += Values.NameLength(item.Name) + 1 + Leb128.Length(item.Index);
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<ResolvedExport> exports, EquatableArray<ResolvedItemExport> items)
    {
        at = Leb128.Write(to, at, (uint)(exports.Length + items.Length));
        foreach (var export in exports)
        {
            at = Values.Name(to, at, export.Name);
            at = Values.Byte(to, at, FuncKind);
            at = Leb128.Write(to, at, export.Func.Value);
        }
        foreach (var item in items)
        {
            at = Values.Name(to, at, item.Name);
            at = Values.Byte(to, at, (byte)item.Kind);
            at = Leb128.Write(to, at, item.Index);
        }
        return at;
    }

    /// <summary>The code section, when the bodies are measured.</summary>
    public static long CodeLength(ReadOnlySpan<int> bodies)
    {
        long length = Leb128.Length((uint)bodies.Length);
        foreach (int body in bodies)
            length += Leb128.Length((uint)body) + body;
        return length;
    }

    public static int WriteCode(Span<byte> to, int at, EquatableArray<ResolvedFunc> funcs, ReadOnlySpan<int> bodies)
    {
        at = Leb128.Write(to, at, (uint)funcs.Length);
        for (int i = 0; i < bodies.Length; i++)
            at = Instructions.Func(to, Leb128.Write(to, at, (uint)bodies[i]), funcs[i]);
        return at;
    }
}

/// <summary>The sections that modules have; each value is the id.</summary>
internal enum SectionId : byte
{
    Custom = 0,
    Type = 1,
    Import = 2,
    Function = 3,
    Table = 4,
    Memory = 5,
    Global = 6,
    Export = 7,
    Start = 8,
    Element = 9,
    Code = 10,
    Data = 11,
    DataCount = 12,
    Tag = 13,
}
