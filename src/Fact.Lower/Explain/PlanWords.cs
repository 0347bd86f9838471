using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Explain;

/// <summary>What the things in a plan are called: for each a line, without what is below it. The words are the specification's where it has any.</summary>
internal static class PlanWords
{
    /// <summary>What a barrier is called, before what is behind it.</summary>
    public const string Exceptions = "trap on an exception of";

    /// <summary>How a value is copied.</summary>
    public static string Of(Copy copy) => copy switch
    {
        Copy.Scalar c => ValType.Of(c.Type) + Of(c.Check),
        Copy.Flags c => Count(c.Bits, "flag") + (c.Mask ? ", other bits cleared" : ""),
        Copy.Handle c => $"{Of(c.Kind)} handle, table {c.FromTable} -> {c.ToTable}",
        Copy.Text c => $"string {EncodingNames.Of(c.From)} -> {EncodingNames.Of(c.To)}: check, allocate, transcode",
        Copy.Pair => "pointer and length: read, convert, write",
        Copy.Seq c => Of(c.Kind) + Of(c.Runs),
        Copy.Cases c => $"{Of(c.Flavor)} of {Count(c.Count, "case")}: check and copy discriminant, then {Choice(c)}",
        Copy.Repeat c => $"{Count(c.Count, "element")}, {Stride(c.Element)}: {(c.Unrolled ? "one after another" : Elements(c.Element))}",
        Copy.List c => $"list, {Stride(c.Element)}: check, allocate, copy {Elements(c.Element)}",
        Copy.Bytes c => $"{Count((long)c.Layout.ElemSize, "byte")} as one block",
        Copy.Blocks c => "as blocks, while there are enough and all are valid: " + Of(c.Rules),
        Copy.Helper c => "a helper does it" + Of(c.Inline),
    };

    /// <summary>What a function does, without how values are copied.</summary>
    public static string Of(Act act, CallPlan plan) => act switch
    {
        Act.Require a => $"trap unless {Of(a.Flag)} of {Instance(a.Flags, plan)}",
        Act.Clear a => $"clear {Of(a.Which)} of {Instance(a.Flags, plan)}",
        Act.Set a => $"set {Of(a.Which)} of {Instance(a.Flags, plan)}",
        Act.EnterCall => "begin the scope of borrowed handles",
        Act.ExitCall => "end the scope of borrowed handles",
        Act.Move { Copy: null } a => $"no {Of(a.What)} to move",
        Act.Move a => $"move {Of(a.What)}: {Of(a.From)} -> {Of(a.To)}{Of(a.Inline)}",
        Act.Invoke => "call the callee",
        Act.Link => "nothing: the caller is linked to the callee",
        Act.PostReturn => "call post-return",
        Act.Guard => Exceptions,
        Act.HandToHost a => "have the host call async-start, the callee and async-return (prepare-call, start-call): "
            + (a.Start is Import.AsyncStartCall ? "asynchronous caller" : "synchronous caller"),
    };

    /// <summary>What a function is for.</summary>
    public static string Of(FuncRole role) => role switch
    {
        FuncRole.Adapter => "adapter",
        FuncRole.AsyncStart => "async-start",
        FuncRole.AsyncReturn => "async-return",
        _ => "helper",
    };

    /// <summary>Core parameters, or results.</summary>
    public static string Of(EquatableArray<CoreValType> types) => string.Join(' ', types.Items).ToLowerInvariant();

    private static string Short(bool inline) => inline ? ", a few bytes by loads and stores" : "";

    /// <summary>What is written out in a function.</summary>
    public static string Of(Inlining inline) =>
        ((inline & Inlining.Strings) != 0 ? ", strings and bytes in place" : "") + ((inline & Inlining.Checks) != 0 ? ", checks written out" : "");

    private static string Of(Place place) => place switch
    {
        Place.Params => "core parameters",
        Place.Returned => "core result of the callee",
        Place.Stack => "operand stack",
        Place.At p => $"{Count(p.Size, "byte")} at the address {(p.Address < 0 ? "that the callee returned" : $"in core parameter {p.Address}")}, which is checked",
        Place.Allocated p => $"{Count(p.Size, "byte")} that realloc gives",
    };

