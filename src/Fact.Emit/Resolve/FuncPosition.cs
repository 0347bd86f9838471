using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Where a function stands before it is known how many functions a module imports: an imported one has its index already, one that the
/// module defines has its position among these, and the top bit set.
/// </summary>
internal readonly record struct FuncPosition(uint Value)
{
    private const uint DefinedBit = 1u << 31;

    /// <summary>An imported function.</summary>
    public static FuncPosition Imported(CoreFuncIdx index) => new(index.Value);

    /// <summary>A function of the program.</summary>
    public static FuncPosition Defined(int number) => new((uint)number | DefinedBit);

    /// <summary>The index, now that the number of imported functions is known. What is no function is below the top bit, and stays what it is.</summary>
    public uint Index(uint importedFuncs) => (Value & DefinedBit) == 0 ? Value : (Value & ~DefinedBit) + importedFuncs;
}
