using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>
/// Reads a core module as far as adapter modules go, from the specification and without any code of the encoder. What only
/// custom sections tell (names, messages, paths) comes from them; what an import denotes is told nowhere.
/// </summary>
internal sealed class ModuleDecoder
{
    private readonly List<CoreFuncType> types = [];
    private readonly List<ResolvedImport> imports = [];
    private readonly List<uint> funcs = [];
    private readonly List<ResolvedExport> exports = [];
    private readonly List<DecodedBody> bodies = [];
    private readonly DecodedItems own = new();

    private ModuleDecoder()
    {
    }

    /// <summary>The contents of the custom sections by name, in their order.</summary>
    public List<(string Name, ByteReader Content)> Customs { get; } = [];

    /// <summary>Where each function body lies in the module: the bytes after its size.</summary>
    public List<Range> BodyRanges { get; } = [];

    /// <summary>What the custom sections told.</summary>
    public CustomSections CustomSections { get; private set; } = null!;

    /// <summary>How many functions are imported.</summary>
    public int ImportedFuncs => imports.Count(import => import.Type is CoreExternType.Func);

    /// <summary>Reads a module.</summary>
    public static (CoreModule Module, ModuleDecoder Decoder) Decode(ReadOnlyMemory<byte> bytes)
    {
        var decoder = new ModuleDecoder();
        decoder.Sections(new ByteReader(bytes));
        return (decoder.Module(), decoder);
    }

    private void Sections(ByteReader reader)
    {
        foreach (byte expected in (byte[])[0, 0x61, 0x73, 0x6D, 1, 0, 0, 0])
            reader.Expect(expected);
        int last = 0;
        while (!reader.Ended)
        {
            byte id = reader.Byte();
            int size = reader.Count(), start = reader.At;
            var section = reader.Slice(size);
            if (id != 0 && id <= last)
                throw new InvalidDataException($"section {id} after {last}");
            last = Math.Max(last, id);
            switch (id)
            {
                case 0: Customs.Add((section.Name(), section.Slice(section.Length - section.At))); break;
                case 1: types.AddRange(section.Vector(() => FuncType(section))); break;
                case 2: imports.AddRange(section.Vector(() => Import(section))); break;
                case 3: funcs.AddRange(section.Vector(section.U32)); break;
                case 4: own.Tables.AddRange(section.Vector(() => new CoreTableType(section.ValType(), Limits(section, out _)))); break;
                case 5: own.Memories.AddRange(section.Vector(() => new CoreMemoryType(Limits(section, out _)))); break;
                case 6: own.Globals.AddRange(section.Vector(() => Global(section))); break;
                case 7: section.Vector(() => Export(section)); break;
                case 10: bodies.AddRange(section.Vector(() => Body(section, start))); break;
                case 11: own.Data.AddRange(section.Vector(() => Data(section))); break;
                default: throw new InvalidDataException($"section {id}");
            }
            if (!section.Ended)
                throw new InvalidDataException($"section {id} is longer than its content");
        }
    }

    private CoreModule Module()
    {
        if (funcs.Count != bodies.Count)
            throw new InvalidDataException($"{funcs.Count} functions and {bodies.Count} bodies");
        var customs = CustomSections = new CustomSections(this);
        var resolved = bodies.Select((body, i) =>
        {
            uint index = (uint)(ImportedFuncs + i);
            var code = body.Code.Select(instr => customs.Describe(index, instr)).ToEquatableArray();
            return new CoreFunc(customs.FuncName(index), new CoreTypeIdx(funcs[i]), [.. body.Locals], customs.LocalNames(index), code);
        });
        return new CoreModule([.. types], [.. imports], resolved.ToEquatableArray(), [.. exports])
        {
            Own = own.ToItems(imports.Count(import => import.Type is CoreExternType.Memory), imports.Count(import => import.Type is CoreExternType.Global)),
        };
    }