    private static string Instance(Import.InstanceFlags flags, CallPlan plan)
    {
        string instance = $"instance {flags.Instance.Value}";
        if (plan.LiftFlags.Instance == plan.LowerFlags.Instance)
            return instance;
        if (flags.Instance == plan.LiftFlags.Instance)
            return $"the callee ({instance})";
        return flags.Instance == plan.LowerFlags.Instance ? $"the caller ({instance})" : instance;
    }

    private static string Choice(Copy.Cases cases)
    {
        if (cases.Dispatch == Dispatch.Always)
            return "the same for all cases";
        return $"one of {Count(cases.Arms.Length, "arm")}, by {Of(cases.Dispatch)}";
    }

    private static string Of(Dispatch dispatch) => dispatch switch
    {
        Dispatch.Always => "nothing",
        Dispatch.If => "one condition",
        Dispatch.InRange => "a range of cases",
        _ => "a table",
    };

    private static string Stride(Copy element) => element.Source.ElemSize == element.Target.ElemSize
        ? $"{Count((long)element.Source.ElemSize, "byte")} each"
        : $"{element.Source.ElemSize} -> {Count((long)element.Target.ElemSize, "byte")} each";

    private static string Elements(Copy element) => element switch
    {
        Copy.Bytes c => "as one block" + Short(c.InlineShort),
        Copy.Blocks => "many at once",
        _ => "in a loop",
    };

    /// <summary>What happens to the bytes of elements that are copied in blocks.</summary>
    private static string Of(BlockRules rules)
    {
        var words = new List<string>();
        foreach (var field in rules.Fields)
            words.Add($"{(field.Size == 1 ? "byte" : "bytes")} {field.Offset}{(field.Size == 1 ? "" : $"-{field.Offset + field.Size - 1}")}{Of(field)}");
        if (rules.Payload is { } payload)
            words.Add($"payload of the case in byte {payload.Discriminant}");
        if (rules.HasPadding)
            words.Add("other bytes left alone");
        return string.Join(" · ", words);
    }

    private static string Of(BlockField field) => field.Rule switch
    {
        FieldRule.Keep => "",
        FieldRule.ToBool => ", not 0 becomes 1",
        FieldRule.Mask => ", unknown flags cleared",
        FieldRule.Below => $" below {field.Operand}",
        _ => ", a char",
    };

    private static string Of(ScalarCheck check) => check switch
    {
        ScalarCheck.None => "",
        ScalarCheck.ToBool => ", not 0 becomes 1",
        ScalarCheck.ZeroExtend => ", upper bits cleared",
        ScalarCheck.SignExtend => ", sign extended",
        _ => ", checked",
    };

    private static string Of(SeqKind kind) => kind switch
    {
        SeqKind.Record => "record",
        SeqKind.Tuple => "tuple",
        _ => "parameters",
    };

    private static string Of(EquatableArray<PartRun> runs)
    {
        int parts = 0;
        foreach (var run in runs)
            parts += run.Count;
        return runs.IsEmpty ? "" : $", {parts} of its parts as {Count(runs.Length, "block")} of bytes";
    }

    private static string Of(Moved what) => what switch
    {
        Moved.Params => "parameters",
        _ => "result",
    };

    private static string Of(InstanceFlag flag) => flag switch
    {
        InstanceFlag.MayLeave => "may_leave",
        InstanceFlag.MayEnter => "may_enter",
        _ => "may_leave and may_enter",
    };

    private static string Of(TransferKind kind) => kind switch
    {
        TransferKind.Own => "own",
        TransferKind.Borrow => "borrow",
        TransferKind.Stream => "stream",
        TransferKind.Future => "future",
        _ => "error-context",
    };

    private static string Of(VariantFlavor flavor) => flavor switch
    {
        VariantFlavor.Variant => "variant",
        VariantFlavor.Enum => "enum",
        VariantFlavor.Option => "option",
        _ => "result",
    };

    private static string Count(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
