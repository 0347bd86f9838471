using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Properties.Component.Types;

/// <summary>Two type sections, the second nearly like the first but at other indices, and a function type in each.</summary>
internal sealed class CorePair
{
    private readonly Random random;
    private readonly CoreTypeMaker maker;

    public CorePair(int seed)
    {
        random = new Random(seed);
        maker = new CoreTypeMaker(random, sloppiness: 0);
        // A function type for certain, and one that can have subtypes.
        Provider = [new([new(false, [], new(false, null, null, new CoreShape.Func(new CoreFuncType([], []))))], IsExplicit: false)];
        maker.Take(Provider[0]);
        Provider.AddRange(maker.Groups(random.Next(1, 9)));
        var shifted = new ShiftedTypes(random.Next(4));
        Shift = (uint)shifted.By;
        User = shifted.Apply(Provider);
        if (Rarely())
            Change();
        var funcs = Enumerable.Range(0, maker.Types.Count).Where(i => maker.Types[i].Type.Shape is CoreShape.Func).ToList();
        int given = funcs[random.Next(funcs.Count)];
        Given = (uint)given;
        var supers = maker.Types[given].Supertypes;
        Asked = Shift + (supers is [var super] && Coin() ? super.Value : Coin() ? Given : (uint)funcs[random.Next(funcs.Count)]);
    }

    public List<CoreRecType> Provider { get; }

    public List<CoreRecType> User { get; }

    /// <summary>A function type of the provider.</summary>
    public uint Given { get; }

    /// <summary>A function type of the user.</summary>
    public uint Asked { get; }

    /// <summary>By how much the indices of the user are larger.</summary>
    public uint Shift { get; }

    public int Choose(int count) => random.Next(count);

    public bool Coin() => random.Next(2) == 0;

    public bool Rarely() => random.Next(5) == 0;

    public static CoreExternType.Func Func(uint index) => new(new(index), IsExact: false);

    /// <summary>A value type of the provider, and one of the user that is often the same or above it.</summary>
    public (CoreValType Given, CoreValType Asked) Values()
    {
        var given = Rarely() ? CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(Given)), isNullable: false)
            : Rarely() ? maker.ValType() : maker.RefType();
        if (given is { IsRef: true, Heap: var heap } && !Rarely() && heap != new CoreHeapType(new CoreTypeIdx(Given)))
            given = CoreValType.Ref(heap);
        var asked = Coin() ? given : maker.Related(given, below: Coin());
        return (given, asked is { IsRef: true, Heap.Defined: { } index }
            ? CoreValType.Ref(new CoreHeapType(new CoreTypeIdx(index.Value + Shift)), asked.IsNullable)
            : asked);
    }

    public CoreLimits Limits()
    {
        ulong min = (ulong)random.Next(3);
        return new CoreLimits(min, Coin() ? null : (ulong)random.Next(5), Is64: Rarely(), IsShared: false);
    }

    public CoreLimits SharedLimits() => Limits() with { IsShared = Rarely() };

    // One group says something else.
    private void Change()
    {
        int at = random.Next(User.Count);
        var group = User[at];
        if (group.Types.IsEmpty)
            return;
        var types = group.Types.Items.ToArray();
        int i = random.Next(types.Length);
        types[i] = random.Next(3) switch
        {
            0 => types[i] with { IsFinal = !types[i].IsFinal },
            1 => types[i] with { Supertypes = [] },
            _ => types[i] with { Type = types[i].Type with { Shape = new CoreShape.Struct([]) } },
        };
        User[at] = group with { Types = [.. types] };
    }
}
