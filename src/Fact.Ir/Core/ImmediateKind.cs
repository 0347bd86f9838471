namespace Fact.Ir;

/// <summary>What an immediate of an instruction is, and so how it is encoded. Spec: chapter "Instructions" of the binary format.</summary>
internal enum ImmediateKind : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A relative label, <c>u32</c>: 0 is the innermost block around.</summary>
    Label,

    /// <summary>The index of a function, <c>u32</c>.</summary>
    Func,

    /// <summary>The index of a type, <c>u32</c>.</summary>
    Type,

    /// <summary>The index of a table, <c>u32</c>.</summary>
    Table,

    /// <summary>The index of a memory, <c>u32</c>.</summary>
    Memory,

    /// <summary>The index of a local, <c>u32</c>.</summary>
    Local,

    /// <summary>The index of a global, <c>u32</c>.</summary>
    Global,

    /// <summary>The index of a tag, <c>u32</c>.</summary>
    Tag,

    /// <summary>The index of an element segment, <c>u32</c>.</summary>
    Elem,

    /// <summary>The index of a data segment, <c>u32</c>.</summary>
    Data,

    /// <summary>The index of a field of a structure, <c>u32</c>.</summary>
    Field,

    /// <summary>How many elements an array gets, <c>u32</c>.</summary>
    Length,

    /// <summary>An <c>s32</c>.</summary>
    I32,

    /// <summary>An <c>s64</c>.</summary>
    I64,

    /// <summary>Four bytes; the value is their bits.</summary>
    F32,

    /// <summary>Eight bytes; the value is their bits.</summary>
    F64,

    /// <summary>Sixteen bytes, which have no value: read them where they are.</summary>
    V128,

    /// <summary>Sixteen bytes, each a lane from 0 to 31; they have no value.</summary>
    Lanes,

    /// <summary>A lane, one byte.</summary>
    Lane,

    /// <summary>A byte that must be 0.</summary>
    Zero,

    /// <summary>An order of memory accesses, one byte: 0 for <c>seq_cst</c>, 1 for <c>acq_rel</c>.</summary>
    Ordering,

    /// <summary>Which of the two types of a cast are nullable, one byte of two bits.</summary>
    CastFlags,

    /// <summary>What a reference refers to; the value is the <see cref="CoreHeapType.Bits"/>.</summary>
    HeapType,

    /// <summary>A value type; the value is that of <see cref="CoreValType"/>.</summary>
    ValType,

    /// <summary>The index of the type of a block, <c>s33</c>.</summary>
    BlockTypeIndex,

    /// <summary>The type of a block without parameters and results, one byte.</summary>
    EmptyBlock,

    /// <summary>The alignment of an access and the memory that it is to, which is written only where it is not 0: the value is the index of the memory.</summary>
    Access,

    /// <summary>What is added to an address, <c>u64</c>.</summary>
    Offset,

    /// <summary>How many items follow, <c>u32</c>.</summary>
    Count,

    /// <summary>How many locals of a type there are, <c>u32</c>.</summary>
    LocalCount,

    /// <summary>The kind of a handler of <c>try_table</c>, one byte.</summary>
    CatchKind,

    /// <summary>The kind of a handler of <c>resume</c>, one byte.</summary>
    HandlerKind,

    // What follows stands in the table only, for several immediates of the kinds above.

    /// <summary>The type of a block: <see cref="EmptyBlock"/>, <see cref="ValType"/> or <see cref="BlockTypeIndex"/>.</summary>
    BlockType,

    /// <summary>A vector of labels.</summary>
    Labels,

    /// <summary>A vector of value types.</summary>
    ValTypes,

    /// <summary>A vector of handlers of <c>try_table</c>.</summary>
    Catches,

    /// <summary>A vector of handlers of <c>resume</c>.</summary>
    Handlers,

    /// <summary>A vector of locals, in front of the code of a function.</summary>
    Locals,

    /// <summary>An access of a byte.</summary>
    Mem1,

    /// <summary>An access of two bytes.</summary>
    Mem2,

    /// <summary>An access of four bytes.</summary>
    Mem4,

    /// <summary>An access of eight bytes.</summary>
    Mem8,

    /// <summary>An access of sixteen bytes.</summary>
    Mem16,
}
