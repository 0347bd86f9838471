using System;
using System.Diagnostics;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;

namespace Fact.Lower.Plan;

/// <summary>
/// Plans how values are copied: one rule for each kind of type, straight from the specification's definitions, nothing optimised. Each node goes through the passes
/// when it is made. Types with equal identities get one plan for all sides that are alike. Spec: <c>load</c>, <c>store</c>, <c>lift_flat</c>, <c>lower_flat</c>.
/// </summary>
/// <param name="types">Makes equal types one object.</param>
/// <param name="passes">What makes plans cheaper.</param>
/// <param name="capacity">How many types are expected.</param>
internal sealed class CopyPlanner(TypeInterner types, PassList passes, int capacity)
{
    private SmallMap<CopyKey, Copy> known = new(capacity);
    private ValType? tooLarge;
    private bool hasTooLarge;

    /// <summary>The plan for a value of one type that becomes a value of another: the same type, but that handles are in other tables.</summary>
    public Copy Of(ValType from, ValType to, CopyForm form)
    {
        form = form.For(from);
        if (from is ValType.Primitive { Type: not PrimitiveType.String } primitive)
            return passes.Rewrite(Copy.Of(primitive.Type, Copy.CheckOf(primitive.Type)), form);
        var key = new CopyKey(from, to, form);
        if (!known.TryGetValue(key, out var copy))
        {
            known.Add(key, copy = passes.Rewrite(Make(from, to, form), form));
            Limit(copy, from);
        }
        return copy;
    }

