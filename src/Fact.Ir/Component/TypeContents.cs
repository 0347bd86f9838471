using System;

namespace Fact.Ir;

/// <summary>What is somewhere in a type.</summary>
[Flags]
internal enum TypeContents : byte
{
    None = 0,

    /// <summary>A string in a value: encodings matter.</summary>
    Strings = 1,

    /// <summary>A string, list or map in a value: memories are read through pointers, and lowering allocates.</summary>
    Pointers = 2,

    /// <summary>A borrow in a value.</summary>
    Borrows = 4,

    /// <summary>A resource type, be it that of the elements of a stream.</summary>
    Resources = 8,

    /// <summary>Anything that is an index into a table of a component instance, so that the type differs between instances.</summary>
    Tables = 16,

    /// <summary>A record, variant, enum or flags type, which must have a name before an import or export may mention it.</summary>
    Named = 32,

    /// <summary>Any type that must have a name before an import or export may mention it.</summary>
    Nameable = Resources | Named,

    /// <summary>What the type of elements passes on to the type of a stream or future of them, whose values are handles.</summary>
    OfElements = Resources | Tables | Named,
}
