using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Ir;
using static Fact.Ir.EquatableArray;

namespace Fact.Component.Binary;

/// <summary>
/// Reads the sections of a core module that its imports and exports depend on, and skips the others.
/// Spec: module (core binary format).
/// </summary>
internal sealed partial class CoreModuleReader
{
    private const uint MaxItems = 1_000_000;

    private readonly List<CoreModuleSurface.TypeGroup> groups = [];
    private readonly List<CoreSubType> types = [];
    private readonly List<CoreExternType.Func> funcs = [];
    private readonly List<CoreTableType> tables = [];
    private readonly List<CoreMemoryType> memories = [];
    private readonly List<CoreGlobalType> globals = [];
    private readonly List<CoreExternType.Tag> tags = [];
    private readonly List<CoreModuleImport> imports = [];
    private readonly List<CoreModuleSurface.Export> exports = [];
    private readonly HashSet<string> exportNames = [];
    private readonly WholeModule? whole;
    private int importedTables, importedMemories;
    private bool hasStart;

    private CoreModuleReader(WholeModule? whole) => this.whole = whole;

    /// <summary>Reads what a module shows.</summary>
    public static CoreModuleSurface Module(ref ByteReader r)
    {
        var module = new CoreModuleReader(whole: null);
        module.Sections(ref r);
        return new CoreModuleSurface(module.groups.Seal(), module.imports.Seal(), module.exports.Seal())
        {
            Tables = module.tables.GetRange(module.importedTables, module.tables.Count - module.importedTables).Seal(),
            Memories = module.memories.GetRange(module.importedMemories, module.memories.Count - module.importedMemories).Seal(),
            HasObjects = module.tags.Count > 0 || module.types.Exists(type => type.Type.Shape is not CoreShape.Func),
            HasTags = module.tags.Count > 0,
            HasStart = module.hasStart,
        };
    }

    private void Sections(ref ByteReader r)
    {
        Preamble.Module(ref r);
        int lastOrder = 0;
        while (r.Remaining > 0)
            Section(ref r, ref lastOrder);
    }

    private void Section(ref ByteReader r, ref int lastOrder)
    {
        long start = r.Offset;
        byte id = r.Byte();
        int order = Order(id);
        if (order < 0)
            r.Fail($"0x{id:x2} is not the id of a core section", start);
        else if (order > 0 && order <= lastOrder)
            r.Fail($"core section 0x{id:x2} is out of order or comes twice", start);
        else if (order > 0)
            lastOrder = order;
        uint size = r.U32();
        if (size > (uint)r.Remaining)
            r.Fail($"core section of {size} bytes is longer than the {r.Remaining} bytes left", start);
        if (r.Failed)
            return;
        int outer = r.Enter(size);
        Content(ref r, id);
        r.Leave(outer, "core section");
        if (r.Failed)
            r.Within($"core section 0x{id:x2} at 0x{start:x}");
    }

    // The place of a section among the others; 0 for custom sections, which may be anywhere, −1 for unknown ones.
    private static int Order(byte id) => id switch
    {
        0 => 0,
        <= 5 => id,
        13 => 6,
        <= 9 => id + 1,
        12 => 11,
        10 => 12,
        11 => 13,
        _ => -1,
    };

    private void Content(ref ByteReader r, byte id)
    {
        switch (id)
        {
            case 1:
                for (int left = r.Count(MaxItems, "core type"); left > 0 && !r.Failed; left--)
                    Types(ref r);
                break;
            case 2:
                Imports(ref r);
                break;
            case 3:
                for (int left = r.Count(MaxItems, "function"); left > 0 && !r.Failed; left--)
                    funcs.Add(Func(ref r, new CoreTypeIdx(r.U32())));
                break;
            case 4:
                for (int left = r.Count(DecoderLimits.CoreTables, "table"); left > 0 && !r.Failed; left--)
                    tables.Add(DefinedTable(ref r));
                break;
            case 5:
                for (int left = r.Count(DecoderLimits.CoreMemories, "memory"); left > 0 && !r.Failed; left--)
                    memories.Add(Memory(ref r, r.Offset, CoreExternDecoder.MemoryType(ref r)));
                break;
            case 13:
                for (int left = r.Count(MaxItems, "tag"); left > 0 && !r.Failed; left--)
                    tags.Add(Tag(ref r, CoreExternDecoder.TagType(ref r)));
                break;
            case 6:
                for (int left = r.Count(MaxItems, "global"); left > 0 && !r.Failed; left--)
                {
                    globals.Add(Global(ref r, r.Offset, CoreExternDecoder.GlobalType(ref r)));
                    var init = r.Constant();
                    whole?.Globals.Add(new CoreModuleGlobal(globals[^1], init));
                }
                break;
            case 7:
                for (int left = r.Count(MaxItems, "export"); left > 0 && !r.Failed; left--)
                    Export(ref r);
                break;
            default:
                hasStart |= id == 8;
                if (whole is null)
                    r.Rest();
                else
                    Whole(ref r, id, whole);
                break;
        }
    }

    private void Types(ref ByteReader r)
    {
        long start = r.Offset;
        var group = CoreTypeDecoder.RecType(ref r);
        if (group.Types.Length > MaxItems - types.Count)
            r.Fail(DiagnosticCode.TooLarge, $"more than {MaxItems} core types", start);
        if (r.Failed)
            return;
        groups.Add(new CoreModuleSurface.TypeGroup(start, group));
        types.AddRange(group.Types.Items);
    }

