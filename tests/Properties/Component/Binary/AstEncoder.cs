using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;

namespace Fact.Properties.Component.Binary;

/// <summary>Writes a syntax tree in the binary format, straight from Binary.md.</summary>
internal static partial class AstEncoder
{
    /// <summary>
    /// The binary of a component. Neighbours of one kind go into one section, of at most the given number.
    /// </summary>
    public static Out Component(Out o, ComponentAst ast, int sectionLength)
    {
        o.Mark().Bytes([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00]);
        var customs = new Queue<CustomSection>(ast.CustomSections);
        var definitions = ast.Definitions.Items;
        for (int i = 0; i < definitions.Length;)
        {
            if (customs.TryDequeue(out var custom))
                Custom(o, custom);
            int id = SectionId(definitions[i]);
            int limit = id is 1 or 4 ? 1 : sectionLength;
            int end = i + 1;
            while (end < definitions.Length && end - i < limit && SectionId(definitions[end]) == id)
                end++;
            var content = o.New();
            if (id is not (1 or 4))
                content.U32((uint)(end - i));
            for (; i < end; i++)
                Definition(content, definitions[i], sectionLength);
            o.Byte(id).Sized(content);
        }
        foreach (var custom in customs)
            Custom(o, custom);
        return o;
    }

    /// <summary>The data of the custom section that gives these names.</summary>
    public static byte[] Names(ComponentNames names)
    {
        var o = new Out(padding: 0);
        if (names.Component is { } component)
            o.Byte(0).Sized(o.New().Name(component));
        foreach (var sort in names.Sorts)
        {
            var content = o.New().Bytes(sort.Sort switch
            {
                NameSort.CoreFunc => [0x00, 0x00],
                NameSort.CoreTable => [0x00, 0x01],
                NameSort.CoreMemory => [0x00, 0x02],
                NameSort.CoreGlobal => [0x00, 0x03],
                NameSort.CoreTag => [0x00, 0x04],
                NameSort.CoreType => [0x00, 0x10],
                NameSort.CoreModule => [0x00, 0x11],
                NameSort.CoreInstance => [0x00, 0x12],
                NameSort.Func => [0x01],
                NameSort.Value => [0x02],
                NameSort.Type => [0x03],
                NameSort.Component => [0x04],
                NameSort.Instance => [0x05],
                _ => throw new ArgumentOutOfRangeException(nameof(names)),
            });
            content.Vec(sort.Names, static (o, name) => o.U32(name.Index).Name(name.Name));
            o.Byte(1).Sized(content);
        }
        return o.ToArray();
    }

    private static void Custom(Out o, CustomSection custom) =>
        o.Byte(0).Sized(o.New().Name(custom.Name).Bytes(custom.Data.Span));

    private static int SectionId(Definition definition) => definition switch
    {
        Definition.CoreModule { } => 1,
        Definition.CoreInstance { } => 2,
        Definition.CoreType { } => 3,
        Definition.Component { } => 4,
        Definition.Instance { } => 5,
        Definition.Alias { } => 6,
        Definition.Type { } => 7,
        Definition.Canon { } => 8,
        Definition.Import { } => 10,
        Definition.Export { } => 11,
    };

    private static void Definition(Out o, Definition definition, int sectionLength)
    {
        o.Mark();
        switch (definition)
        {
            case Definition.CoreModule module:
                o.Bytes(module.Bytes.Span);
                break;
            case Definition.CoreInstance instance:
                CoreInstance(o, instance.Expr);
                break;
            case Definition.CoreType type:
                CoreDefType(o, type.Defined);
                break;
            case Definition.Component component:
                Component(o, component.Ast, sectionLength);
                break;
            case Definition.Instance instance:
                Instance(o, instance.Expr);
                break;
            case Definition.Alias alias:
                Alias(o, alias.Target);
                break;
            case Definition.Type type:
                DefType(o, type.Defined);
                break;
            case Definition.Canon canon:
                Canon(o, canon.Function);
                break;
            case Definition.Import import:
                ExternType(ExternName(o, import.Name), import.Extern);
                break;
            case Definition.Export export:
                SortIdx(ExternName(o, export.Name), export.Item);
                o.Optional(export.Ascribed, ExternType);
                break;
        }
    }

