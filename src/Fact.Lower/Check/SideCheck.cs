using System;
using Fact.Ir;

namespace Fact.Lower.Check;

/// <summary>Checks that the canonical options of a side are enough for its types, and that its core type is the one they give. Spec: validation of <c>canon lift</c>
/// and <c>canon lower</c>.</summary>
internal static class SideCheck
{
    public static void Lower(AdapterSide side, Action<DiagnosticCode, string> report)
    {
        var options = side.Options;
        if (options.PostReturn is not null)
            report(DiagnosticCode.CanonicalOption, "post-return belongs to the lift side");
        if (options.Callback is not null)
            report(DiagnosticCode.CanonicalOption, "a callback belongs to the lift side");
        if (Model(side, report))
            Needs(options, CanonicalNeeds.OfLower(side.Type, options), report);
        if (!CanonicalCoreType.IsLower(side.CoreType, side.Type, options) && HasCoreType(side))
            WrongType(side.CoreType, CanonicalCoreType.OfLower(side.Type, options), report);
    }

    public static void Lift(AdapterSide side, Action<DiagnosticCode, string> report)
    {
        var options = side.Options;
        if (options.Callback is not null && !options.Async)
            report(DiagnosticCode.CanonicalOption, "a callback needs the async option");
        if (options.PostReturn is not null && options.Async)
            report(DiagnosticCode.CanonicalOption, "post-return does not go with the async option");
        if (Model(side, report))
            Needs(options, CanonicalNeeds.OfLift(side.Type, options), report);
        if (!CanonicalCoreType.IsLift(side.CoreType, side.Type, options) && HasCoreType(side))
            WrongType(side.CoreType, CanonicalCoreType.OfLift(side.Type, options), report);
    }

    private static bool Model(AdapterSide side, Action<DiagnosticCode, string> report)
    {
        var options = side.Options;
        if (options.Memory is { Type.PageSizeLog2: not 0 and not 16 })
            report(DiagnosticCode.CanonicalOption, "the page size of a memory is 1 or 65536 bytes");
        if (options.StringEncoding is not (StringEncoding.Utf8 or StringEncoding.Utf16 or StringEncoding.Latin1OrUtf16))
            report(DiagnosticCode.CanonicalOption, "the string encoding is none of utf8, utf16 and latin1+utf16");
        if (options.DataModel == DataModel.LinearMemory)
            return true;
        if (!HasCoreType(side))
            report(DiagnosticCode.Unsupported, "not supported: values under the gc option, whose ABI is not settled; use linear memory");
        return false;
    }

    /// <summary>Whether it is known what the core type must be: not of values under the gc option.</summary>
    private static bool HasCoreType(AdapterSide side) =>
        side.Options.DataModel == DataModel.LinearMemory || (side.Type.Params.IsEmpty && side.Type.Result is null);

    private static void Needs(CanonicalOptions options, CanonicalNeeds needs, Action<DiagnosticCode, string> report)
    {
        if (options.Memory is null && (needs.Params != MemoryNeed.None || needs.Result != MemoryNeed.None))
            report(DiagnosticCode.CanonicalOption, "values of this function live in memory, but the side has none; add the memory option");
        if (options.Realloc is null && (needs.Params == MemoryNeed.Allocator || needs.Result == MemoryNeed.Allocator))
            report(DiagnosticCode.CanonicalOption, "values are allocated on this side, but it has no realloc; add the option");
    }

    private static void WrongType(CoreFuncType actual, CoreFuncType expected, Action<DiagnosticCode, string> report) =>
        report(DiagnosticCode.WrongCoreType, $"the core type is {Text(actual)}, but the component type and options give {Text(expected)}");

    private static string Text(CoreFuncType type) =>
        $"({string.Join(' ', type.Params)}) -> ({string.Join(' ', type.Results)})".ToLowerInvariant();
}
