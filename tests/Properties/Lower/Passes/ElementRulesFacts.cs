using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower.Passes;
using Fact.Properties.Generators;
using Xunit;

namespace Fact.Properties.Lower.Passes;

/// <summary>Which elements are copied in blocks, and by which rules.</summary>
public sealed class ElementRulesFacts
{
    private static readonly ValType Bool = ValType.Of(PrimitiveType.Bool), U8 = ValType.Of(PrimitiveType.U8), U16 = ValType.Of(PrimitiveType.U16),
        U32 = ValType.Of(PrimitiveType.U32), F32 = ValType.Of(PrimitiveType.F32);

    private static readonly (ValType Type, string? Rules)[] Elements =
    [
        // What has no rule of its own is one field with its neighbours, unless there is padding between.
        (new ValType.Tuple([U8, U8, U16]), "0+4:Keep"),
        (new ValType.Tuple([U8, Bool, U16]), "0+1:Keep 1+1:ToBool 2+2:Keep"),
        (new ValType.Tuple([U8, U16]), "0+1:Keep 2+2:Keep"),
        (Flags(8), "0+1:Keep"),
        (Flags(7), "0+1:Mask 127"),
        (Flags(32), "0+4:Keep"),
        // Any byte is a case of 256, and none of 255.
        (Enum(256), "0+1:Keep"),
        (Enum(255), "0+1:Below 255"),
        // Payloads that all cases have, and that are alike or the same number of bytes.
        (Variant(Bool, Bool), "0+1:Below 2 1+1:ToBool"),
        (Variant(U32, F32), "0+1:Below 2 4+4:Keep"),
        // Payloads of different sizes, or that not all cases have.
        (Variant(U32, U8), "0+1:Below 2 4+4:Keep, from 4 on by the case at 0: 4 1 bytes"),
        (Variant(U8, null), "0+1:Below 2 1+1:Keep, from 1 on by the case at 0: 1 0 bytes"),
        (Variant(Bool, null), "0+1:Below 2 1+1:ToBool, from 1 on by the case at 0: 1 0 bytes"),
        (Variant(Bool, U8), null),
        (Variant(Bool, U32, null), null),
        // One such payload, for no more cases than are looked up in a vector, in elements that vectors are whole numbers of.
        (new ValType.Tuple([Variant(U8, null), U8, U8]), "0+1:Below 2 1+3:Keep, from 1 on by the case at 0: 1 0 bytes"),
        (new ValType.Tuple([Variant(U8, null), U8]), null),
        (new ValType.Tuple([Variant(U8, null), Variant(U8, null)]), null),
        (Variant([.. Enumerable.Repeat(U8, 15), null]), $"0+1:Below 16 1+1:Keep, from 1 on by the case at 0: {string.Join(' ', Enumerable.Repeat(1, 15))} 0 bytes"),
        (Variant([.. Enumerable.Repeat(U8, 16), null]), null),
        (ValType.Of(PrimitiveType.String), null),
        (new ValType.Own(new(0)), null),
    ];

    [Fact]
    public void Elements_have_the_rules_of_their_parts() => Assert.All(Elements, element => Assert.Equal(element.Rules, Of(element.Type)?.ToString()));

    /// <summary>A block is a whole number of elements and of vectors, 64 or 48 bytes long.</summary>
    [Fact]
    public void Elements_have_rules_where_so_many_make_a_block()
    {
        for (uint size = 1; size <= 200; size++)
            Assert.Equal(64 % size == 0 || 48 % size == 0, Of(new ValType.FixedLengthList(Bool, size)) is not null);
    }

    private static ValType Flags(int count) => new ValType.Flags([.. Enumerable.Range(0, count).Select(i => "f" + i)]);

    private static ValType Enum(int count) => new ValType.Enum([.. Enumerable.Range(0, count).Select(i => "c" + i)]);

    private static ValType Variant(params ValType?[] payloads) => new ValType.Variant([.. payloads.Select((payload, i) => new Case("c" + i, payload))]);

    /// <summary>The rules of an element of a list, as it is before any pass but that which finds equal payloads.</summary>
    private static BlockRules? Of(ValType element)
    {
        var plan = PlanScenario.Planned(
            AdapterPlan.Of(new([new("p", new ValType.List(element))], null)).Build(), CompileOptions.Default.Lower, PassList.All.Only("share-arms"));
        var move = plan.Funcs[0].Acts.Items.OfType<Act.Move>().First();
        return ElementRules.Of(Inside(move.Copy!).OfType<Copy.List>().First().Element);

        static IEnumerable<Copy> Inside(Copy copy) => CopyParts.Of(copy).SelectMany(Inside).Prepend(copy);
    }
}
