using System;
using System.Runtime.InteropServices;
using System.Text;
using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// A value of the component model, immutable, with structural equality: two values are equal when their types allow
/// nobody to tell them apart. Floats are bits, so NaN payloads and the sign of zero count. Its text is WAVE.
/// </summary>
/// <remarks>A value does not know its type; <see cref="ValueCheck"/> says whether it belongs to one.</remarks>
public closed record ComponentValue
{
    private ComponentValue()
    {
    }

    /// <summary>The value in WAVE syntax; handles have no numbers there.</summary>
    public sealed override string ToString() => WavePrinter.Print(this);

    /// <summary>A truth value.</summary>
    public sealed record Bool(bool Value) : ComponentValue;

    /// <summary>Signed, 8 bits.</summary>
    public sealed record S8(sbyte Value) : ComponentValue;

    /// <summary>Unsigned, 8 bits. <see cref="ComponentValues.U8(byte)"/> shares instances.</summary>
    public sealed record U8(byte Value) : ComponentValue;

    /// <summary>Signed, 16 bits.</summary>
    public sealed record S16(short Value) : ComponentValue;

    /// <summary>Unsigned, 16 bits.</summary>
    public sealed record U16(ushort Value) : ComponentValue;

    /// <summary>Signed, 32 bits.</summary>
    public sealed record S32(int Value) : ComponentValue;

    /// <summary>Unsigned, 32 bits.</summary>
    public sealed record U32(uint Value) : ComponentValue;

    /// <summary>Signed, 64 bits.</summary>
    public sealed record S64(long Value) : ComponentValue;

    /// <summary>Unsigned, 64 bits.</summary>
    public sealed record U64(ulong Value) : ComponentValue;

    /// <summary>A float of 32 bits, as its bits.</summary>
    public sealed record F32(uint Bits) : ComponentValue;

    /// <summary>A float of 64 bits, as its bits.</summary>
    public sealed record F64(ulong Bits) : ComponentValue;

    /// <summary>A Unicode scalar value: no surrogate.</summary>
    public sealed record Char(Rune Value) : ComponentValue;

    /// <summary>Unicode scalar values. The text must be well-formed UTF-16: with half of a surrogate pair in it, it is no value of the type <c>string</c>.</summary>
    public sealed record String(string Value) : ComponentValue;

    /// <summary>The elements of a list, of fixed length or not. Lists of bytes are kept as such.</summary>
    public sealed record List : ComponentValue
    {
        private readonly EquatableArray<byte> bytes;

        /// <summary>The elements; null where there are bytes that nobody has asked for one by one.</summary>
        private ComponentValue[]? elements;

        /// <summary>A list of values.</summary>
        /// <param name="Elements">The elements.</param>
        public List(EquatableArray<ComponentValue> Elements) => this.Elements = Elements;

        /// <summary>A list of unsigned bytes.</summary>
        internal List(EquatableArray<byte> bytes) => (this.bytes, HasBytes) = (bytes, true);

        /// <summary>The elements. Those of a list of bytes take eight bytes each and more, as soon as they are asked for.</summary>
        public EquatableArray<ComponentValue> Elements
        {
            get => (elements ??= ComponentValues.OfBytes(bytes.AsSpan())).Seal();
            init => (bytes, HasBytes, elements) = ([], false, ImmutableCollectionsMarshal.AsArray(value.Items));
        }

        /// <summary>How many elements there are; to ask makes none of them.</summary>
        public int Length => HasBytes ? bytes.Length : elements!.Length;

        /// <summary>Whether the list is kept as bytes.</summary>
        internal bool HasBytes { get; private init; }

        /// <summary>The bytes, where it is.</summary>
        internal EquatableArray<byte> Bytes => bytes;

        /// <summary>Takes the list apart.</summary>
        /// <param name="Elements">The elements.</param>
        public void Deconstruct(out EquatableArray<ComponentValue> Elements) => Elements = this.Elements;

        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null
            && (HasBytes && other.HasBytes ? bytes.AsSpan().SequenceEqual(other.bytes.AsSpan()) : Length == other.Length && Elements.Equals(other.Elements));

        /// <inheritdoc/>
        public override int GetHashCode() => Elements.GetHashCode();
    }

    /// <summary>The entries of a map in the order of the wire; the component model does not forbid a key to occur twice.</summary>
    public sealed record Map(EquatableArray<MapEntry> Entries) : ComponentValue;

    /// <summary>The fields of a record in the order of its type.</summary>
    public sealed record Record(EquatableArray<FieldValue> Fields) : ComponentValue;

    /// <summary>The elements of a tuple.</summary>
    public sealed record Tuple(EquatableArray<ComponentValue> Elements) : ComponentValue;

    /// <summary>A case of a variant, with its payload if it has one.</summary>
    public sealed record Variant(string Case, ComponentValue? Payload = null) : ComponentValue;

    /// <summary>A label of an enum.</summary>
    public sealed record Enum(string Label) : ComponentValue;

    /// <summary>A value or none.</summary>
    public sealed record Option(ComponentValue? Some) : ComponentValue;

    /// <summary>The success of a result, with its payload if it has one.</summary>
    public sealed record Ok(ComponentValue? Payload = null) : ComponentValue;

    /// <summary>The error of a result, with its payload if it has one.</summary>
    public sealed record Error(ComponentValue? Payload = null) : ComponentValue;

    /// <summary>The labels that are set, in the order of the type.</summary>
    public sealed record Flags(EquatableArray<string> Labels) : ComponentValue;

    /// <summary>A handle that owns its resource. Passing it to a component gives the resource away.</summary>
    public sealed record Own(HostHandle Handle) : ComponentValue;

    /// <summary>A handle lent for the time of a call.</summary>
    public sealed record Borrow(HostHandle Handle) : ComponentValue;

    /// <summary>The readable end of a stream. Passing it to a component gives it away.</summary>
    public sealed record Stream(HostStream Value) : ComponentValue;

    /// <summary>The readable end of a future. Passing it to a component gives it away.</summary>
    public sealed record Future(HostFuture Value) : ComponentValue;

    /// <summary>An error context: all that is known of it is a text, which a host may shorten or drop.</summary>
    public sealed record ErrorContext(string DebugMessage) : ComponentValue;
}

/// <summary>A field of a record value.</summary>
/// <param name="Name">The label that its type has at this position.</param>
/// <param name="Value">What is in it.</param>
public readonly record struct FieldValue(string Name, ComponentValue Value);

/// <summary>An entry of a map value.</summary>
/// <param name="Key">The key: a bool, an integer, a char or a string.</param>
/// <param name="Value">What it stands for.</param>
public readonly record struct MapEntry(ComponentValue Key, ComponentValue Value);