    private static void CoreInstance(Out o, CoreInstanceExpr expr)
    {
        if (expr is CoreInstanceExpr.Instantiate instantiate)
            o.Byte(0x00).U32(instantiate.Module.Value)
                .Vec(instantiate.Args, static (o, arg) => o.Name(arg.Name).Byte(0x12).U32(arg.Instance.Value));
        else if (expr is CoreInstanceExpr.FromExports from)
            o.Byte(0x01).Vec(
                from.Exports, static (o, export) => o.Name(export.Name).Byte((int)export.Item.Sort).U32(export.Item.Index));
    }

    private static void Instance(Out o, InstanceExpr expr)
    {
        if (expr is InstanceExpr.Instantiate instantiate)
            o.Byte(0x00).U32(instantiate.Component.Value).Vec(instantiate.Args, static (o, arg) => SortIdx(o.Name(arg.Name), arg.Item));
        else if (expr is InstanceExpr.FromExports from)
            o.Byte(0x01).Vec(from.Exports, static (o, export) => SortIdx(ExternName(o, export.Name), export.Item));
    }

    private static void Alias(Out o, Alias alias)
    {
        switch (alias)
        {
            case Alias.Export export:
                Sort(o, export.Sort).Byte(0x00).U32(export.Instance.Value).Name(export.Name);
                break;
            case Alias.CoreExport export:
                o.Byte(0x00).Byte((int)export.Sort).Byte(0x01).U32(export.Instance.Value).Name(export.Name);
                break;
            case Alias.Outer outer:
                o.Bytes(outer.Sort switch
                {
                    OuterSort.CoreModule => [0x00, 0x11],
                    OuterSort.CoreType => [0x00, 0x10],
                    OuterSort.Type => [0x03],
                    OuterSort.Component => [0x04],
                    _ => throw new ArgumentOutOfRangeException(nameof(alias)),
                });
                o.Byte(0x02).U32(outer.Count).U32(outer.Index);
                break;
        }
    }

    private static Out Sort(Out o, Sort sort) => o.Bytes(sort switch
    {
        Fact.Component.Ast.Sort.CoreModule => [0x00, 0x11],
        Fact.Component.Ast.Sort.Func => [0x01],
        Fact.Component.Ast.Sort.Type => [0x03],
        Fact.Component.Ast.Sort.Component => [0x04],
        Fact.Component.Ast.Sort.Instance => [0x05],
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    });

    private static void SortIdx(Out o, SortIdx item) => Sort(o, item.Sort).U32(item.Index);

    private static Out ExternName(Out o, ExternName name)
    {
        (int Kind, string? Text)[] attributes =
            [(0x00, name.Implements), (0x01, name.VersionSuffix), (0x02, name.ExternalId)];
        var said = attributes.Where(attribute => attribute.Text is not null).ToArray();
        if (said.Length == 0)
            return o.Byte(name.Name.Length % 2).Name(name.Name);
        o.Byte(0x02).Name(name.Name).U32((uint)said.Length);
        foreach (var (kind, text) in said)
            o.Byte(kind).Name(text!);
        return o;
    }

    private static void ExternType(Out o, ExternType type)
    {
        switch (type)
        {
            case ExternType.CoreModule module:
                o.Byte(0x00).Byte(0x11).U32(module.ModuleType.Value);
                break;
            case ExternType.Func func:
                o.Byte(0x01).U32(func.FuncType.Value);
                break;
            case ExternType.Type { Bound: TypeBound.Eq eq }:
                o.Byte(0x03).Byte(0x00).U32(eq.Type.Value);
                break;
            case ExternType.Type { }:
                o.Byte(0x03).Byte(0x01);
                break;
            case ExternType.Component component:
                o.Byte(0x04).U32(component.ComponentType.Value);
                break;
            case ExternType.Instance instance:
                o.Byte(0x05).U32(instance.InstanceType.Value);
                break;
        }
    }
}
