using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;
using Fact.Properties.Component.Binary;

namespace Fact.Properties.Component.Types;

/// <summary>Sections of core modules with types.</summary>
internal static class CoreBinary
{
    /// <summary>A core module of these sections.</summary>
    public static byte[] Module(params byte[][] sections) => Samples.Module(sections);

    /// <summary>A type section.</summary>
    public static byte[] Types(IReadOnlyCollection<CoreRecType> groups)
    {
        var content = new Out(0).U32((uint)groups.Count);
        foreach (var group in groups)
            AstEncoder.RecType(content, group);
        return Samples.Section(1, content.ToArray());
    }

    /// <summary>A core type of a component.</summary>
    public static void DefType(Out content, CoreRecType group)
    {
        if (group is { IsExplicit: false, Types: [{ IsFinal: false }] })
            content.Byte(0x00);
        AstEncoder.RecType(content, group);
    }

    /// <summary>A module that imports one thing.</summary>
    public static byte[] Importing(IReadOnlyCollection<CoreRecType> groups, CoreExternType type)
    {
        var import = new Out(0).U32(1).Name("m").Name("x");
        AstEncoder.CoreExternType(import, type);
        return Module(Types(groups), Samples.Section(2, import.ToArray()));
    }

    /// <summary>A module that defines one thing and exports it; null where no constant expression makes what a global is of.</summary>
    /// <param name="groups">Its types.</param>
    /// <param name="type">What is defined.</param>
    /// <param name="func">The index of a function type, for functions that references refer to.</param>
    public static byte[]? Defining(IReadOnlyCollection<CoreRecType> groups, CoreExternType type, uint func)
    {
        var definition = new Out(0).U32(1);
        byte[] export = Samples.Section(7, [1, 1, (byte)'x', (byte)Kind(type), 0]);
        switch (type)
        {
            case CoreExternType.Func(var index, _):
                return Module(Types(groups), Samples.Section(3, definition.U32(index.Value).ToArray()), export, Code);
            case CoreExternType.Tag(var index):
                return Module(Types(groups), Samples.Section(13, definition.Byte(0).U32(index.Value).ToArray()), export);
            case CoreExternType.Memory:
                return Module(Samples.Section(5, definition.Bytes(Body(type)).ToArray()), export);
            case CoreExternType.Table:
                return Module(Types(groups), Samples.Section(4, definition.Bytes(Body(type)).ToArray()), export);
            case CoreExternType.Global(var global):
                definition.Bytes(Body(type));
                if (global.Type is { IsRef: true, IsNullable: true, Heap: var heap })
                    AstEncoder.HeapType(definition.Byte(0xd0), heap);
                else if (global.Type is { IsRef: true, Heap.Defined: { } refers } && refers.Value == func)
                    definition.Byte(0xd2).U32(0);
                else if (global.Type == CoreValType.I32)
                    definition.Byte(0x41).Byte(7);
                else
                    return null;
                // The function that the global may refer to.
                byte[] funcs = Samples.Section(3, new Out(0).U32(1).U32(func).ToArray());
                return Module(Types(groups), funcs, Samples.Section(6, definition.Byte(0x0b).ToArray()), export, Code);
            default:
                return null;
        }
    }

    /// <summary>A component that gives what one core module exports to another.</summary>
    public static byte[] Linking(byte[] provider, byte[] user) => Samples.Component(
        Samples.Section(1, provider),
        Samples.Section(1, user),
        Samples.Section(2, [2, 0, 0, 0, 0, 1, 1, 1, (byte)'m', 0x12, 0]));

    private static readonly byte[] Code = Samples.Section(10, [1, 3, 0, 0, 0x0b]);

    private static byte[] Body(CoreExternType type)
    {
        var written = new Out(0);
        AstEncoder.CoreExternType(written, type);
        return written.ToArray()[1..];
    }

    private static int Kind(CoreExternType type) => type switch
    {
        CoreExternType.Func => 0,
        CoreExternType.Table => 1,
        CoreExternType.Memory => 2,
        CoreExternType.Global => 3,
        CoreExternType.Tag => 4,
    };
}
