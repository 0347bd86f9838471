using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Explain;

/// <summary>
/// Plans as text, for people: what functions do, a line each, with the trees of what they copy below. What several places share is written once and named by a number
/// everywhere else, so that text is linear in the number of nodes.
/// </summary>
internal sealed class PlanText
{
    private const int LongestName = 100;

    private readonly StringBuilder text = new();
    private readonly Dictionary<Copy, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Copy> written = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<Copy> helpers = [];

    /// <summary>The plan of an adapter: its functions, then the helpers that they call.</summary>
    public static string Of(CallPlan plan)
    {
        var printer = new PlanText();
        foreach (var func in plan.Funcs)
            printer.Number(func);
        foreach (var func in plan.Funcs)
        {
            printer.Line(0, $"{RoleName(func.Role)} ({Types(func.Type.Params)}) -> ({Types(func.Type.Results)})");
            printer.Acts(func.Acts, 1);
        }
        while (printer.helpers.TryDequeue(out var body))
        {
            printer.Line(0, $"helper #{printer.numbers[body]}");
            printer.Node(body, "", 1);
        }
        return printer.text.ToString();
    }

    /// <summary>One node in one line, without what is below it.</summary>
    public static string Line(Copy copy) => copy switch
    {
        Copy.Scalar c => Name(c.Type) + CheckText(c.Check),
        Copy.Flags c => $"flags of {c.Bits} bits" + (c.Mask ? ", others cleared" : ""),
        Copy.Handle c => $"{KindName(c.Kind)} handle, table {c.FromTable} -> {c.ToTable}",
        Copy.Text c => $"string {Name(c.From)} -> {Name(c.To)}: check, allocate, transcode",
        Copy.Pair => "pointer and length of",
        Copy.Seq c => SeqText(c),
        Copy.Cases c => $"{FlavorName(c.Flavor)} of {c.Count} cases, {c.Arms.Length} arms, {DispatchText(c.Dispatch)}: check discriminant, copy it, then",
        Copy.Repeat c => $"{c.Count} elements {(c.Unrolled ? "in a row" : "in a loop")}, {Stride(c.Element)}",
        Copy.List c => $"list, {Stride(c.Element)}: check range, allocate, then {(c.Element is Copy.Bytes ? "all at once" : "in a loop")}",
        Copy.Bytes c => $"{c.Layout.ElemSize} bytes",
        Copy.Helper => "helper",
    };

    private void Number(FuncPlan func)
    {
        var seen = new HashSet<Copy>(ReferenceEqualityComparer.Instance);
        Walk(func.Acts);

        void Walk(EquatableArray<Act> acts)
        {
            foreach (var act in acts)
            {
                if (act is Act.Move { Copy: { } copy })
                    Visit(copy);
                else if (act is Act.Guard guard)
                    Walk(guard.Acts);
            }
        }

        void Visit(Copy copy)
        {
            if (!HasParts(copy))
                return;
            if (!seen.Add(copy))
            {
                numbers.TryAdd(copy, numbers.Count + 1);
                return;
            }
            if (copy is Copy.Helper helper)
                numbers.TryAdd(helper.Body, numbers.Count + 1);
            foreach (var part in CopyParts.Of(copy))
                Visit(part);
        }
    }

    private static bool HasParts(Copy copy) => copy is not (Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes);

    private void Acts(EquatableArray<Act> acts, int depth)
    {
        foreach (var act in acts)
            Write(act, depth);
    }

    private void Write(Act act, int depth)
    {
        Line(depth, Line(act));
        if (act is Act.Move { Copy: { } copy })
            Node(copy, "", depth + 1);
        else if (act is Act.Guard guard)
            Acts(guard.Acts, depth + 1);
    }

    /// <summary>What a function does, in one line, without how values are copied.</summary>
    public static string Line(Act act) => act switch
    {
        Act.Require a => $"trap unless instance {a.Flags.Instance.Value} has {Name(a.Flag)}",
        Act.Clear a => $"clear {Name(a.Which)} of instance {a.Flags.Instance.Value}",
        Act.Set a => $"set {Name(a.Which)} of instance {a.Flags.Instance.Value}",
        Act.EnterCall => "enter the scope of the call",
        Act.ExitCall => "exit the scope of the call",
        Act.Move a => $"move {(a.What == Moved.Params ? "parameters" : "result")}: {PlaceText(a.From)} -> {PlaceText(a.To)}",
        Act.Invoke => "call the callee",
        Act.PostReturn => "call post-return",
        Act.Guard => "trap on an exception of",
        Act.HandToHost a => $"hand the call to the host, {(a.Start is Import.AsyncStartCall ? "asynchronous" : "synchronous")} caller",
    };

