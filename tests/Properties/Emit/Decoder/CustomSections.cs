using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Reads the custom sections of an adapter module, and puts back what they tell.</summary>
internal sealed class CustomSections
{
    private static readonly Dictionary<string, TrapCode> Codes = Enum.GetValues<TrapCode>().ToDictionary(TrapMessages.Of);

    private readonly Dictionary<(uint Func, int Offset), string> messages = [], paths = [];
    private readonly Dictionary<uint, string> funcs = [];
    private readonly Dictionary<uint, Dictionary<uint, string>> locals = [];

    public CustomSections(ModuleDecoder decoder)
    {
        foreach (var (name, content) in decoder.Customs)
        {
            switch (name)
            {
                case "wasmtime-trampoline-traps": Sites(content, messages); break;
                case "fact-trap-paths": Sites(content, paths); break;
                case "name": Names(content); break;
                default: throw new InvalidDataException($"custom section {name}");
            }
            if (!content.Ended)
                throw new InvalidDataException($"custom section {name} is longer than its content");
        }
    }

    /// <summary>The name of the module.</summary>
    public string? ModuleName { get; private set; }

    /// <summary>How many names there are for functions.</summary>
    public int NamedFuncs => funcs.Count;

    /// <summary>The name of a function; empty where there is none.</summary>
    public string FuncName(uint func) => funcs.GetValueOrDefault(func, "");

    /// <summary>The names of the slots of a function.</summary>
    public EquatableArray<string> LocalNames(uint func) =>
        locals.TryGetValue(func, out var names) ? Enumerable.Range(0, names.Count).Select(i => names[(uint)i]).ToEquatableArray() : [];

    /// <summary>The sites of the messages and paths of one function that were not asked for.</summary>
    public int Unused => messages.Count + paths.Count;

    /// <summary>An instruction with its messages and paths.</summary>
    public CoreInstr Describe(uint func, DecodedInstr decoded)
    {
        EquatableArray<CoreInstr> Body(List<DecodedInstr>? body) => (body ?? []).Select(instr => Describe(func, instr)).ToEquatableArray();
        return decoded.Instr switch
        {
            CoreInstr.Trap => new CoreInstr.Trap(
                messages.Remove((func, decoded.Offset), out string? message) ? Codes[message] : default,
                paths.Remove((func, decoded.Offset), out string? path) ? path : null),
            CoreInstr.Call call => call with { Path = paths.Remove((func, decoded.Offset), out string? path) ? path : null },
            CoreInstr.Block block => block with { Body = Body(decoded.Body) },
            CoreInstr.Loop loop => loop with { Body = Body(decoded.Body) },
            CoreInstr.If one => one with { Then = Body(decoded.Body), Else = Body(decoded.Else) },
            CoreInstr.TryTable attempt => attempt with { Body = Body(decoded.Body) },
            var other => other,
        };
    }

    private static void Sites(ByteReader reader, Dictionary<(uint, int), string> sites)
    {
        var texts = reader.Vector(reader.Name);
        long last = -1;
        for (int funcs = reader.Count(); funcs > 0; funcs--)
        {
            uint func = reader.U32();
            if (func <= last)
                throw new InvalidDataException("functions are out of order");
            last = func;
            for (int count = reader.Count(); count > 0; count--)
                sites.Add((func, reader.Count()), texts[reader.Count()]);
        }
    }

    private void Names(ByteReader reader)
    {
        int last = -1;
        while (!reader.Ended)
        {
            byte id = reader.Byte();
            var content = reader.Slice(reader.Count());
            if (id <= last)
                throw new InvalidDataException("subsections of names are out of order");
            last = id;
            switch (id)
            {
                case 0:
                    ModuleName = content.Name();
                    break;
                case 1:
                    NameMap(content, funcs);
                    break;
                case 2:
                    for (int count = content.Count(); count > 0; count--)
                        NameMap(content, locals[content.U32()] = []);
                    break;
                default:
                    throw new InvalidDataException($"subsection of names {id}");
            }
            if (!content.Ended)
                throw new InvalidDataException("a subsection of names is longer than its content");
        }
    }

    private static void NameMap(ByteReader reader, Dictionary<uint, string> names)
    {
        long last = -1;
        for (int count = reader.Count(); count > 0; count--)
        {
            uint index = reader.U32();
            if (index <= last)
                throw new InvalidDataException("names are out of order");
            last = index;
            names.Add(index, reader.Name());
        }
    }
}
