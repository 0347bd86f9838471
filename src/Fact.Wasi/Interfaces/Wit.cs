using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;
using Fact.Values;
using Fact.Wasi.Errors;
using Fact.Wasi.Files;
using Fact.Wasi.Instance;
using LanguageExt;

namespace Fact.Wasi.Interfaces;

/// <summary>Values of C# and of WIT, one made of the other.</summary>
internal static class Wit
{
    /// <summary>Success without a payload.</summary>
    public static ComponentValue Ok { get; } = new ComponentValue.Ok();

    /// <summary>An argument.</summary>
    public static ComponentValue At(this EquatableArray<ComponentValue> arguments, int index) =>
        index < arguments.Length ? arguments[index] : throw WrongType($"argument {index}");

    public static ulong U64(this EquatableArray<ComponentValue> arguments, int index) => (arguments.At(index) as ComponentValue.U64 ?? throw WrongType("a u64")).Value;

    public static string Text(this EquatableArray<ComponentValue> arguments, int index) =>
        (arguments.At(index) as ComponentValue.String ?? throw WrongType("a string")).Value;

    public static ReadOnlyMemory<byte> Bytes(this EquatableArray<ComponentValue> arguments, int index) =>
        ComponentValues.TryGetBytes(arguments.At(index), out var bytes) ? bytes : throw WrongType("a list of bytes");

    /// <summary>An enum, whose cases are labels.</summary>
    public static T Enum<T>(this EquatableArray<ComponentValue> arguments, int index)
        where T : struct, Enum =>
        WitEnum<T>.Find((arguments.At(index) as ComponentValue.Enum)?.Label ?? "") ?? throw WrongType("an enum");

    /// <summary>Flags as the bits of an enum.</summary>
    public static T Flags<T>(this EquatableArray<ComponentValue> arguments, int index)
        where T : struct, Enum
    {
        int bits = 0;
        foreach (string label in (arguments.At(index) as ComponentValue.Flags ?? throw WrongType("flags")).Labels)
            bits |= Convert.ToInt32(WitEnum<T>.Find(label) ?? throw WrongType("flags"), null);
        return (T)System.Enum.ToObject(typeof(T), bits);
    }

    /// <summary>Whether flags that have but one are set. Spec: <c>path-flags</c>.</summary>
    public static bool IsSet(this EquatableArray<ComponentValue> arguments, int index) =>
        (arguments.At(index) as ComponentValue.Flags ?? throw WrongType("flags")).Labels.Length > 0;

    /// <summary>A list of handles.</summary>
    public static List<T> All<T>(this EquatableArray<ComponentValue> arguments, int index, ResourceStore<T> table)
        where T : class =>
        [.. (arguments.At(index) as ComponentValue.List ?? throw WrongType("a list")).Elements.Items.Select(table.Get)];

    /// <summary>Spec: <c>new-timestamp</c>.</summary>
    public static LibC.Timespec Timestamp(this EquatableArray<ComponentValue> arguments, int index) => arguments.At(index) switch
    {
        ComponentValue.Variant { Case: "no-change" } => new() { Nanoseconds = LibC.Omit },
        ComponentValue.Variant { Case: "now" } => new() { Nanoseconds = LibC.Now },
        ComponentValue.Variant
        {
            Payload: ComponentValue.Record
            {
                Fields: [{ Value: ComponentValue.U64(var seconds) }, { Value: ComponentValue.U32(var nanoseconds) }]
            }
        } =>
            // Nanoseconds of more than a second mean something else to the system; this is nothing to it.
            new() { Seconds = seconds > long.MaxValue ? long.MaxValue : (long)seconds, Nanoseconds = nanoseconds < 1_000_000_000 ? nanoseconds : -1 },
        _ => throw WrongType("a timestamp"),
    };

    public static ComponentValue Label<T>(T value)
        where T : struct, Enum => new ComponentValue.Enum(WitEnum<T>.Label(value));

    public static ComponentValue OptionOf(ComponentValue? value) => new ComponentValue.Option(value);

    public static ComponentValue FlagsOf<T>(T value)
        where T : struct, Enum =>
        new ComponentValue.Flags(System.Enum.GetValues<T>().Where(one => value.HasFlag(one)).Select(WitEnum<T>.Label).ToEquatableArray());

    public static ComponentValue Of(Datetime time) =>
        ComponentValues.Record(("seconds", ComponentValues.U64(time.Seconds)), ("nanoseconds", ComponentValues.U32(time.Nanoseconds)));

    /// <summary>A result whose error is one of files.</summary>
    public static ComponentValue Result<T>(this Either<FileError, T> result, Func<T, ComponentValue?> payload) => result.Match<ComponentValue>(
        Right: value => new ComponentValue.Ok(payload(value)),
        Left: error => new ComponentValue.Error(Label(error)));

    /// <summary>A result without a payload.</summary>
    public static ComponentValue Result(this Either<FileError, Unit> result) => result.Result(_ => null);

    /// <summary>A result whose error is one of streams.</summary>
    public static ComponentValue Result<T>(this Either<StreamFault, T> result, WasiState state, Func<T, ComponentValue?> payload) => result.Match<ComponentValue>(
        Right: value => new ComponentValue.Ok(payload(value)),
        Left: fault => new ComponentValue.Error(fault switch
        {
            StreamFault.Failed(var error) => new ComponentValue.Variant("last-operation-failed", state.Errors.New(error)),
            StreamFault.Closed => new ComponentValue.Variant("closed"),
        }));

    /// <summary>A result without a payload.</summary>
    public static ComponentValue Result(this Either<StreamFault, Unit> result, WasiState state) => result.Result(state, _ => null);

    private static WasiTrapException WrongType(string expected) => new($"{expected} is expected: the component imports the function with another type");
}
