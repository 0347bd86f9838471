using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;

namespace Fact.Lower.Runtime.Handles;

/// <summary>
/// Where the memory of a runtime module has what. All addresses are in bytes, all words little endian.
/// <code>
/// FreeBlocks   the first free block of each size, 2^0 to 2^31 bytes; 0 for none; a free block begins with the address of the next
/// Instances    for each component instance: where its entries are, how many indices were ever used, for how many there is room, the index freed last (0 for none)
/// Resources    for each resource type: the tag of its handles, and the instance that defines it (its address above; 0 where the host does)
/// Tables       for each table: its instance and its resource type (their addresses above)
/// End          blocks: entries of instances, calls, lenders
///
/// entry        a tag, 0 where the index is free · the call that it is lent to, 0 where it owns; of a free one the index freed before it
///              · how many calls it is lent to · the representation
/// call         the call around it · how many borrows the callee has · the handle that it was lent last
/// lender       the one lent before it · its instance · its index
/// </code>
/// </summary>
internal sealed class RuntimeLayout
{
    public const uint FreeBlocks = 0, Instances = 128;

    /// <summary>Of an instance.</summary>
    public const uint FirstEntry = 0, Length = 4, Room = 8, Free = 12, InstanceLog2 = 4;

    /// <summary>Of a resource type.</summary>
    public const uint TypeTag = 0, Definer = 4, ResourceLog2 = 3;

    /// <summary>Of a table.</summary>
    public const uint TableInstance = 0, TableResource = 4, TableLog2 = 3;

    /// <summary>Of an entry.</summary>
    public const uint Tag = 0, BorrowScope = 4, NextFree = 4, NumLends = 8;

    /// <summary>Of a call.</summary>
    public const uint Outer = 0, NumBorrows = 4, Lenders = 8;

    /// <summary>Of a lender.</summary>
    public const uint Next = 0, LenderInstance = 4, LenderIndex = 8;

    /// <summary>Bytes of a call or lender, as a power of two; all that is free of these is in one list.</summary>
    public const int CellLog2 = 4;

    /// <summary>How many entries there is room for at first, as a power of two.</summary>
    public const int FirstCapacityLog2 = 4;

    /// <summary>Set in the tag of an entry that is no handle of a resource; the rest says what it is.</summary>
    public const uint OtherKind = 1u << 31;

    private readonly HandleRuntime runtime;

    public RuntimeLayout(HandleRuntime runtime)
    {
        this.runtime = runtime;
        foreach (var resource in runtime.Resources)
            Wide |= resource is RuntimeResource.Defined { Rep: CoreValType.I64 };
        foreach (var resource in runtime.Resources)
            Imported += resource is RuntimeResource.Imported ? 1 : 0;
        Resources = Instances + (runtime.Instances << (int)InstanceLog2);
        Tables = Resources + ((uint)runtime.Resources.Length << (int)ResourceLog2);
        End = (Tables + ((uint)runtime.Tables.Length << (int)TableLog2) + 15) & ~15u;
    }

    /// <summary>Whether some resource type is represented by an i64, so that there is room for one in every entry.</summary>
    public bool Wide { get; }

    /// <summary>How many resource types the host defines. Only of two or more it can say that they are one.</summary>
    public int Imported { get; }

    /// <summary>Bytes of an entry, as a power of two.</summary>
    public int EntryLog2 => Wide ? 5 : 4;

    /// <summary>Where the representation is in an entry.</summary>
    public uint Rep => Wide ? 16u : 12u;

    public uint Resources { get; }

    public uint Tables { get; }

    /// <summary>Where what is allocated begins.</summary>
    public uint End { get; }

    /// <summary>The address of an instance.</summary>
    public static uint Instance(InstanceId id) => Instances + (id.Value << (int)InstanceLog2);

    /// <summary>The address of a resource type.</summary>
    public uint Resource(RuntimeResourceId id) => Resources + (id.Value << (int)ResourceLog2);

    /// <summary>The tag that handles of a resource type have, unless the host says that it is the same as another.</summary>
    public static uint TagOf(RuntimeResourceId id) => id.Value + 1;

    /// <summary>What the memory begins with: resource types and tables.</summary>
    public DataSegment Data()
    {
        var bytes = new List<byte>((int)(End - Resources));
        for (int i = 0; i < runtime.Resources.Length; i++)
        {
            Word(TagOf(new((uint)i)));
            Word(runtime.Resources[i] is RuntimeResource.Defined defined ? Instance(defined.Instance.Id) : 0);
        }
        foreach (var table in runtime.Tables)
        {
            Word(Instance(table.Instance.Id));
            Word(Resource(table.Resource));
        }
        return new(Resources, new(ImmutableCollectionsMarshal.AsImmutableArray(bytes.ToArray())));

        void Word(uint value)
        {
            for (int shift = 0; shift < 32; shift += 8)
                bytes.Add((byte)(value >> shift));
        }
    }
}
