namespace Fact.Ir;

#pragma warning disable CS1591 // each value is the name that the specification gives to the byte

/// <summary>
/// The type of a core WebAssembly value. The named ones are those of one byte, and the number of each is that byte; all other
/// reference types are made by <see cref="CoreValTypes.Ref"/>. Two are equal when they are the same type with the same indices.
/// Spec: <c>valtype</c>.
/// </summary>
/// <remarks>
/// A number for all, so that a type costs nothing to make, compare or look at in a <c>switch</c>. Bits 0 to 7 are the byte of a number, a vector or an
/// abstract heap type, bits 8 to 11 say what else is said of a reference, and bits 32 to 63 are the index of a defined type.
/// </remarks>
public enum CoreValType : ulong
{
    ContRef = 0x68, ExnRef = 0x69, ArrayRef = 0x6A, StructRef = 0x6B, I31Ref = 0x6C, EqRef = 0x6D, AnyRef = 0x6E, ExternRef = 0x6F, FuncRef = 0x70,
    NullRef = 0x71, NullExternRef = 0x72, NullFuncRef = 0x73, NullExnRef = 0x74, NullContRef = 0x75,
    V128 = 0x7B, F64 = 0x7C, F32 = 0x7D, I64 = 0x7E, I32 = 0x7F,
}

#pragma warning restore CS1591

/// <summary>What reference types are made of.</summary>
internal static class CoreValTypes
{
    private const ulong NonNull = 1 << 8;

    extension(CoreValType type)
    {
        /// <summary>Whether it is a reference type, and not a number or vector.</summary>
        public bool IsRef => type is < CoreValType.V128 or > CoreValType.I32;

        /// <summary>Whether null is among the values of a reference type.</summary>
        public bool IsNullable => ((ulong)type & NonNull) == 0;

        /// <summary>What a reference type refers to.</summary>
        public CoreHeapType Heap => new((ulong)type & ~NonNull);

        /// <summary>Whether one byte says it: its number.</summary>
        internal bool IsOneByte => (ulong)type < NonNull;

        /// <summary>Bytes of the type.</summary>
        internal int EncodedLength => type.IsOneByte ? 1 : type.Heap.EncodedLength + (type.IsShort ? 0 : 1);

        /// <summary>Whether it is written as the heap type alone: a nullable reference to a built-in type.</summary>
        internal bool IsShort => type.IsNullable && type.Heap.Defined is null;
    }

    extension(CoreValType)
    {
        /// <summary>A reference type. Spec: <c>reftype</c>.</summary>
        /// <param name="heap">What it refers to.</param>
        /// <param name="isNullable">Whether null is among its values.</param>
        public static CoreValType Ref(CoreHeapType heap, bool isNullable = true) => (CoreValType)(heap.Bits | (isNullable ? 0 : NonNull));
    }
}
