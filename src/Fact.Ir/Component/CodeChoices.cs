namespace Fact.Ir;

/// <summary>Who converts strings from one encoding to another, and which instructions adapters may use for it.</summary>
public enum Transcoders
{
    /// <summary>
    /// The host: modules import what they need of the twelve transcoding intrinsics. For hosts that provide them, as that of the reference compiler does.
    /// </summary>
    Imported,

    /// <summary>The module itself, with instructions that every engine has.</summary>
    Wasm,

    /// <summary>The module itself, with vectors (<c>v128</c>), which also check lists of chars, booleans, enums and flags.</summary>
    Simd,
}

/// <summary>Who keeps the tables of resource handles.</summary>
public enum HandleTables
{
    /// <summary>The host: modules import <c>resource.transfer-own</c> and its kin from it.</summary>
    Imported,

    /// <summary>A module of its own, which comes with the adapter modules and is instantiated before them.</summary>
    Wasm,
}

/// <summary>What code is best.</summary>
public enum Optimize
{
    /// <summary>The shortest: small checks are functions that all share.</summary>
    Size,

    /// <summary>The fastest: small checks and copies are written where they are needed, as far as a budget of code allows.</summary>
    Speed,
}

/// <summary>What code is written for.</summary>
/// <param name="Optimize">What is best.</param>
/// <param name="Transcoders">Who converts strings.</param>
internal readonly record struct CodeTarget(Optimize Optimize, Transcoders Transcoders)
{
    /// <summary>Whether it may have vectors.</summary>
    public bool Simd => Transcoders == Transcoders.Simd;
}
