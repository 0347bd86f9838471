using System.Collections.Generic;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Passes;

/// <summary>Finds out whether copying an element means doing something to each of its bytes by itself: a fold over the copy.</summary>
internal sealed class ElementRules
{
    /// <summary>Bytes of a vector, which is also how many cases can be looked up in one.</summary>
    private const uint Vector = 16;

    /// <summary>A block is a whole number of elements and of vectors: so many bytes, or three vectors.</summary>
    private const uint MostBlock = 4 * Vector, OtherBlock = 3 * Vector;

    private readonly List<BlockField> fields = [];
    private CasePayload? payload;

    private ElementRules()
    {
    }

    /// <summary>The rules of an element; null where there are none, or none that would do for blocks.</summary>
    public static BlockRules? Of(Copy element)
    {
        ulong size = element.Source.ElemSize;
        if (element is Copy.Bytes or Copy.Blocks || element.Facts.Allocates || (MostBlock % size != 0 && OtherBlock % size != 0))
            return null;
        var rules = new ElementRules();
        if (!rules.Add(element, 0) || (rules.payload is not null && Vector % size != 0))
            return null;
        return new((uint)size, rules.fields.ToEquatableArray(), rules.payload);
    }

    private bool Add(Copy copy, uint at)
    {
        switch (copy)
        {
            case Copy.Scalar c:
                Add(at, (uint)c.Layout.ElemSize, c.Type switch
                {
                    PrimitiveType.Bool => FieldRule.ToBool,
                    PrimitiveType.Char => FieldRule.Char,
                    _ => FieldRule.Keep,
                });
                return true;
            case Copy.Flags c:
                if (c.Facts.IsBytes)
                    Add(at, (uint)c.Layout.ElemSize, FieldRule.Keep);
                else
                    Add(at, (uint)c.Layout.ElemSize, FieldRule.Mask, (1u << c.Bits) - 1);
                return true;
            case Copy.Bytes c:
                Add(at, (uint)c.Layout.ElemSize, FieldRule.Keep);
                return true;
            case Copy.Blocks c:
                return Add(c.Element, at);
            case Copy.Helper c:
                return Add(c.Body, at);
            case Copy.Seq c:
                for (int i = 0; i < c.Parts.Length; i++)
                {
                    if (!Add(c.Parts[i].Copy, at + c.Source.Offsets[i]))
                        return false;
                }
                return true;
            case Copy.Repeat c:
                for (uint i = 0; i < c.Count; i++)
                {
                    if (!Add(c.Element, at + (i * (uint)c.Element.Source.ElemSize)))
                        return false;
                }
                return true;
            case Copy.Cases c:
                return Cases(c, at);
            case Copy.Handle or Copy.Text or Copy.Pair or Copy.List:
                return false;
        }
        return false;
    }

    private void Add(uint at, uint size, FieldRule rule, uint operand = 0)
    {
        if (rule == FieldRule.Keep && fields is [.., { Rule: FieldRule.Keep } last] && last.Offset + last.Size == at)
            fields[^1] = last with { Size = last.Size + size };
        else
            fields.Add(new(at, size, rule, operand));
    }

    private bool Cases(Copy.Cases cases, uint at)
    {
        uint size = (uint)cases.DiscriminantSize;
        bool isAny = size < 4 && cases.Count == 1 << (8 * (int)size);
        Add(at, size, isAny ? FieldRule.Keep : FieldRule.Below, isAny ? 0 : (uint)cases.Count);
        Copy? first = null;
        bool areAlike = true, haveOneSize = true, areBytes = true, isAnyEmpty = false;
        foreach (ref readonly var arm in cases.Arms.AsSpan())
        {
            isAnyEmpty |= arm.Payload is null;
            if (arm.Payload is not { } one)
                continue;
            first ??= one;
            areAlike &= ReferenceEquals(one, first);
            haveOneSize &= one.Source.ElemSize == first.Source.ElemSize;
            areBytes &= one.Facts.IsBytes;
        }
        if (first is null)
            return true;
        uint offset = at + cases.Source.Offsets[0];
        if (areAlike && !isAnyEmpty)
            return Add(first, offset);
        if (areBytes && haveOneSize && !isAnyEmpty)
        {
            Add(offset, (uint)first.Source.ElemSize, FieldRule.Keep);
            return true;
        }
        return (areAlike || areBytes) && Payload(cases, at, offset, first, areAlike);
    }

    /// <summary>Cases that have different numbers of bytes of one payload.</summary>
    private bool Payload(Copy.Cases cases, uint at, uint offset, Copy first, bool areAlike)
    {
        if (payload is not null || cases.Count > Vector)
            return false;
        var sizes = new uint[cases.Count];
        uint most = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (uint)(cases.Arms[cases.ArmOfCase(i)].Payload?.Source.ElemSize ?? 0);
            most = uint.Max(most, sizes[i]);
        }
        payload = new(at, offset, EquatableArray.Seal(sizes));
        if (areAlike)
            return Add(first, offset);
        Add(offset, most, FieldRule.Keep);
        return true;
    }
}
