using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Component.Binary;

/// <summary>The sections that only those need who take a module apart.</summary>
internal sealed partial class CoreModuleReader
{
    private const byte FuncRefs = 0x00;

    /// <summary>What is read of a module besides what it shows.</summary>
    private sealed class WholeModule
    {
        public List<CoreModuleTable> Tables { get; } = [];

        public List<CoreModuleGlobal> Globals { get; } = [];

        public List<CoreElementSegment> Elements { get; } = [];

        public List<CoreDataSegment> Data { get; } = [];

        public List<ByteRange> Bodies { get; } = [];

        public List<CoreCustomSection> Customs { get; } = [];

        public CoreFuncIdx? Start { get; set; }

        public uint? DataCount { get; set; }
    }

    /// <summary>Takes a module apart.</summary>
    public static CoreModuleParts Parts(ref ByteReader r, ReadOnlyMemory<byte> bytes, long offset)
    {
        var whole = new WholeModule();
        var module = new CoreModuleReader(whole);
        module.Sections(ref r);
        int defined = module.funcs.Count - module.imports.Count(import => import.Type is CoreExternType.Func);
        if (whole.Bodies.Count != defined)
            r.Fail($"{defined} functions are declared, and {whole.Bodies.Count} have code", r.Offset);
        if (whole.DataCount is { } announced && announced != whole.Data.Count)
            r.Fail($"{announced} data segments are announced, and there are {whole.Data.Count}", r.Offset);
        return new CoreModuleParts(bytes, offset)
        {
            Types = module.groups.ConvertAll(group => group.Group).Seal(),
            Imports = module.imports.Seal(),
            Funcs = module.funcs.Skip(module.funcs.Count - defined).Select(func => func.Type).ToEquatableArray(),
            Tables = whole.Tables.Seal(),
            Memories = module.memories.Skip(module.importedMemories).ToEquatableArray(),
            Tags = module.tags.Skip(module.imports.Count(import => import.Type is CoreExternType.Tag)).Select(tag => tag.Type).ToEquatableArray(),
            Globals = whole.Globals.Seal(),
            Exports = module.exports.ConvertAll(export => new CoreModuleExport(export.Name, export.Type.Kind, export.Index)).Seal(),
            Start = whole.Start,
            Elements = whole.Elements.Seal(),
            Data = whole.Data.Seal(),
            Bodies = whole.Bodies.Seal(),
            Customs = whole.Customs.Seal(),
        };
    }

    private void Whole(ref ByteReader r, byte id, WholeModule into)
    {
        switch (id)
        {
            case 0:
                string name = r.Name();
                into.Customs.Add(new CoreCustomSection(name, Range(ref r, (uint)r.Remaining)));
                break;
            case 8:
                into.Start = StartFunc(ref r);
                break;
            case 9:
                for (int left = r.Count((uint)EngineLimits.Common.ElementSegments, "element segment"); left > 0 && !r.Failed; left--)
                    into.Elements.Add(Element(ref r));
                break;
            case 10:
                for (int left = r.Count(MaxItems, "function body"); left > 0 && !r.Failed; left--)
                    into.Bodies.Add(Body(ref r));
                break;
            case 11:
                for (int left = r.Count((uint)EngineLimits.Common.DataSegments, "data segment"); left > 0 && !r.Failed; left--)
                    into.Data.Add(Data(ref r));
                break;
            default:
                into.DataCount = r.U32();
                break;
        }
    }

    private CoreFuncIdx StartFunc(ref ByteReader r)
    {
        long at = r.Offset;
        uint func = Index(ref r, funcs.Count, "function");
        if (!r.Failed && types[(int)funcs[(int)func].Type.Value].Type.Shape is CoreShape.Func(var type) && !type.Equals(CoreFuncType.Empty))
            r.Fail("a start function has neither parameters nor results", at);
        return new CoreFuncIdx(func);
    }

    private CoreElementSegment Element(ref ByteReader r)
    {
        uint flags = Flags(ref r, 7, "element");
        bool isActive = (flags & 1) == 0, isExplicit = (flags & 2) != 0, hasExpressions = (flags & 4) != 0;
        SegmentMode mode;
        if (isActive)
        {
            uint table = isExplicit ? Index(ref r, tables.Count, "table") : Known(ref r, 0, tables.Count, "table");
            mode = new SegmentMode.Active(table, r.Constant());
        }
        else
        {
            mode = isExplicit ? new SegmentMode.Declarative() : new SegmentMode.Passive();
        }
        bool hasType = !isActive || isExplicit;
        CoreValType? type = hasExpressions ? hasType ? RefType(ref r) : CoreValType.FuncRef : null;
        if (hasType && !hasExpressions && r.Byte() is not FuncRefs and var kind)
            r.FailOpcode(kind, "kind of elements (only 0x00, functions)");
        int count = r.Count(uint.MaxValue, "element"), start = r.Position;
        for (int left = count; left > 0 && !r.Failed; left--)
        {
            if (hasExpressions)
                r.Constant();
            else
                Index(ref r, funcs.Count, "function");
        }
        return new CoreElementSegment(mode, type, count, new ByteRange(start, r.Position - start));
    }

    private CoreValType RefType(ref ByteReader r)
    {
        long start = r.Offset;
        var type = CoreTypeDecoder.RefType(ref r);
        if (!r.Failed)
            Mention(ref r, start, type);
        return type;
    }

    private CoreDataSegment Data(ref ByteReader r)
    {
        uint flags = Flags(ref r, 2, "data");
        SegmentMode mode = new SegmentMode.Passive();
        if (flags != 1)
        {
            uint memory = flags == 2 ? Index(ref r, memories.Count, "memory") : Known(ref r, 0, memories.Count, "memory");
            mode = new SegmentMode.Active(memory, r.Constant());
        }
        return new CoreDataSegment(mode, Range(ref r, r.U32()));
    }

    private static ByteRange Body(ref ByteReader r)
    {
        long start = r.Offset;
        uint size = r.U32();
        if (size > EngineLimits.Common.BodyBytes)
            r.Fail(DiagnosticCode.TooLarge, $"function body of {size} bytes is longer than the {EngineLimits.Common.BodyBytes} allowed", start);
        return Range(ref r, size);
    }

    private static uint Flags(ref ByteReader r, uint most, string what)
    {
        long start = r.Offset;
        uint flags = r.U32();
        if (flags > most)
            r.Fail($"{flags} is not a kind of {what} segment (0 to {most})", start);
        return r.Failed ? 0 : flags;
    }

    private static ByteRange Range(ref ByteReader r, uint length)
    {
        int start = r.Position;
        r.Raw(length);
        return new ByteRange(start, r.Failed ? 0 : (int)length);
    }

    private static uint Index(ref ByteReader r, int count, string what) => Known(ref r, r.U32(), count, what);

    private static uint Known(ref ByteReader r, uint index, int count, string what)
    {
        if (index < (uint)count || r.Failed)
            return index;
        r.Fail(DiagnosticCode.NotDefined, $"there is no {what} {index}: the module has {count}", r.Offset);
        return 0;
    }
}
