using System;
using System.Collections.Generic;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Which functions the functions of a core module call.</summary>
internal sealed class ModuleCalls
{
    private const int Call = 0x10, ReturnCall = 0x12, CallIndirect = 0x11, ReturnCallIndirect = 0x13, CallRef = 0x14, ReturnCallRef = 0x15;
    private const int FirstOfContinuations = 0xE0, LastOfContinuations = 0xE6;

    private readonly FunctionBodies bodies;
    private readonly List<int> importOf = [];
    private readonly Dictionary<string, uint> exports = new(StringComparer.Ordinal);

    private ModuleCalls(CoreModuleSurface surface, FunctionBodies bodies)
    {
        this.bodies = bodies;
        for (int i = 0; i < surface.Imports.Length; i++)
        {
            if (surface.Imports[i].Type is CoreExternType.Func)
                importOf.Add(i);
        }
        foreach (var export in surface.Exports)
        {
            if (export.Type is CoreExternType.Func)
                exports.Add(export.Name, export.Index);
        }
    }

    /// <summary>Looks at a module; null where its code section is malformed.</summary>
    public static ModuleCalls? Of(EmbeddedModule module) =>
        FunctionBodies.Read(module.Bytes.Memory) is { } bodies ? new ModuleCalls(module.Surface, bodies) : null;

    /// <summary>The function that is exported by a name; null where there is none.</summary>
    public uint? Export(string name) => exports.TryGetValue(name, out uint func) ? func : null;

    /// <summary>Which of the module's imports a function is; null where the module defines it.</summary>
    public int? Import(uint func) => func < importOf.Count ? importOf[(int)func] : null;

    /// <summary>About how many bytes <see cref="Add"/> looks at.</summary>
    public int Cost(uint func) => HasBody(func) ? Body(func).Length : 0;

    /// <summary>Adds the functions that a defined one calls, each as often as it does.</summary>
    /// <returns>Whether these are all: not where it calls what a table or a reference holds, or switches to another stack, or where its code is not
    /// well-formed.</returns>
    public bool Add(uint func, List<uint> called)
    {
        if (!HasBody(func))
            return false;
        var reader = BodyReader.Function(Body(func));
        while (reader.Next())
        {
            switch (reader.Opcode)
            {
                case Call or ReturnCall:
                    if (reader.NextImmediate())
                        called.Add((uint)reader.Value);
                    break;
                case CallIndirect or ReturnCallIndirect or CallRef or ReturnCallRef or (>= FirstOfContinuations and <= LastOfContinuations):
                    return false;
            }
        }
        return reader.Problem is null;
    }

    private bool HasBody(uint func) => func >= importOf.Count && func - importOf.Count < bodies.Count;

    private ReadOnlySpan<byte> Body(uint func) => bodies[(int)func - importOf.Count];
}
