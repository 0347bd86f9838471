using System;
using Fact.Ir;

namespace Fact.Lower.Check;

/// <summary>Checks that the canonical options of a side are enough for its types, and that its core type is the one they give. Spec: validation of <c>canon lift</c> and <c>canon lower</c>.</summary>
internal static class SideCheck
{
    public static void Lower(AdapterSide side, Action<DiagnosticCode, string> report)
    {
        var options = side.Options;
        if (options.PostReturn is not null)
            report(DiagnosticCode.CanonicalOption, "post-return belongs to the lift side");
        if (options.Callback is not null)
            report(DiagnosticCode.CanonicalOption, "a callback belongs to the lift side");
        var expected = CanonicalCoreType.OfLower(side.Type, options);
        if (!Model(side, expected, report))
            return;
        Needs(options, CanonicalNeeds.OfLower(side.Type, options), report);
        SameType(side.CoreType, expected, report);
    }

    public static void Lift(AdapterSide side, Action<DiagnosticCode, string> report)
    {
        var options = side.Options;
        if (options.Callback is not null && !options.Async)
            report(DiagnosticCode.CanonicalOption, "a callback needs the async option");
        if (options.PostReturn is not null && options.Async)
            report(DiagnosticCode.CanonicalOption, "post-return does not go with the async option");
        var expected = CanonicalCoreType.OfLift(side.Type, options);
        if (!Model(side, expected, report))
            return;
        Needs(options, CanonicalNeeds.OfLift(side.Type, options), report);
        SameType(side.CoreType, expected, report);
    }

    private static bool Model(AdapterSide side, CoreFuncType expected, Action<DiagnosticCode, string> report)
    {
        var options = side.Options;
        if (options.Memory is { Type.PageSizeLog2: not 0 and not 16 })
            report(DiagnosticCode.CanonicalOption, "the page size of a memory is 1 or 65536 bytes");
        if (options.StringEncoding is not (StringEncoding.Utf8 or StringEncoding.Utf16 or StringEncoding.Latin1OrUtf16))
            report(DiagnosticCode.CanonicalOption, "the string encoding is none of utf8, utf16 and latin1+utf16");
        if (options.DataModel == DataModel.LinearMemory)
            return true;
        if (!side.Type.Params.IsEmpty || side.Type.Result is not null)
            report(DiagnosticCode.Unsupported, "not supported: values under the gc option, whose ABI is not settled; use linear memory");
        else
            SameType(side.CoreType, expected, report);
        return false;
    }

    private static void Needs(CanonicalOptions options, CanonicalNeeds needs, Action<DiagnosticCode, string> report)
    {
        if (options.Memory is null && (needs.Params != MemoryNeed.None || needs.Result != MemoryNeed.None))
            report(DiagnosticCode.CanonicalOption, "values of this function live in memory, but the side has none; add the memory option");
        if (options.Realloc is null && (needs.Params == MemoryNeed.Allocator || needs.Result == MemoryNeed.Allocator))
            report(DiagnosticCode.CanonicalOption, "values are allocated on this side, but it has no realloc; add the option");
    }

    private static void SameType(CoreFuncType actual, CoreFuncType expected, Action<DiagnosticCode, string> report)
    {
        if (actual != expected)
            report(DiagnosticCode.WrongCoreType, $"the core type is {Text(actual)}, but the component type and options give {Text(expected)}");
    }

    private static string Text(CoreFuncType type) =>
        $"({string.Join(' ', type.Params)}) -> ({string.Join(' ', type.Results)})".ToLowerInvariant();
}
