using System.Linq;
using System.Text.Json.Nodes;
using Fact.Ir;
using Fact.Model;
using Xunit;

namespace Fact.Properties.Vectors;

/// <summary>The model does what the specification's own definitions do when they are run.</summary>
public sealed class VectorLaws
{
    [Fact]
    public void Layouts_of_the_model_are_those_of_the_definitions() => Assert.Empty(VectorFile.Faults("layouts", vector =>
    {
        var type = VectorFile.Type(vector["type"]!);
        return Fault(SpecAbi.With32, "32") ?? Fault(SpecAbi.With64, "64");

        string? Fault(SpecAbi abi, string width)
        {
            var expected = vector[width]!;
            if ((abi.Alignment(type), abi.ElemSize(type)) != (expected[0]!.GetValue<ulong>(), expected[1]!.GetValue<ulong>()))
                return $"{width} bits: alignment {abi.Alignment(type)}, size {abi.ElemSize(type)}";
            // The model does not count what does not matter.
            string flat = VectorFile.Core(abi.FlattenType(type));
            return flat == string.Join(' ', expected[2]!.GetValue<string>().Split(' ').Take(SpecAbi.Enough)) ? null : $"{width} bits: flat types {flat}";
        }
    }));

    [Fact]
    public void Core_types_of_functions_are_those_of_the_definitions() => Assert.Empty(VectorFile.Faults("functypes", vector =>
    {
        var type = new ComponentFuncType(
            [.. VectorFile.Types(vector["params"]!).Select((t, i) => new Param("p" + i, t))],
            VectorFile.Types(vector["result"]!).SingleOrDefault());
        var abi = SpecAbi.For(vector["is64"]!.GetValue<bool>());
        var options = new CanonicalOptions(
            StringEncoding.Utf8,
            Async: vector["async"]!.GetValue<bool>(),
            Callback: vector["callback"]!.GetValue<bool>() ? new CoreFuncId(1) : null);
        return Fault("lift", true) ?? Fault("lower", false);

        string? Fault(string context, bool lift)
        {
            var core = abi.FlattenFuncType(options, type, lift);
            JsonArray actual = [VectorFile.Core(core.Params), VectorFile.Core(core.Results)];
            return JsonNode.DeepEquals(vector[context], actual) ? null : $"{context}: {actual.ToJsonString()}";
        }
    }));

    [Fact]
    public void Values_go_from_memory_to_memory_as_in_the_definitions() => Assert.Empty(VectorFile.Faults("transfers", TransferVector.Fault));

    [Fact]
    public void Calls_handles_and_traps_are_those_of_the_definitions() => Assert.Empty(VectorFile.Faults("calls", vector => new CallVector(vector).Fault()));

    [Fact]
    public void Vectors_show_every_pair_of_encodings_and_widths_with_results_and_with_traps()
    {
        var transfers = VectorFile.Read("transfers").ToArray();
        Assert.Equal(36, transfers.Where(v => v["trap"] is null).Select(Sides).Distinct().Count());
        Assert.Equal(36, transfers.Where(v => v["trap"]?.GetValue<string>() == "lift").Select(Sides).Distinct().Count());
        Assert.True(transfers.Count(v => v["trap"]?.GetValue<string>() == "lower") > 30);
        Assert.True(transfers.Count(v => v["reallocs"]!.AsArray().Count > 2) > 50);
        Assert.Contains(VectorFile.Read("calls"), v => v["trap"]!.GetValue<bool>());
        Assert.Contains(VectorFile.Read("calls"), v => !v["trap"]!.GetValue<bool>());

        static string Sides(JsonNode v) => string.Join(' ', new[] { v["from"]![0], v["from"]![1], v["to"]![0], v["to"]![1] }.Select(n => n!.ToJsonString()));
    }
}
