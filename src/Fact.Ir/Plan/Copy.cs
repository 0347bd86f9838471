using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fact.Ir.Plan;

/// <summary>
/// How a value gets from one place to another: what lifting and lowering it mean, fused. A tree over the type of the value, whose nodes may be shared: equal types
/// on like sides have the same node. It has no absolute places: where parts are, in bytes in memory and in slots (core values) where a value is flat, follows from the
/// layouts. Spec: <c>load</c> and <c>lift_flat</c> with <c>store</c> and <c>lower_flat</c>.
/// </summary>
internal closed record Copy
{
    private Copy(CopyFacts facts, TypeLayout source, TypeLayout target) => (Facts, Source, Target) = (facts, source, target);

    /// <summary>What is known of the node and all below it.</summary>
    public CopyFacts Facts { get; }

    /// <summary>How the value is represented where it comes from.</summary>
    public TypeLayout Source { get; }

    /// <summary>How it is represented where it goes.</summary>
    public TypeLayout Target { get; }

    /// <summary>A boolean, number or char.</summary>
    public sealed record Scalar(PrimitiveType Type, ScalarCheck Check, TypeLayout Layout) : Copy(CopyFacts.OfScalar(Type), Layout, Layout)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>Flags: as many bits as there are labels; others are cleared unless there are none in the way. Spec: <c>unpack_flags_from_int</c>.</summary>
    public sealed record Flags(int Bits, bool Mask, TypeLayout Layout) : Copy(CopyFacts.OfFlags(Bits), Layout, Layout)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>A handle moves from one side's table to the other's. Spec: <c>lift_own</c> and <c>lower_own</c>, and their kin.</summary>
    public sealed record Handle(TransferKind Kind, uint FromTable, uint ToTable, TypeLayout Layout) : Copy(CopyFacts.OfHandle(Kind), Layout, Layout)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>A flat string, pointer and code units, becomes another: checked, allocated, transcoded. Spec: <c>load_string_from_range</c>,
    /// <c>store_string_into_range</c>.</summary>
    public sealed record Text(StringEncoding From, StringEncoding To, TypeLayout Source, TypeLayout Target) : Copy(CopyFacts.Text, Source, Target)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>Pointer and length are taken from their place for a conversion of flat ones, and put into their place after it.</summary>
    public sealed record Pair(Copy Conversion) : Copy(CopyFacts.OfPair(Conversion), Conversion.Source, Conversion.Target)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>Parts one after another. Spec: <c>load_record</c>, <c>store_record</c>.</summary>
    /// <param name="Kind">What it was.</param>
    /// <param name="Parts">The parts.</param>
    /// <param name="Source">The layout of the source.</param>
    /// <param name="Target">The layout of the target.</param>
    /// <param name="Runs">Parts that are copied as one block of bytes, from memory to memory, in their order.</param>
    public sealed record Seq(SeqKind Kind, EquatableArray<Part> Parts, TypeLayout Source, TypeLayout Target, EquatableArray<PartRun> Runs)
        : Copy(CopyFacts.OfSeq(Parts.AsSpan(), Runs.AsSpan(), Source), Source, Target)
    {
        public Seq(SeqKind kind, EquatableArray<Part> parts, TypeLayout source, TypeLayout target)
            : this(kind, parts, source, target, [])
        {
        }

        /// <summary>What a part is called in paths.</summary>
        public PathSegment Segment(int part) => Kind switch
        {
            SeqKind.Record => PathSegment.Field(Parts[part].Name!),
            SeqKind.Tuple => PathSegment.TupleElement(part),
            SeqKind.Params => PathSegment.Param(Parts[part].Name!),
            _ => throw new UnreachableException(),
        };

        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>A discriminant is checked and copied, then the payload that it stands for. Spec: <c>load_variant</c>, <c>store_variant</c>,
    /// <c>lift_flat_variant</c>, <c>lower_flat_variant</c>.</summary>
    /// <param name="Flavor">What it was before it was despecialized.</param>
    /// <param name="Count">How many cases there are.</param>
    /// <param name="Arms">What is done for a case, by arm: in the order of the first cases that take them.</param>
    /// <param name="ArmOf">For each case its arm; empty where there is only one.</param>
    /// <param name="Dispatch">How the arm is chosen.</param>
    /// <param name="Source">The layout of the source.</param>
    /// <param name="Target">The layout of the target.</param>
    public sealed record Cases(
        VariantFlavor Flavor, int Count, EquatableArray<Arm> Arms, EquatableArray<int> ArmOf, Dispatch Dispatch, TypeLayout Source, TypeLayout Target)
        : Copy(CopyFacts.OfCases(Flavor, Count, Arms.AsSpan(), ArmOf.AsSpan()), Source, Target)
    {
        /// <summary>The arm of a case.</summary>
        public int ArmOfCase(int number) => ArmOf.IsEmpty ? 0 : ArmOf[number];

        /// <summary>What the payload of an arm is called in paths: that of the first of its cases.</summary>
        public PathSegment Segment(int arm) => Flavor switch
        {
            VariantFlavor.Option => PathSegment.OptionSome,
            VariantFlavor.Result => Arms[arm].Case == Arm.Ok ? PathSegment.ResultOk : PathSegment.ResultError,
            _ => PathSegment.Case(Arms[arm].Case),
        };

        /// <inheritdoc/>
        public override int GetHashCode() => Identity;

        /// <summary>Bytes of the discriminant in memory: 1, 2 or 4. Spec: <c>discriminant_type</c>.</summary>
        public int DiscriminantSize => LayoutRules.DiscriminantSize(Count);
    }

    /// <summary>A fixed number of elements, inline: in a row, or in a loop. Spec: <c>load_list_from_valid_range</c>, <c>lift_flat_list</c>.</summary>
    public sealed record Repeat(Copy Element, uint Count, bool Unrolled, TypeLayout Source, TypeLayout Target)
        : Copy(CopyFacts.OfRepeat(Element, Count, Unrolled), Source, Target)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>
    /// The range of a list is checked, as much is allocated, the elements are copied, then pointer and length are put into their place. Spec:
    /// <c>load_list_from_range</c>, <c>store_list_into_range</c>.
    /// </summary>
    public sealed record List(Copy Element, TypeLayout Source, TypeLayout Target) : Copy(CopyFacts.OfList(Element), Source, Target)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>The bytes are the value, whatever they are; only from memory to memory. As the element of a list: those of all elements are copied at once.</summary>
    /// <param name="Layout">The layout of the value.</param>
    /// <param name="InlineShort">As the element of a list: whether a few bytes are loaded and stored where they are needed.</param>
    public sealed record Bytes(TypeLayout Layout, bool InlineShort = false) : Copy(CopyFacts.Bytes, Layout, Layout)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>
    /// As the element of a list or of a loop, from memory to memory: many elements at once by the rules, in blocks, as long as there are as many and all are valid;
    /// the others one after another, from the first block that has an invalid one on.
    /// </summary>
    public sealed record Blocks(Copy Element, BlockRules Rules) : Copy(CopyFacts.OfBlocks(Element), Element.Source, Element.Target)
    {
        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    /// <summary>Another function does it.</summary>
    /// <param name="Body">What it does.</param>
    /// <param name="Form">Between which places.</param>
    /// <param name="Inline">What is written out in it.</param>
    public sealed record Helper(Copy Body, CopyForm Form, Inlining Inline = Inlining.None) : Copy(CopyFacts.OfHelper(Body), Body.Source, Body.Target)
    {
        /// <summary>Whether all that it does is to convert a string or to copy the bytes of a list: <see cref="Inlining.Strings"/> is about such.</summary>
        public bool IsString => Body is Text or List { Element: Bytes } or Pair { Conversion: Text or Helper { Body: Text } };

        /// <inheritdoc/>
        public override int GetHashCode() => Identity;
    }

    private static readonly Scalar?[] Scalars = MakeScalars();

    /// <summary>The shared instance of a copy of one scalar.</summary>
    public static Scalar Of(PrimitiveType type, ScalarCheck check) => Scalars[((int)type * 2) + (check == ScalarCheck.None ? 0 : 1)]!;

    private static Scalar?[] MakeScalars()
    {
        var scalars = new Scalar?[(int)PrimitiveType.String * 2];
        for (var type = PrimitiveType.Bool; type < PrimitiveType.String; type++)
        {
            var layout = ValType.Of(type).Layout32;
            scalars[(int)type * 2] = new(type, ScalarCheck.None, layout);
            scalars[((int)type * 2) + 1] = new(type, CheckOf(type), layout);
        }
        return scalars;
    }

    /// <summary>What the specification has done to the core value of a type when it is lifted.</summary>
    public static ScalarCheck CheckOf(PrimitiveType type) => type switch
    {
        PrimitiveType.Bool => ScalarCheck.ToBool,
        PrimitiveType.U8 or PrimitiveType.U16 => ScalarCheck.ZeroExtend,
        PrimitiveType.S8 or PrimitiveType.S16 => ScalarCheck.SignExtend,
        PrimitiveType.Char => ScalarCheck.CheckChar,
        _ => ScalarCheck.None,
    };

    /// <summary>Nodes are compared by reference: a structural comparison of shared trees could take forever.</summary>
    public virtual bool Equals(Copy? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Identity;

    private int Identity => RuntimeHelpers.GetHashCode(this);
}

/// <summary>What a function does itself; it calls others for it where it is not so.</summary>
[Flags]
internal enum Inlining : byte
{
    None = 0,

    /// <summary>Checks of ranges, of what allocators return, and of chars.</summary>
    Checks = 1,

    /// <summary>Strings, and lists that are one block of bytes: what their helpers do is done in place, in their own way as to checks.</summary>
    Strings = 2,
}

/// <summary>What is done to the core value of a scalar on its way.</summary>
internal enum ScalarCheck
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What is not 0 becomes 1. Spec: <c>convert_int_to_bool</c>.</summary>
    ToBool,

    /// <summary>Upper bits become 0. Spec: <c>lift_flat_unsigned</c>.</summary>
    ZeroExtend,

    /// <summary>Upper bits become the sign. Spec: <c>lift_flat_signed</c>.</summary>
    SignExtend,

    /// <summary>It traps unless it is a Unicode scalar value. Spec: <c>convert_i32_to_char</c>.</summary>
    CheckChar,
}

/// <summary>What a sequence of parts was.</summary>
internal enum SeqKind
{
    Record,
    Tuple,
    Params,
}

/// <summary>A part of a record or tuple, or a parameter.</summary>
/// <param name="Name">Its name; null for a tuple.</param>
/// <param name="Copy">What is done with it.</param>
internal readonly record struct Part(string? Name, Copy Copy);

/// <summary>Parts that follow one another without padding on both sides, and whose bytes are their values.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct PartRun(int First, int Count)
{
    /// <summary>The bytes of all of them.</summary>
    public uint Size(Copy.Seq copy)
    {
        uint size = 0;
        foreach (ref readonly var part in copy.Parts.AsSpan().Slice(First, Count))
            size += (uint)part.Copy.Source.ElemSize;
        return size;
    }
}

/// <summary>What is done for some cases of a variant.</summary>
/// <param name="Case">The name of the first of the cases.</param>
/// <param name="Payload">What is done with the payload; null where there is none.</param>
internal readonly record struct Arm(string Case, Copy? Payload)
{
    /// <summary>The cases of options and results.</summary>
    public const string None = "none", Some = "some", Ok = "ok", Error = "error";
}

/// <summary>What a variant was before it was despecialized.</summary>
internal enum VariantFlavor
{
    Variant,
    Enum,
    Option,
    Result,
}

/// <summary>How the arm of a variant is chosen by its discriminant.</summary>
internal enum Dispatch
{
    /// <summary>By a table with an entry for each case, in halves where there are many.</summary>
    Table,

    /// <summary>There is only one arm.</summary>
    Always,

    /// <summary>By one question: there are two cases.</summary>
    If,

    /// <summary>By one question: only one arm does anything, and its cases follow one another.</summary>
    InRange,
}
