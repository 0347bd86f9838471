using System;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// The content of the <c>name</c> section: the module's name, then those of the functions (an imported one is called by its
/// two names), then those of the locals. Spec: appendix "Name Section".
/// </summary>
internal sealed class NameSection
{
    private const byte ModuleSubsection = 0, FuncSubsection = 1, LocalSubsection = 2;

    private readonly string? module;
    private readonly List<string> funcs = [];
    private readonly List<(uint Func, EquatableArray<string> Names)> locals = [];
    private readonly long funcsLength, localsLength;

    public NameSection(ResolvedModule module, string? moduleName)
    {
        this.module = moduleName;
        foreach (var import in module.Imports)
        {
            if (import.Type is CoreExternType.Func)
                funcs.Add($"{import.Module} {import.Name}");
        }
        foreach (var func in module.Funcs)
        {
            if (func.LocalNames is { IsEmpty: false } names)
                locals.Add(((uint)funcs.Count, names));
            funcs.Add(func.Name);
        }
        funcsLength = MapLength(funcs.ToArray());
        localsLength = Leb128.Length((uint)locals.Count);
        foreach (var (func, names) in locals)
            localsLength += Leb128.Length(func) + MapLength(names.AsSpan());
    }

    /// <summary>The number of bytes.</summary>
    public long Length() =>
        (module is null ? 0 : SubsectionLength(Values.NameLength(module))) + SubsectionLength(funcsLength) + SubsectionLength(localsLength);

    /// <summary>Writes the content.</summary>
    public int Write(Span<byte> to, int at)
    {
        if (module is not null)
        {
            at = Header(to, at, ModuleSubsection, Values.NameLength(module));
            at = Values.Name(to, at, module);
        }
        at = Header(to, at, FuncSubsection, funcsLength);
        at = Map(to, at, funcs.ToArray());
        at = Header(to, at, LocalSubsection, localsLength);
        at = Leb128.Write(to, at, (uint)locals.Count);
        foreach (var (func, names) in locals)
        {
            at = Leb128.Write(to, at, func);
            at = Map(to, at, names.AsSpan());
        }
        return at;
    }

    private static long SubsectionLength(long content) => 1 + Leb128.Length((uint)content) + content;

    private static int Header(Span<byte> to, int at, byte id, long content) => Leb128.Write(to, Values.Byte(to, at, id), (uint)content);

    private static long MapLength(ReadOnlySpan<string> names)
    {
        long length = Leb128.Length((uint)names.Length);
        for (int i = 0; i < names.Length; i++)
            length += Leb128.Length((uint)i) + Values.NameLength(names[i]);
        return length;
    }

    private static int Map(Span<byte> to, int at, ReadOnlySpan<string> names)
    {
        at = Leb128.Write(to, at, (uint)names.Length);
        for (int i = 0; i < names.Length; i++)
            at = Values.Name(to, Leb128.Write(to, at, (uint)i), names[i]);
        return at;
    }
}
