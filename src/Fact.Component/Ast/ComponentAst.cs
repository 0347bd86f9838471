using Fact.Ir;

namespace Fact.Component.Ast;

/// <summary>
/// A component as its binary has it: nothing is resolved, no index is checked.
/// Equality is structural and includes the offsets.
/// </summary>
/// <param name="Offset">Byte offset of its preamble from the start of the input.</param>
/// <param name="Length">Number of bytes, preamble included.</param>
/// <param name="Definitions">Its definitions in binary order, sections flattened.</param>
/// <param name="CustomSections">Its custom sections in binary order, <c>component-name</c> included.</param>
/// <param name="Names">What its <c>component-name</c> section says; empty without one or when it is malformed.</param>
internal sealed record ComponentAst(
    long Offset,
    long Length,
    EquatableArray<Definition> Definitions,
    EquatableArray<CustomSection> CustomSections,
    ComponentNames Names);

/// <summary>A custom section: bytes without a meaning for the component.</summary>
/// <param name="Offset">Byte offset of the section's content (its name) from the start of the input.</param>
/// <param name="Name">The section's name.</param>
/// <param name="Data">What follows the name.</param>
internal sealed record CustomSection(long Offset, string Name, RawBytes Data);
