using System;
using System.Collections.Generic;
using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Emit;
using Fact.Externs;
using Fact.Ir;

namespace Fact.Wrap;

/// <summary>The core modules, instances and functions of a component that is written. Each method writes one, and gives its index.</summary>
/// <param name="sections">Where they go.</param>
/// <param name="imported">How many core modules are imported, before all others.</param>
internal sealed class CoreDefinitions(SectionSink sections, uint imported)
{
    private uint modules = imported;
    private uint instances;
    private uint funcs;
    private uint tables;
    private uint memories;

    /// <summary>A core module.</summary>
    public uint Module(ReadOnlySpan<byte> bytes)
    {
        sections.Whole(ComponentSection.CoreModule, bytes);
        return modules++;
    }

    /// <summary>An instance of a core module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="args">The instances that give what it imports, by module name.</param>
    public uint Instantiate(uint module, IReadOnlyCollection<(string Name, uint Instance)> args)
    {
        var to = sections.Begin(ComponentSection.CoreInstance);
        to.Byte(0x00);
        to.Unsigned(module);
        to.Unsigned((uint)args.Count);
        foreach (var (name, instance) in args)
        {
            to.Name(name);
            to.Byte(0x12);
            to.Unsigned(instance);
        }
        return instances++;
    }

    /// <summary>An instance of definitions.</summary>
    public uint Bundle(IReadOnlyCollection<CoreInlineExport> exports)
    {
        var to = sections.Begin(ComponentSection.CoreInstance);
        to.Byte(0x01);
        to.Unsigned((uint)exports.Count);
        foreach (var export in exports)
        {
            to.Name(export.Name);
            to.Byte((byte)export.Item.Sort);
            to.Unsigned(export.Item.Index);
        }
        return instances++;
    }

    /// <summary>A function that an instance exports.</summary>
    public uint Func(uint instance, string name)
    {
        Alias(CoreExternKind.Func, instance, name);
        return funcs++;
    }

    /// <summary>A table that an instance exports.</summary>
    public uint Table(uint instance, string name)
    {
        Alias(CoreExternKind.Table, instance, name);
        return tables++;
    }

    /// <summary>A memory that an instance exports.</summary>
    public uint Memory(uint instance, string name)
    {
        Alias(CoreExternKind.Memory, instance, name);
        return memories++;
    }

    /// <summary>A function of the component, lowered. Spec: <c>canon lower</c>.</summary>
    public uint Lower(uint func, CanonOpts options)
    {
        var to = sections.Begin(ComponentSection.Canon);
        to.Byte(0x01);
        to.Byte(0x00);
        to.Unsigned(func);
        Write(to, options);
        return funcs++;
    }

    /// <summary>A core function, lifted: a function of the component, which its caller counts. Spec: <c>canon lift</c>.</summary>
    public void Lift(uint func, CanonOpts options, uint type)
    {
        var to = sections.Begin(ComponentSection.Canon);
        to.Byte(0x00);
        to.Byte(0x00);
        to.Unsigned(func);
        Write(to, options);
        to.Unsigned(type);
    }

    /// <summary>A built-in that resource types have. Spec: <c>resource.new</c>, <c>resource.drop</c>, <c>resource.rep</c>.</summary>
    public uint Builtin(RuntimeBuiltinOp which, uint type)
    {
        var to = sections.Begin(ComponentSection.Canon);
        to.Byte(which switch
        {
            RuntimeBuiltinOp.New => 0x02,
            RuntimeBuiltinOp.Drop => 0x03,
            RuntimeBuiltinOp.Rep => 0x04,
            _ => throw new UnreachableException(),
        });
        to.Unsigned(type);
        return funcs++;
    }

    private void Alias(CoreExternKind sort, uint instance, string name)
    {
        var to = sections.Begin(ComponentSection.Alias);
        to.Byte(0x00);
        to.Byte((byte)sort);
        to.Byte(0x01);
        to.Unsigned(instance);
        to.Name(name);
    }

    private static void Write(Sink to, CanonOpts options)
    {
        bool isEncoded = options.StringEncoding is not (null or StringEncoding.Utf8);
        to.Unsigned((isEncoded ? 1u : 0) + Count(options.Memory) + Count(options.Realloc) + Count(options.PostReturn));
        if (isEncoded)
            to.Byte(options.StringEncoding == StringEncoding.Utf16 ? (byte)0x01 : (byte)0x02);
        Write(to, 0x03, options.Memory?.Value);
        Write(to, 0x04, options.Realloc?.Value);
        Write(to, 0x05, options.PostReturn?.Value);
    }

    private static uint Count<T>(T? option)
        where T : struct => option is null ? 0u : 1;

    private static void Write(Sink to, byte option, uint? index)
    {
        if (index is not { } value)
            return;
        to.Byte(option);
        to.Unsigned(value);
    }
}