    /// <summary>The plan for all parameters of a call; null where there are none.</summary>
    public Copy? Params(CallSide lower, CallSide lift, CopyForm form)
    {
        if (lower.Params.Length == 0)
            return null;
        var parts = new Part[lower.Params.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = new(lower.Input.Type.Params[i].Name, Of(lower.Params[i], lift.Params[i], form));
        Work += parts.Length;
        var copy = passes.Rewrite(new Copy.Seq(SeqKind.Params, EquatableArray.Seal(parts), lower.ParamLayout, lift.ParamLayout), form);
        Limit(copy, null);
        return copy;
    }

    /// <summary>How many parts of types were planned.</summary>
    public long Work { get; private set; }

    /// <summary>Whether since the last call something was planned that takes too much code for one function: which type, or null for all parameters of a call.</summary>
    public bool TakeTooLarge(out ValType? type)
    {
        (type, bool found, tooLarge, hasTooLarge) = (tooLarge, hasTooLarge, null, false);
        return found;
    }

    private void Limit(Copy copy, ValType? type)
    {
        if ((copy is Copy.Helper helper ? helper.Body : copy).Facts.Cost > InputLimits.CodeOfOneFunction && !hasTooLarge)
            (tooLarge, hasTooLarge) = (type, true);
    }

    private Copy Make(ValType from, ValType to, CopyForm form)
    {
        TypeLayout source = from.LayoutFor(form.Source64), target = to.LayoutFor(form.Target64);
        switch (from, to)
        {
            case (ValType.Primitive { Type: PrimitiveType.String }, ValType.Primitive):
                return form.SourceInMemory || form.TargetInMemory ? new Copy.Pair(Of(from, to, form.Flat)) : new Copy.Text(form.From, form.To, source, target);
            case (ValType.Flags f, ValType.Flags):
                return new Copy.Flags(f.Labels.Length, true, source);
            case (ValType.Own f, ValType.Own t):
                return new Copy.Handle(TransferKind.Own, f.Table.Value, t.Table.Value, source);
            case (ValType.Borrow f, ValType.Borrow t):
                return new Copy.Handle(TransferKind.Borrow, f.Table.Value, t.Table.Value, source);
            case (ValType.Stream f, ValType.Stream t):
                return new Copy.Handle(TransferKind.Stream, f.Table.Value, t.Table.Value, source);
            case (ValType.Future f, ValType.Future t):
                return new Copy.Handle(TransferKind.Future, f.Table.Value, t.Table.Value, source);
            case (ValType.ErrorContext f, ValType.ErrorContext t):
                return new Copy.Handle(TransferKind.ErrorContext, f.Table.Value, t.Table.Value, source);
            case (ValType.List f, ValType.List t):
                return new Copy.List(Of(f.Element, t.Element, form.Behind), source, target);
            case (ValType.Map f, ValType.Map t):
                return new Copy.List(Of(Entry(f), Entry(t), form.Behind), source, target);
            case (ValType.FixedLengthList f, ValType.FixedLengthList t):
                return new Copy.Repeat(Of(f.Element, t.Element, form), f.Length, !form.InMemory, source, target);
            case (ValType.Record f, ValType.Record t):
                return Record(f, t, form, source, target);
            case (ValType.Tuple f, ValType.Tuple t):
                return Tuple(f, t, form, source, target);
            case (ValType.Variant f, ValType.Variant t):
                return Variant(f, t, form, source, target);
            case (ValType.Enum f, ValType.Enum):
                return Cases(VariantFlavor.Enum, f.Labels.Length, source, target, new Arm(f.Labels[0], null));
            case (ValType.Option f, ValType.Option t):
                return Cases(VariantFlavor.Option, 2, source, target, new Arm(Arm.None, null), new Arm(Arm.Some, Of(f.Some, t.Some, form)));
            case (ValType.Result f, ValType.Result t):
                return Result(f, t, form, source, target);
            default:
                throw new UnreachableException("the two sides were checked to have the same type");
        }
    }

    /// <summary>A map is the list of its entries. Spec: <c>despecialize</c>.</summary>
    private ValType Entry(ValType.Map map) => types.Of(new ValType.Tuple([map.Key, map.Value]));

    private Copy Record(ValType.Record from, ValType.Record to, CopyForm form, TypeLayout source, TypeLayout target)
    {
        Work += from.Fields.Length;
        var parts = new Part[from.Fields.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = new(to.Fields[i].Name, Of(from.Fields[i].Type, to.Fields[i].Type, form));
        return new Copy.Seq(SeqKind.Record, EquatableArray.Seal(parts), source, target);
    }

    private Copy Tuple(ValType.Tuple from, ValType.Tuple to, CopyForm form, TypeLayout source, TypeLayout target)
    {
        Work += from.Types.Length;
        var parts = new Part[from.Types.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = new(null, Of(from.Types[i], to.Types[i], form));
        return new Copy.Seq(SeqKind.Tuple, EquatableArray.Seal(parts), source, target);
    }

    /// <summary>An arm for each payload, and one for all cases without.</summary>
    private Copy Variant(ValType.Variant from, ValType.Variant to, CopyForm form, TypeLayout source, TypeLayout target)
    {
        int count = from.Cases.Length;
        Work += count;
        var arms = new Arm[count];
        var armOf = new int[count];
        int used = 0, empty = -1;
        for (int i = 0; i < count; i++)
        {
            if (from.Cases[i].Type is { } payload)
            {
                armOf[i] = used;
                arms[used++] = new(from.Cases[i].Name, Of(payload, to.Cases[i].Type!, form));
                continue;
            }
            if (empty < 0)
                arms[empty = used++] = new(from.Cases[i].Name, null);
            armOf[i] = empty;
        }
        return new Copy.Cases(
            VariantFlavor.Variant,
            count,
            used == count ? EquatableArray.Seal(arms) : EquatableArray.Create<Arm>(arms.AsSpan(0, used)),
            used == 1 ? [] : EquatableArray.Seal(armOf),
            Dispatch.Table,
            source,
            target);
    }

    private Copy Result(ValType.Result from, ValType.Result to, CopyForm form, TypeLayout source, TypeLayout target)
    {
        if (from.Ok is null && from.Error is null)
            return Cases(VariantFlavor.Result, 2, source, target, new Arm(Arm.Ok, null));
        return Cases(VariantFlavor.Result, 2, source, target, Payload(Arm.Ok, from.Ok, to.Ok), Payload(Arm.Error, from.Error, to.Error));

        Arm Payload(string name, ValType? one, ValType? other) => new(name, one is null ? null : Of(one, other!, form));
    }

    /// <summary>Cases that all have one arm, or each the arm of its own number.</summary>
    private static Copy.Cases Cases(VariantFlavor flavor, int count, TypeLayout source, TypeLayout target, params ReadOnlySpan<Arm> arms) =>
        new(flavor, count, EquatableArray.Create(arms), arms.Length == 1 ? [] : TwoArms, Dispatch.Table, source, target);

    private static readonly EquatableArray<int> TwoArms = [0, 1];

    private readonly record struct CopyKey(ValType From, ValType To, CopyForm Form)
    {
        public bool Equals(CopyKey other) => ReferenceEquals(From, other.From) && ReferenceEquals(To, other.To) && Form == other.Form;

        public override int GetHashCode() => (From.GetHashCode() * 31) + To.GetHashCode() + (Form.Number * 0x9E37);
    }
}
