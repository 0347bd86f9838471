using System;
using Fact.Ir;
using Fact.Lower.Abi;
using Fact.Lower.Call;

namespace Fact.Lower.Check;

/// <summary>Checks that the canonical options of a side are enough for its types, and that its core type is the one they give. Spec: validation of <c>canon lift</c> and <c>canon lower</c>.</summary>
internal static class SideCheck
{
    public static void Lower(CallSide side, Action<string> report)
    {
        var options = side.Input.Options;
        if (options.PostReturn is not null)
            report("post-return belongs to the lift side");
        if (options.Callback is not null)
            report("a callback belongs to the lift side");
        var expected = Signature.Lower(side.Params, side.Result, options.Async, side.PtrType);
        if (!Model(side, expected, report))
            return;
        int maxParams = options.Async ? Limits.MaxFlatAsyncParams : Limits.MaxFlatParams;
        int maxResults = options.Async ? 0 : Limits.MaxFlatResults;
        if (side.FlatParams(maxParams) is null || side.FlatResults(maxResults) is null)
            NeedMemory(options, report);
        Needs(side, side.ResultAllocates, report);
        SameType(side.Input.CoreType, expected, report);
    }

    public static void Lift(CallSide side, Action<string> report)
    {
        var options = side.Input.Options;
        if (options.Callback is not null && !options.Async)
            report("a callback needs the async option");
        if (options.PostReturn is not null && options.Async)
            report("post-return does not go with the async option");
        var expected = Signature.Lift(side.Params, side.Result, options.Async, options.Callback is not null, side.PtrType);
        if (!Model(side, expected, report))
            return;
        if (side.FlatParams(Limits.MaxFlatParams) is null || side.FlatResults(options.Async ? Limits.MaxFlatParams : Limits.MaxFlatResults) is null)
            NeedMemory(options, report);
        Needs(side, side.ParamsAllocate, report);
        SameType(side.Input.CoreType, expected, report);
    }

    private static bool Model(CallSide side, CoreFuncType expected, Action<string> report)
    {
        if (side.Input.Options.Memory is { Type.PageSizeLog2: not 0 and not 16 })
            report("the page size of a memory is 1 or 65536 bytes");
        if (side.Input.Options.StringEncoding is not (StringEncoding.Utf8 or StringEncoding.Utf16 or StringEncoding.Latin1OrUtf16))
            report("the string encoding is none of utf8, utf16 and latin1+utf16");
        if (side.Input.Options.DataModel == DataModel.LinearMemory)
            return true;
        if (side.Params.Length > 0 || side.Result is not null)
            report("not supported: values under the gc option, whose ABI is not settled; use linear memory");
        else
            SameType(side.Input.CoreType, expected, report);
        return false;
    }

    private static void Needs(CallSide side, bool allocates, Action<string> report)
    {
        var options = side.Input.Options;
        if (Array.Exists(side.Params, CallSide.HasPointers) || (side.Result is not null && CallSide.HasPointers(side.Result)))
            NeedMemory(options, report);
        if (allocates && options.Realloc is null)
            report("values are allocated on this side, but it has no realloc; add the option");
    }

    private static void NeedMemory(CanonicalOptions options, Action<string> report)
    {
        if (options.Memory is null)
            report("values of this function live in memory, but the side has none; add the memory option");
    }

    private static void SameType(CoreFuncType actual, CoreFuncType expected, Action<string> report)
    {
        if (actual != expected)
            report($"the core type is {Text(actual)}, but the component type and options give {Text(expected)}");
    }

    private static string Text(CoreFuncType type) =>
        $"({string.Join(' ', type.Params)}) -> ({string.Join(' ', type.Results)})".ToLowerInvariant();
}