    private void Node(Copy copy, string label, int depth)
    {
        if (copy is Copy.Helper helper)
        {
            Line(depth, $"{label}helper #{numbers[helper.Body]}");
            if (written.Add(helper))
                Enqueue(helper.Body);
            return;
        }
        string number = numbers.TryGetValue(copy, out int known) && depth > 1 ? $" #{known}" : "";
        if (number.Length > 0 && !written.Add(copy))
        {
            Line(depth, $"{label}as{number}");
            return;
        }
        Line(depth, label + Line(copy) + number);
        Parts(copy, depth + 1);
    }

    private void Enqueue(Copy body)
    {
        if (written.Add(body))
            helpers.Enqueue(body);
    }

    private void Parts(Copy copy, int depth)
    {
        switch (copy)
        {
            case Copy.Seq c:
                for (int i = 0; i < c.Parts.Length; i++)
                    Node(c.Parts[i].Copy, $"{Short(c.Segment(i))}: ", depth);
                break;
            case Copy.Cases c:
                for (int i = 0; i < c.Arms.Length; i++)
                {
                    if (c.Arms[i].Payload is { } payload)
                        Node(payload, $"{Short(c.Segment(i))}{Others(c, i)}: ", depth);
                }
                break;
            case Copy.Pair c:
                Node(c.Conversion, "", depth);
                break;
            case Copy.Repeat c:
                Node(c.Element, "", depth);
                break;
            case Copy.List c:
                Node(c.Element, "", depth);
                break;
            case Copy.Scalar or Copy.Flags or Copy.Handle or Copy.Text or Copy.Bytes or Copy.Helper:
                break;
        }
    }

    private static string Others(Copy.Cases cases, int arm)
    {
        int count = -1;
        for (int i = 0; i < cases.Count; i++)
            count += cases.ArmOfCase(i) == arm ? 1 : 0;
        return count == 0 ? "" : $" and {count} more";
    }

    private void Line(int depth, string line) => text.Append(' ', 2 * depth).Append(Printable.Of(line)).Append('\n');

    private static string Short(PathSegment segment) => segment.Name is { Length: > LongestName } name
        ? (segment with { Name = Printable.Short(name) }).ToString()
        : segment.ToString();

    private static string Stride(Copy element) => element.Source.ElemSize == element.Target.ElemSize
        ? $"{element.Source.ElemSize} bytes each"
        : $"{element.Source.ElemSize} -> {element.Target.ElemSize} bytes each";

    private static string SeqText(Copy.Seq seq) => seq.Kind switch
    {
        SeqKind.Record => "record",
        SeqKind.Tuple => "tuple",
        _ => "parameters",
    } + (seq.Source.ElemSize == seq.Target.ElemSize ? $" of {seq.Source.ElemSize} bytes" : $" of {seq.Source.ElemSize} -> {seq.Target.ElemSize} bytes");

    private static string PlaceText(Place place) => place switch
    {
        Place.Params => "core parameters",
        Place.Returned => "core result",
        Place.Stack p => p.Types.IsEmpty ? "nothing" : "core values",
        Place.At p => $"{p.Size} bytes at {(p.Address < 0 ? "the address that was returned" : $"the address in parameter {p.Address}")}, range checked",
        Place.Allocated p => $"{p.Size} bytes that are allocated",
    };

    private static string DispatchText(Dispatch dispatch) => dispatch switch
    {
        Dispatch.Always => "no dispatch",
        Dispatch.If => "by one condition",
        Dispatch.InRange => "by a range",
        _ => "by a table",
    };

    private static string CheckText(ScalarCheck check) => check switch
    {
        ScalarCheck.ToBool => ", not 0 becomes 1",
        ScalarCheck.ZeroExtend => ", upper bits cleared",
        ScalarCheck.SignExtend => ", sign extended",
        ScalarCheck.CheckChar => ", checked",
        _ => "",
    };

    private static string Types(EquatableArray<CoreValType> types) => string.Join(' ', types.Items).ToLowerInvariant();

    private static string Name(PrimitiveType type) => ValType.Of(type).ToString();

    private static string Name(StringEncoding encoding) => encoding switch
    {
        StringEncoding.Utf8 => "utf8",
        StringEncoding.Utf16 => "utf16",
        _ => "latin1+utf16",
    };

    private static string Name(InstanceFlag flag) => flag switch
    {
        InstanceFlag.MayLeave => "may_leave",
        InstanceFlag.MayEnter => "may_enter",
        _ => "may_leave and may_enter",
    };

    private static string RoleName(FuncRole role) => role switch
    {
        FuncRole.AsyncStart => "async-start",
        FuncRole.AsyncReturn => "async-return",
        _ => "adapter",
    };

    private static string KindName(TransferKind kind) => kind switch
    {
        TransferKind.Own => "own",
        TransferKind.Borrow => "borrow",
        TransferKind.Stream => "stream",
        TransferKind.Future => "future",
        _ => "error-context",
    };

    private static string FlavorName(VariantFlavor flavor) => flavor switch
    {
        VariantFlavor.Enum => "enum",
        VariantFlavor.Option => "option",
        VariantFlavor.Result => "result",
        _ => "variant",
    };
}
