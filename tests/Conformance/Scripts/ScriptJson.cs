using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using Fact.Ir;
using Fact.Values;

namespace Fact.Conformance.Scripts;

/// <summary>Reads scripts from the JSON that <c>wasm-tools json-from-wast</c> writes.</summary>
internal static class ScriptJson
{
    /// <summary>The commands of a script.</summary>
    public static EquatableArray<Command> Commands(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("commands").EnumerateArray().Select(ReadCommand).ToEquatableArray();
    }

    private static Command ReadCommand(JsonElement json)
    {
        int line = json.GetProperty("line").GetInt32();
        string type = json.GetProperty("type").GetString()!;
        return type switch
        {
            "module" => new Command.Module(line, Text(json, "name"), File(json)),
            "module_definition" => new Command.ModuleDefinition(line, Text(json, "name"), File(json)),
            "module_instance" => new Command.ModuleInstance(line, Text(json, "instance"), Text(json, "module")),
            "register" => new Command.Register(line, Text(json, "name"), Text(json, "as")!),
            "action" => ReadCall(json) is { } call ? new Command.Action(line, call) : new Command.Core(line, type),
            "assert_return" => ReadCall(json) is { } call && Values(json.GetProperty("expected")) is { } expected
                ? new Command.AssertReturn(line, call, expected)
                : new Command.Core(line, type),
            "assert_trap" => ReadCall(json) is { } call ? new Command.AssertTrap(line, call, Text(json, "text")!) : new Command.Core(line, type),
            "assert_uninstantiable" => new Command.AssertUninstantiable(line, File(json), Text(json, "text")!),
            "assert_unlinkable" => new Command.AssertUnlinkable(line, File(json), Text(json, "text")!),
            "assert_invalid" => new Command.AssertInvalid(line, File(json), Text(json, "text")!),
            "assert_malformed" => new Command.AssertMalformed(line, File(json), Text(json, "text")!),
            "assert_exhaustion" or "assert_exception" or "assert_suspension" or "assert_malformed_custom" or "assert_invalid_custom" or "thread" or "wait" =>
                new Command.Core(line, type),
            _ => throw new FormatException($"line {line}: there is no command \"{type}\""),
        };
    }

    private static ScriptFile File(JsonElement json) =>
        Text(json, "binary_filename") is { } binary
            ? new(binary, IsText: false)
            : new(Text(json, "filename")!, IsText: Text(json, "module_type") == "text");

    /// <summary>The call of an action; null where it reads a global.</summary>
    private static Call? ReadCall(JsonElement json)
    {
        var action = json.GetProperty("action");
        return Text(action, "type") == "invoke" ? new(Text(action, "field")!, Values(action.GetProperty("args"))) : null;
    }

    private static EquatableArray<ComponentValue>? Values(JsonElement json)
    {
        var values = json.EnumerateArray().Select(Value).ToArray();
        return values.Contains(null) ? null : values.Select(v => v!).ToEquatableArray();
    }

    /// <summary>A value; null for a core value. <c>f32</c> and <c>f64</c> are values of both kinds, written alike but for patterns of NaNs.</summary>
    private static ComponentValue? Value(JsonElement json) => Text(json, "type") switch
    {
        "bool" => ComponentValues.Bool(json.GetProperty("value").GetBoolean()),
        "u8" => ComponentValues.U8(Number<byte>(json)),
        "s8" => ComponentValues.S8(Number<sbyte>(json)),
        "u16" => ComponentValues.U16(Number<ushort>(json)),
        "s16" => ComponentValues.S16(Number<short>(json)),
        "u32" => ComponentValues.U32(Number<uint>(json)),
        "s32" => ComponentValues.S32(Number<int>(json)),
        "u64" => ComponentValues.U64(Number<ulong>(json)),
        "s64" => ComponentValues.S64(Number<long>(json)),
        "f32" when !Text(json, "value")!.StartsWith("nan", StringComparison.Ordinal) => new ComponentValue.F32(Number<uint>(json)),
        "f64" when !Text(json, "value")!.StartsWith("nan", StringComparison.Ordinal) => new ComponentValue.F64(Number<ulong>(json)),
        "char" => ComponentValues.Char(Text(json, "value")!.EnumerateRunes().Single()),
        "string" => ComponentValues.String(Text(json, "value")!),
        "list" => ComponentValues.List(json.GetProperty("value").EnumerateArray().Select(Part)),
        "tuple" => ComponentValues.Tuple(json.GetProperty("value").EnumerateArray().Select(Part)),
        "record" => ComponentValues.Record(json.GetProperty("value").EnumerateArray().Select(field => (field[0].GetString()!, Part(field[1])))),
        "enum" => new ComponentValue.Enum(Text(json, "value")!),
        "flags" => new ComponentValue.Flags(json.GetProperty("value").EnumerateArray().Select(label => label.GetString()!).ToEquatableArray()),
        "option" => new ComponentValue.Option(Payload(json.GetProperty("value"))),
        "variant" => new ComponentValue.Variant(Text(json.GetProperty("value"), "case")!, Payload(json.GetProperty("value"), "payload")),
        "result" when json.GetProperty("value").TryGetProperty("Ok", out var ok) => new ComponentValue.Ok(Payload(ok)),
        "result" => new ComponentValue.Error(Payload(json.GetProperty("value"), "Err")),
        _ => null,
    };

    private static ComponentValue Part(JsonElement json) => Value(json) ?? throw new FormatException($"a component value has a core value in it: {json}");

    private static ComponentValue? Payload(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : Part(json);

    private static ComponentValue? Payload(JsonElement json, string property) => json.TryGetProperty(property, out var payload) ? Payload(payload) : null;

    private static T Number<T>(JsonElement json)
        where T : IParsable<T> => T.Parse(Text(json, "value")!, CultureInfo.InvariantCulture);

    private static string? Text(JsonElement json, string property) => json.TryGetProperty(property, out var value) ? value.GetString() : null;
}