    private static CoreFuncType FuncType(ByteReader reader)
    {
        reader.Expect(0x60);
        return new CoreFuncType([.. reader.Vector(reader.ValType)], [.. reader.Vector(reader.ValType)]);
    }

    private static ResolvedImport Import(ByteReader reader)
    {
        string module = reader.Name(), name = reader.Name();
        return new ResolvedImport(module, name, ExternType(reader), ModuleSample.Nothing);
    }

    private static CoreExternType ExternType(ByteReader reader)
    {
        switch (reader.Byte())
        {
            case 0:
                return new CoreExternType.Func(new CoreTypeIdx(reader.U32()));
            case 0x20:
                return new CoreExternType.Func(new CoreTypeIdx(reader.U32()), IsExact: true);
            case 1:
                return new CoreExternType.Table(new CoreTableType(reader.ValType(), Limits(reader, out _)));
            case 2:
                var limits = Limits(reader, out bool hasPageSize);
                return new CoreExternType.Memory(new CoreMemoryType(limits, hasPageSize ? reader.Count() : 16));
            case 3:
                var type = reader.ValType();
                byte flags = reader.Byte();
                return new CoreExternType.Global(new CoreGlobalType(type, (flags & 1) != 0, (flags & 2) != 0));
            case 4:
                reader.Expect(0);
                return new CoreExternType.Tag(new CoreTypeIdx(reader.U32()));
            default:
                throw new InvalidDataException("an import of another kind");
        }
    }

    private static CoreLimits Limits(ByteReader reader, out bool hasPageSize)
    {
        byte flags = reader.Byte();
        hasPageSize = (flags & 8) != 0;
        return new CoreLimits(reader.Unsigned(64), (flags & 1) != 0 ? reader.Unsigned(64) : null, Is64: (flags & 4) != 0, IsShared: (flags & 2) != 0);
    }

    private bool Export(ByteReader reader)
    {
        string name = reader.Name();
        byte kind = reader.Byte();
        if (kind == 0 && own.Exports.Count > 0)
            throw new InvalidDataException("functions are exported first");
        if (kind == 0)
            exports.Add(new ResolvedExport(name, new CoreFuncIdx(reader.U32())));
        else
            own.Exports.Add(new ResolvedItemExport(name, (CoreExternKind)kind, reader.U32()));
        return true;
    }

    private static (CoreGlobalType Type, long Value) Global(ByteReader reader)
    {
        var type = reader.ValType();
        bool isMutable = reader.Byte() == 1;
        return (new CoreGlobalType(type, isMutable), Const(reader));
    }

    private static ResolvedData Data(ByteReader reader)
    {
        uint memory = reader.U32() == 2 ? reader.U32() : 0;
        return new(new(memory), new DataSegment((uint)(int)Const(reader), [.. reader.Vector(reader.Byte)]));
    }

    private static long Const(ByteReader reader)
    {
        long value = reader.Byte() == 0x42 ? reader.Signed(64) : reader.Signed(32);
        reader.Expect(0x0B);
        return value;
    }

    private DecodedBody Body(ByteReader section, int sectionStart)
    {
        int size = section.Count(), start = sectionStart + section.At;
        BodyRanges.Add(start..(start + size));
        var reader = section.Slice(size);
        List<CoreValType> locals = [];
        for (int runs = reader.Count(); runs > 0; runs--)
        {
            int count = reader.Count();
            var type = reader.ValType();
            if (count == 0 || (locals.Count > 0 && locals[^1] == type))
                throw new InvalidDataException("locals of one type are not one run");
            locals.AddRange(Enumerable.Repeat(type, count));
        }
        var code = new InstrDecoder(reader).UntilEnd();
        return reader.Ended ? new DecodedBody(locals, code) : throw new InvalidDataException("a body is longer than its code");
    }

    private sealed record DecodedBody(List<CoreValType> Locals, List<DecodedInstr> Code);
}
