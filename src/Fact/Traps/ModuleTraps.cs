using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Fact.Ir;
using LanguageExt;

namespace Fact.Traps;

/// <summary>
/// What an adapter module says of its traps: for hosts and debuggers that have the address of one, and want to know why. A module has it that was compiled with
/// <see cref="CompileOptions.TrapInfo"/>, in the custom sections <c>wasmtime-trampoline-traps</c> and <c>fact-trap-paths</c>.
/// </summary>
public sealed class ModuleTraps
{
    private readonly TrapSite[] sites;
    private readonly uint importedFuncs;
    private readonly uint[] bodies;

    internal ModuleTraps(TrapSite[] sites, uint importedFuncs, uint[] bodies) => (this.sites, this.importedFuncs, this.bodies) = (sites, importedFuncs, bodies);

    /// <summary>The sites in the order of the code; none where the module says nothing of its traps.</summary>
    public EquatableArray<TrapSite> Sites => EquatableArray.Create<TrapSite>(sites);

    /// <summary>Reads the sites of a module. Any input is safe: time and memory are linear in its length.</summary>
    /// <param name="module">The module in the binary format.</param>
    /// <returns>What it says; or what is wrong with it, with the byte offset.</returns>
    public static Either<EquatableArray<Diagnostic>, ModuleTraps> Read(ReadOnlyMemory<byte> module) =>
        TrapSections.Read(module).MapLeft(error => (EquatableArray<Diagnostic>)[error]);

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="module">The module in the binary format.</param>
    /// <param name="traps">What it says.</param>
    /// <param name="diagnostics">What is wrong with it; empty where nothing is.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> module, [NotNullWhen(true)] out ModuleTraps? traps, out EquatableArray<Diagnostic> diagnostics) =>
        Read(module).Try(out traps, out diagnostics);

    /// <summary>The site at an instruction; null where there is none.</summary>
    /// <param name="offset">Bytes from the start of the module to the opcode.</param>
    public TrapSite? At(uint offset)
    {
        int index = IndexFrom(offset);
        return index < sites.Length && sites[index].Offset == offset ? sites[index] : null;
    }

    /// <summary>The site at an instruction of a function; null where there is none.</summary>
    /// <param name="func">An index in the function index space of the module.</param>
    /// <param name="funcOffset">Bytes from the start of the function's body, where the vector of its locals is, to the opcode.</param>
    public TrapSite? At(uint func, uint funcOffset) => BodyOf(func) is { } body && funcOffset <= uint.MaxValue - body ? At(body + funcOffset) : null;

    /// <summary>
    /// The first <c>unreachable</c> of a function that does not come before an offset; null where there is none. Engines may make one instruction of
    /// <c>if unreachable end</c>, and name the <c>if</c>.
    /// </summary>
    /// <param name="func">An index in the function index space of the module.</param>
    /// <param name="funcOffset">Bytes from the start of the function's body.</param>
    public TrapSite? From(uint func, uint funcOffset)
    {
        if (BodyOf(func) is not { } body || funcOffset > uint.MaxValue - body)
            return null;
        for (int i = IndexFrom(body + funcOffset); i < sites.Length && sites[i].Func == func; i++)
        {
            if (sites[i].Message.Length > 0)
                return sites[i];
        }
        return null;
    }

    /// <summary>The function whose body begins at an offset from the start of the module; null where none does.</summary>
    internal uint? FuncAt(uint body)
    {
        int index = Array.BinarySearch(bodies, body);
        return index < 0 ? null : importedFuncs + (uint)index;
    }

    private uint? BodyOf(uint func) => func >= importedFuncs && func - importedFuncs < bodies.Length ? bodies[func - importedFuncs] : null;

    private int IndexFrom(uint offset)
    {
        int low = 0, high = sites.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sites[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
