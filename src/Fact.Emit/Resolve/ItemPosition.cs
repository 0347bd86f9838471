using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Where a function, memory, global or table stands before it is known how many of its kind a module imports: an imported one has its index already, one that the
/// module defines has its position among these, and the top bit set.
/// </summary>
internal readonly record struct ItemPosition(uint Value)
{
    private const uint DefinedBit = 1u << 31;

    /// <summary>An imported function.</summary>
    public static ItemPosition Imported(CoreFuncIdx index) => new(index.Value);

    /// <summary>A function of the program, or something else that the module has of its own.</summary>
    public static ItemPosition Defined(int number) => new((uint)number | DefinedBit);

    /// <summary>The index, now that it is known how many are imported. What is no such thing is below the top bit, and stays what it is.</summary>
    public uint Index(uint imported) => (Value & DefinedBit) == 0 ? Value : (Value & ~DefinedBit) + imported;
}
