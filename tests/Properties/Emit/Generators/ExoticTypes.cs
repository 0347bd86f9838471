using System;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>Types that the model of core WebAssembly has, and adapters have no use for.</summary>
internal static class ExoticTypes
{
    /// <summary>How many types there must be: enough for indices of more than one byte.</summary>
    public const int Indices = 130;

    private static readonly CoreAbsHeapType[] Abstract = Enum.GetValues<CoreAbsHeapType>();

    /// <summary>Any value type.</summary>
    public static CoreValType Value(Random random) =>
        random.Next(3) == 0 ? Enum.GetValues<CoreValType>()[random.Next(Enum.GetValues<CoreValType>().Length)] : Reference(random);

    /// <summary>Any import that code does not name by a type of its own: a global is no i32, and there is no function.</summary>
    public static CoreExternType Extern(Random random) => random.Next(5) switch
    {
        0 => new CoreExternType.Table(new CoreTableType(Reference(random), Limits(random))),
        1 => new CoreExternType.Memory(new CoreMemoryType(Limits(random), random.Next(2) * 16)),
        2 => new CoreExternType.Tag(new CoreTypeIdx(0)),
        _ => new CoreExternType.Global(
            new CoreGlobalType(Value(random) is var type && type == CoreValType.I32 ? CoreValType.I64 : type, random.Next(2) == 0, random.Next(4) == 0)),
    };

    private static CoreValType Reference(Random random) => CoreValType.Ref(
        random.Next(2) == 0 ? new CoreHeapType(Abstract[random.Next(Abstract.Length)], random.Next(3) == 0)
            : new CoreHeapType(new CoreTypeIdx((uint)random.Next(Indices)), random.Next(3) == 0),
        random.Next(2) == 0);

    private static CoreLimits Limits(Random random) =>
        new((ulong)random.Next(200), random.Next(2) == 0 ? null : (ulong)random.Next(70_000), Is64: random.Next(2) == 0, IsShared: random.Next(3) == 0);
}
