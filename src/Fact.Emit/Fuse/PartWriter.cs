using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Writes a part of a program that comes from no module: first what it imports, then what it defines. It is a part alone; its bytes are no module.
/// </summary>
internal sealed class PartWriter
{
    private readonly Sink bytes = new();
    private readonly List<CoreRecType> types = [];
    private readonly Dictionary<CoreFuncType, CoreTypeIdx> numbers = [];
    private readonly List<CoreModuleImport> imports = [];
    private readonly List<CoreTypeIdx> funcs = [];
    private readonly List<ByteRange> bodies = [];
    private readonly List<CoreModuleGlobal> globals = [];
    private readonly List<CoreMemoryType> memories = [];
    private readonly List<CoreElementSegment> elements = [];
    private readonly uint[] imported = new uint[(int)CoreExternKind.Tag + 1];
    private CoreFuncIdx? start;

    /// <summary>Imports a function; what comes back is its index.</summary>
    public uint ImportFunc(CoreFuncType type) => Import(new CoreExternType.Func(TypeOf(type)));

    /// <summary>Imports a global.</summary>
    public uint ImportGlobal(CoreGlobalType type) => Import(new CoreExternType.Global(type));

    /// <summary>Imports a table.</summary>
    public uint ImportTable(CoreTableType type) => Import(new CoreExternType.Table(type));

    /// <summary>Defines a global that code changes, of type i32 or i64.</summary>
    public uint Global(CoreValType type, long init)
    {
        int at = bytes.Length;
        bytes.Byte(type == CoreValType.I64 ? Opcodes.I64Const : Opcodes.I32Const);
        bytes.Signed(init);
        bytes.Byte(Opcodes.End);
        globals.Add(new CoreModuleGlobal(new CoreGlobalType(type, IsMutable: true), new ByteRange(at, bytes.Length - at)));
        return imported[(int)CoreExternKind.Global] + (uint)globals.Count - 1;
    }

    /// <summary>Defines a memory.</summary>
    public uint Memory(CoreMemoryType type)
    {
        memories.Add(type);
        return imported[(int)CoreExternKind.Memory] + (uint)memories.Count - 1;
    }

    /// <summary>Defines a function.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="locals">Its locals beside the parameters.</param>
    /// <param name="body">Writes its code, without the last <c>end</c>.</param>
    public uint Func(CoreFuncType type, ReadOnlySpan<CoreValType> locals, Action<Sink> body)
    {
        int at = bytes.Length;
        bytes.Unsigned((uint)locals.Length);
        foreach (var local in locals)
        {
            bytes.Unsigned(1);
            bytes.ValType(local);
        }
        body(bytes);
        bytes.Byte(Opcodes.End);
        funcs.Add(TypeOf(type));
        bodies.Add(new ByteRange(at, bytes.Length - at));
        return imported[(int)CoreExternKind.Func] + (uint)funcs.Count - 1;
    }

    /// <summary>Says which function runs when the part is instantiated.</summary>
    public void Start(uint func) => start = new CoreFuncIdx(func);

    /// <summary>Puts a function into a table when the part is instantiated.</summary>
    public void Element(uint table, uint at, uint func)
    {
        int offset = bytes.Length;
        bytes.I32(at);
        bytes.Byte(Opcodes.End);
        int item = bytes.Length;
        bytes.Unsigned(func);
        elements.Add(new CoreElementSegment(new SegmentMode.Active(table, new ByteRange(offset, item - offset)), null, 1, new ByteRange(item, bytes.Length - item)));
    }

    /// <summary>The part.</summary>
    public CoreModuleParts Write() => new(bytes.Written.ToArray(), 0)
    {
        Types = types.ToEquatableArray(),
        Imports = imports.ToEquatableArray(),
        Funcs = funcs.ToEquatableArray(),
        Bodies = bodies.ToEquatableArray(),
        Globals = globals.ToEquatableArray(),
        Memories = memories.ToEquatableArray(),
        Elements = elements.ToEquatableArray(),
        Start = start,
    };

    private uint Import(CoreExternType type)
    {
        imports.Add(new CoreModuleImport("", "", type));
        return imported[(int)type.Kind]++;
    }

    private CoreTypeIdx TypeOf(CoreFuncType type)
    {
        if (!numbers.TryGetValue(type, out var number))
        {
            numbers.Add(type, number = new CoreTypeIdx((uint)types.Count));
            types.Add(new CoreRecType([new CoreSubType(IsFinal: true, [], new CoreCompType(IsShared: false, null, null, new CoreShape.Func(type)))], IsExplicit: false));
        }
        return number;
    }
}

/// <summary>Instructions of parts that come from no module.</summary>
internal static class PartCode
{
    /// <summary>An instruction without immediates.</summary>
    public static void Op(this Sink code, PlainOp op) => code.Byte((byte)op);

    /// <summary>An instruction with an index.</summary>
    public static void Op(this Sink code, byte opcode, uint index)
    {
        code.Byte(opcode);
        code.Unsigned(index);
    }

    /// <summary><c>local.get</c></summary>
    public static void Get(this Sink code, uint local) => code.Op(Opcodes.LocalGet, local);

    /// <summary><c>local.set</c></summary>
    public static void Set(this Sink code, uint local) => code.Op(Opcodes.LocalSet, local);

    /// <summary><c>global.get</c></summary>
    public static void GetGlobal(this Sink code, uint global) => code.Op(Opcodes.GlobalGet, global);

    /// <summary><c>global.set</c></summary>
    public static void SetGlobal(this Sink code, uint global) => code.Op(Opcodes.GlobalSet, global);

    /// <summary><c>call</c></summary>
    public static void Call(this Sink code, uint func) => code.Op(Opcodes.Call, func);

    /// <summary><c>i32.const</c></summary>
    public static void I32(this Sink code, uint value)
    {
        code.Byte(Opcodes.I32Const);
        code.Signed((int)value);
    }

    /// <summary><c>i64.const</c></summary>
    public static void I64(this Sink code, long value)
    {
        code.Byte(Opcodes.I64Const);
        code.Signed(value);
    }

    /// <summary><c>if</c> without results.</summary>
    public static void If(this Sink code)
    {
        code.Byte(Opcodes.If);
        code.Byte(Opcodes.EmptyBlock);
    }

    /// <summary><c>end</c></summary>
    public static void End(this Sink code) => code.Byte(Opcodes.End);

    /// <summary>All parameters, and a call with them.</summary>
    public static void CallWithAll(this Sink code, CoreFuncType type, uint func)
    {
        for (int i = 0; i < type.Params.Length; i++)
            code.Get((uint)i);
        code.Call(func);
    }
}
