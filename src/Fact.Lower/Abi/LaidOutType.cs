using Fact.Ir;

namespace Fact.Lower.Abi;

/// <summary>
/// A type whose layouts are known. Layout asks no more of the parts of a type than this, so that whoever has types in a form of
/// its own, as the checker of components has, shares the rules.
/// </summary>
internal abstract class LaidOutType
{
    protected LaidOutType(Layouts layouts) => (Layout32, Layout64) = (layouts.Layout32, layouts.Layout64);

    /// <summary>The layout for 32-bit pointers.</summary>
    public Layout Layout32 { get; }

    /// <summary>The layout for 64-bit pointers; the same object where there is no pointer in the type.</summary>
    public Layout Layout64 { get; }

    /// <summary>The layout for the given pointers: i32 or i64.</summary>
    public Layout For(CoreValType ptr) => ptr == CoreValType.I64 ? Layout64 : Layout32;

    /// <summary>Whether the width of pointers makes no difference.</summary>
    public bool SameForBoth => ReferenceEquals(Layout32, Layout64);
}
