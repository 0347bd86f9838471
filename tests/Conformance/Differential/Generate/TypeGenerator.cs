using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Conformance.Differential.Generate;

/// <summary>Types of functions under test.</summary>
/// <param name="choice">Where randomness comes from.</param>
/// <param name="fixedLengthLists">Whether there are lists of fixed length.</param>
/// <param name="resources">Whether there are handles.</param>
public sealed class TypeGenerator(Choice choice, bool fixedLengthLists, bool resources)
{
    private const int MaxDepth = 3;

    private static readonly PrimitiveType[] Keys =
    [
        PrimitiveType.Bool, PrimitiveType.U8, PrimitiveType.S16, PrimitiveType.U32, PrimitiveType.S64, PrimitiveType.Char, PrimitiveType.String,
    ];

    private bool borrows;

    /// <summary>The type of a function: mostly few parameters, sometimes more than fit into core values.</summary>
    public ComponentFuncType Func()
    {
        borrows = true;
        int count = choice.OneIn(6) ? choice.Between(10, 22) : choice.Between(0, 4);
        var parameters = Enumerable.Range(0, count)
            .Select(i => new Param($"p{i}", Type(count > 4 ? MaxDepth : choice.Between(0, 1))))
            .ToEquatableArray();
        borrows = false;
        return new(parameters, choice.OneIn(4) && count > 0 ? null : Type(choice.Between(0, 1)));
    }

    /// <summary>A type that nests no deeper than is left.</summary>
    private ValType Type(int depth)
    {
        if (resources && choice.OneIn(4))
            return borrows && choice.OneIn(2) ? Handles.Borrow(choice.Between(0, 1)) : Handles.Own(choice.Between(0, 1));
        int kind = depth >= MaxDepth ? choice.Between(0, 7) : choice.Between(0, 25);
        return kind switch
        {
            <= 3 => ValType.Of((PrimitiveType)choice.Between((int)PrimitiveType.Bool, (int)PrimitiveType.Char)),
            <= 5 => ValType.Of(PrimitiveType.String),
            6 => new ValType.Flags(Names("l", choice.Of(1, 3, 7, 8, 9, 15, 16, 17, 31, 32))),
            7 => new ValType.Enum(Names("e", choice.OneIn(20) ? choice.Of(255, 256, 257) : choice.Between(1, 5))),
            <= 11 => new ValType.List(Type(depth + 1)),
            12 => new ValType.Map(ValType.Of(choice.Of(Keys)), Type(depth + 1)),
            <= 14 => new ValType.Record(Names("f", Count()).Items.Select(n => new Field(n, Type(depth + 1))).ToEquatableArray()),
            <= 16 => new ValType.Tuple(Types(depth + 1)),
            <= 20 => new ValType.Variant(Names("c", choice.OneIn(30) ? choice.Of(256, 257) : Count()).Items
                .Select(n => new Ir.Case(n, Payload(depth + 1))).ToEquatableArray()),
            21 => new ValType.Option(Type(depth + 1)),
            <= 23 => new ValType.Result(Payload(depth + 1), Payload(depth + 1)),
            _ when fixedLengthLists => new ValType.FixedLengthList(Type(depth + 1), (uint)choice.Between(1, 5)),
            _ => new ValType.List(ValType.Of(PrimitiveType.String)),
        };
    }

    private int Count() => choice.OneIn(12) ? choice.Between(6, 18) : choice.Between(1, 4);

    private EquatableArray<ValType> Types(int depth) => Enumerable.Range(0, Count()).Select(_ => Type(depth)).ToEquatableArray();

    /// <summary>The payload of a case: often a scalar, so that different ones share a flat slot.</summary>
    private ValType? Payload(int depth)
    {
        if (choice.OneIn(4))
            return null;
        return choice.OneIn(3)
            ? ValType.Of(choice.Of(PrimitiveType.F32, PrimitiveType.F32, PrimitiveType.F64, PrimitiveType.U64, PrimitiveType.S32, PrimitiveType.S8, PrimitiveType.String))
            : Type(depth);
    }

    private static EquatableArray<string> Names(string prefix, int count) =>
        Enumerable.Range(0, count).Select(i => $"{prefix}{i}").ToEquatableArray();
}
