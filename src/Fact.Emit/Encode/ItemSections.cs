using System;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The contents of the sections of what a module has of its own beside functions. Spec: chapter "Modules" of the binary format.</summary>
internal static class ItemSections
{
    public static long Length(EquatableArray<OwnTable> tables)
    {
        long length = Leb128.Length((uint)tables.Length);
        foreach (var table in tables)
            length += Types.Length(table.Type);
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<OwnTable> tables)
    {
        at = Leb128.Write(to, at, (uint)tables.Length);
        foreach (var table in tables)
            at = Types.Write(to, at, table.Type);
        return at;
    }

    public static long Length(EquatableArray<OwnMemory> memories)
    {
        long length = Leb128.Length((uint)memories.Length);
        foreach (var memory in memories)
            length += Types.Length(memory.Type);
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<OwnMemory> memories)
    {
        at = Leb128.Write(to, at, (uint)memories.Length);
        foreach (var memory in memories)
            at = Types.Write(to, at, memory.Type);
        return at;
    }

    public static long Length(EquatableArray<OwnGlobal> globals)
    {
        long length = Leb128.Length((uint)globals.Length);
        foreach (var global in globals)
            length += Types.Length(global.Type) + 1 + Leb128.Length(Value(global)) + 1;
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<OwnGlobal> globals)
    {
        at = Leb128.Write(to, at, (uint)globals.Length);
        foreach (var global in globals)
            at = Const(to, Types.Write(to, at, global.Type), global.Type.Type == CoreValType.I64, Value(global));
        return at;
    }

    public static long Length(EquatableArray<ResolvedData> data)
    {
        long length = Leb128.Length((uint)data.Length);
        foreach (var (memory, segment) in data)
        {
            length += 1 + (memory.Value == 0 ? 0 : Leb128.Length(memory.Value)) + 1 + Leb128.Length((long)(int)segment.Offset) + 1;
            length += Leb128.Length((uint)segment.Bytes.Length) + segment.Bytes.Length;
        }
        return length;
    }

    public static int Write(Span<byte> to, int at, EquatableArray<ResolvedData> data)
    {
        at = Leb128.Write(to, at, (uint)data.Length);
        foreach (var (memory, segment) in data)
        {
            at = Values.Byte(to, at, memory.Value == 0 ? (byte)0 : (byte)2);
            at = memory.Value == 0 ? at : Leb128.Write(to, at, memory.Value);
            at = Const(to, at, is64: false, (int)segment.Offset);
            at = Leb128.Write(to, at, (uint)segment.Bytes.Length);
            segment.Bytes.AsSpan().CopyTo(to[at..]);
            at += segment.Bytes.Length;
        }
        return at;
    }

    /// <summary>A constant expression. Spec: <c>expr</c>.</summary>
    private static int Const(Span<byte> to, int at, bool is64, long value) =>
        Values.Byte(to, Leb128.Write(to, Values.Byte(to, at, is64 ? Opcodes.I64Const : Opcodes.I32Const), value), Opcodes.End);

    private static long Value(OwnGlobal global) => global.Type.Type == CoreValType.I64 ? global.Value : (int)global.Value;
}