    private void Imports(ref ByteReader r)
    {
        for (int left = r.Count(MaxItems, "import"); left > 0 && !r.Failed; left--)
        {
            string module = r.Name();
            string name = r.Name();
            byte kind = r.Peek();
            if (name.Length > 0 || kind is not (0x7e or 0x7f))
            {
                Import(module, name, Entity(ref r));
                continue;
            }
            // The compact form: many names under one module name, with a type each or with one type for all.
            r.Byte();
            var shared = kind == 0x7e ? Entity(ref r) : null;
            for (int items = r.Count(MaxItems, "import"); items > 0 && !r.Failed; items--)
            {
                name = r.Name();
                Import(module, name, shared ?? Entity(ref r));
            }
        }
    }

    private void Import(string module, string name, CoreExternType type)
    {
        imports.Add(new CoreModuleImport(module, name, type));
        switch (type)
        {
            case CoreExternType.Func func:
                funcs.Add(func);
                break;
            case CoreExternType.Table table:
                tables.Add(table.Type);
                importedTables++;
                break;
            case CoreExternType.Memory memory:
                memories.Add(memory.Type);
                importedMemories++;
                break;
            case CoreExternType.Global global:
                globals.Add(global.Type);
                break;
            case CoreExternType.Tag tag:
                tags.Add(tag);
                break;
        }
    }

    private void Export(ref ByteReader r)
    {
        long start = r.Offset;
        string name = r.Name();
        byte sort = r.Byte();
        uint index = r.U32();
        if (!exportNames.Add(name))
            r.Fail(DiagnosticCode.DuplicateName, $"export {Show.Name(name)} comes twice", start);
        CoreExternType? type = (CoreExternKind)sort switch
        {
            CoreExternKind.Func => At(funcs, index),
            CoreExternKind.Table => At(tables, index) is { } table ? new CoreExternType.Table(table) : null,
            CoreExternKind.Memory => At(memories, index) is { } memory ? new CoreExternType.Memory(memory) : null,
            CoreExternKind.Global => At(globals, index) is { } global ? new CoreExternType.Global(global) : null,
            CoreExternKind.Tag => At(tags, index),
            _ => null,
        };
        if (type is null)
            r.Fail($"export {Show.Name(name)} is of no definition of the module (sort 0x{sort:x2}, index {index})", start);
        else
            exports.Add(new CoreModuleSurface.Export(name, type, index));
    }

    private static T? At<T>(List<T> items, uint index)
        where T : class => index < (uint)items.Count ? items[(int)index] : null;

    private CoreTableType DefinedTable(ref ByteReader r)
    {
        long start = r.Offset;
        if (r.Peek() != 0x40)
        {
            var empty = Table(ref r, start, CoreExternDecoder.TableType(ref r));
            whole?.Tables.Add(new CoreModuleTable(empty, Init: null));
            return empty;
        }
        r.Byte();
        byte reserved = r.Byte();
        if (reserved != 0x00)
            r.FailOpcode(reserved, "valid second byte of a table with an initial value (only 0x00)");
        var type = Table(ref r, start, CoreExternDecoder.TableType(ref r));
        var init = r.Constant();
        whole?.Tables.Add(new CoreModuleTable(type, init));
        return type;
    }

    private CoreExternType Entity(ref ByteReader r)
    {
        long start = r.Offset;
        var type = CoreExternDecoder.ExternType(ref r);
        switch (type)
        {
            case CoreExternType.Func(var index, _):
                FuncType(ref r, index);
                break;
            case CoreExternType.Table table:
                Table(ref r, start, table.Type);
                break;
            case CoreExternType.Memory memory:
                Memory(ref r, start, memory.Type);
                break;
            case CoreExternType.Global global:
                Global(ref r, start, global.Type);
                break;
            case CoreExternType.Tag tag:
                Tag(ref r, tag.Type);
                break;
        }
        return type;
    }

    private CoreExternType.Func Func(ref ByteReader r, CoreTypeIdx index)
    {
        FuncType(ref r, index);
        return new CoreExternType.Func(index, IsExact: true);
    }

    private CoreExternType.Tag Tag(ref ByteReader r, CoreTypeIdx index)
    {
        if (FuncType(ref r, index) is { Results.IsEmpty: false })
            r.Fail(DiagnosticCode.WrongCoreType, $"core type {index.Value} has results, which the type of a tag cannot have", r.Offset);
        return new CoreExternType.Tag(index);
    }

    private CoreTableType Table(ref ByteReader r, long start, CoreTableType type)
    {
        if (r.Failed)
            return type;
        Mention(ref r, start, type.Element);
        if (CoreSizes.Problem(type) is { } problem)
            r.Fail(problem, start);
        return type;
    }

    private static CoreMemoryType Memory(ref ByteReader r, long start, CoreMemoryType type)
    {
        if (!r.Failed && CoreSizes.Problem(type) is { } problem)
            r.Fail(problem, start);
        return type;
    }

    private CoreGlobalType Global(ref ByteReader r, long start, CoreGlobalType type)
    {
        if (!r.Failed)
            Mention(ref r, start, type.Type);
        return type;
    }

    private void Mention(ref ByteReader r, long start, CoreValType type)
    {
        if (type.IsRef && type.Heap.Defined is { } index && index.Value >= types.Count)
            r.Fail(DiagnosticCode.NotDefined, $"there is no core type {index.Value}: the module has {types.Count}", start);
    }

    private CoreFuncType? FuncType(ref ByteReader r, CoreTypeIdx index)
    {
        if (At(types, index.Value)?.Type.Shape is CoreShape.Func func)
            return func.Type;
        r.Fail(DiagnosticCode.WrongKind, $"core type {index.Value} is not a function type", r.Offset);
        return null;
    }
}
