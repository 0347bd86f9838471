using Fact.Ir;

namespace Fact.Emit;

/// <summary>A hash of code, from what was noted of it, that is the same for code that <see cref="CodeEquality"/> calls equal, whatever functions of the program the
/// code calls.</summary>
internal static class CodeHash
{
    /// <summary>The hash of a function's type, locals and code.</summary>
    public static int Of(SymbolicFunc func)
    {
        var code = func.Code;
        int hash = Mix(Mix(Mix(func.Type.Params.Length, func.Type.Results.Length), func.Locals.Length), code.Fingerprint);
        return Mix(hash, code.FixedLength);
    }

    /// <summary>Adds a number to a hash.</summary>
    public static int Mix(int hash, int value) => (int)((((uint)hash << 5) | ((uint)hash >> 27)) ^ (uint)value) * unchecked((int)0x9E3779B1);
}
