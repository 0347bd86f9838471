using Fact.Emit;
using Fact.Ir;

namespace Fact.Fuse;

/// <summary>A component as one core module, and how to call it.</summary>
/// <param name="Module">The module.</param>
/// <param name="Exports">The functions that it exports.</param>
/// <param name="Imports">The functions that it imports.</param>
internal sealed record FusedComponent(MergedModule Module, EquatableArray<FusedFunction> Exports, EquatableArray<FusedFunction> Imports);

/// <summary>A function of a component as a core function.</summary>
/// <param name="Module">The module name, of an import; empty for an export.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as a function of a component.</param>
/// <param name="CoreType">Its core type.</param>
/// <param name="StringEncoding">How its strings are encoded.</param>
/// <param name="Memory">The export that is the memory of its values; null where they need none.</param>
/// <param name="Realloc">The export that is its allocator; null where there is none.</param>
/// <param name="PostReturn">The export to call with its results when they were read; null where there is none.</param>
internal sealed record FusedFunction(
    string Module, string Name, ComponentFuncType Type, CoreFuncType CoreType, StringEncoding StringEncoding, string? Memory, string? Realloc, string? PostReturn);
