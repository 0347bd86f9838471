using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Generators;

/// <summary>Types as short text, for failures.</summary>
public static class TypeText
{
    public static string Of(ComponentFuncType type) =>
        $"func({string.Join(", ", type.Params.Items.Select(p => $"{p.Name}: {Of(p.Type)}"))})" + (type.Result is { } result ? $" -> {Of(result)}" : "");

    public static string Of(ValType? type) => type switch
    {
        null => "_",
        ValType.Primitive t => t.Type.ToString().ToLowerInvariant(),
        ValType.List t => $"list<{Of(t.Element)}>",
        ValType.FixedLengthList t => $"list<{Of(t.Element)}, {t.Length}>",
        ValType.Map t => $"map<{Of(t.Key)}, {Of(t.Value)}>",
        ValType.Record t => $"record {{ {Short([.. t.Fields.Items.Select(f => $"{f.Name}: {Of(f.Type)}")])} }}",
        ValType.Tuple t => $"tuple<{Short([.. t.Types.Items.Select(Of)])}>",
        ValType.Variant t => $"variant {{ {Short([.. t.Cases.Items.Select(c => c.Type is null ? c.Name : $"{c.Name}({Of(c.Type)})")])} }}",
        ValType.Enum t => $"enum {{ {Short([.. t.Labels.Items])} }}",
        ValType.Option t => $"option<{Of(t.Some)}>",
        ValType.Result t => $"result<{Of(t.Ok)}, {Of(t.Error)}>",
        ValType.Flags t => $"flags {{ {Short([.. t.Labels.Items])} }}",
        ValType.Own t => $"own<{t.Table.Value}>",
        ValType.Borrow t => $"borrow<{t.Table.Value}>",
        ValType.Stream t => $"stream#{t.Table.Value}",
        ValType.Future t => $"future#{t.Table.Value}",
        ValType.ErrorContext t => $"error-context#{t.Table.Value}",
    };

    private static string Short(string[] parts) =>
        parts.Length <= 40 ? string.Join(", ", parts) : string.Join(", ", parts.Take(3)) + $", … {parts.Length} of them";
}
