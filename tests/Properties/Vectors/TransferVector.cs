using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Fact.Ir;
using Fact.Model;

namespace Fact.Properties.Vectors;

/// <summary>Values that are lifted from one memory and lowered into another.</summary>
internal static class TransferVector
{
    private const byte FromFill = 0xA5, ToFill = 0xC3;

    /// <summary>What the model does otherwise than the definitions.</summary>
    public static string? Fault(JsonNode vector)
    {
        var (from, to, types) = (vector["from"]!, vector["to"]!, VectorFile.Types(vector["types"]!));
        var dialect = new Limited(vector["limit"]?.GetValue<ulong>() ?? Dialect.Specification.MaxByteLength);
        var source = new ByteMemory(from[0]!.GetValue<int>() == 64, Filled(from[2]!.GetValue<int>(), FromFill, from[3]!));
        var target = new ByteMemory(to[0]!.GetValue<int>() == 64, Filled(to[2]!.GetValue<int>(), ToFill, new JsonArray()));
        var calls = new Queue<JsonNode>(vector["reallocs"]!.AsArray().Select(call => call!));
        var lift = new LiftLowerContext(source, VectorFile.Encoding(from[1]!), (_, _, _, _) => throw new WrongCall("lifting allocates"), new NoHandles(), dialect);
        var lower = new LiftLowerContext(target, VectorFile.Encoding(to[1]!), (a, b, c, d) => Answer(calls, target, a, b, c, d), new NoHandles(), dialect);
        int maxFrom = from[4]!.GetValue<int>(), maxTo = to[3]!.GetValue<int>();
        string stage = "lift";
        try
        {
            var values = lift.LiftFlatValues(maxFrom, new CoreValueIter.Values(Flat(lift.Abi, maxFrom, types, from[5]!)), types);
            var lifted = VectorFile.Array(values.Zip(types, VectorFile.Value));
            if (!JsonNode.DeepEquals(vector["lifted"], lifted))
                return $"lifts {lifted.ToJsonString()}";
            stage = "lower";
            var flat = VectorFile.Numbers(lower.LowerFlatValues(maxTo, values, types, to[4]?.GetValue<ulong>()).Select(v => v.Bits));
            if (!JsonNode.DeepEquals(vector["flat"], flat))
                return $"lowers to {flat.ToJsonString()}";
        }
        catch (SpecTrap trap)
        {
            return vector["trap"]?.GetValue<string>() == stage && calls.Count == 0 ? null : $"traps in {stage}: {trap.Message}; {calls.Count} calls of realloc are left";
        }
        catch (WrongCall wrong)
        {
            return wrong.Message;
        }
        if (vector["trap"] is { } expected)
            return $"does not trap in {expected}";
        if (calls.Count > 0)
            return $"{calls.Count} calls of realloc are left";
        byte[] memory = Filled(target.Bytes.Length, ToFill, vector["memory"]!);
        int at = memory.AsSpan().CommonPrefixLength(target.Bytes);
        return at == memory.Length ? null : $"the memory at {at} has {target.Bytes[at]}, not {memory[at]}";
    }

    private static List<CoreValue> Flat(SpecAbi abi, int max, ValType[] types, JsonNode bits) =>
        [.. (abi.FlattenTypes(types, max) ?? [abi.Ptr]).Zip(bits.AsArray(), (type, b) => new CoreValue(type, b!.GetValue<ulong>()))];

    private static ulong Answer(Queue<JsonNode> calls, ByteMemory memory, params ulong[] args)
    {
        if (!calls.TryDequeue(out var call) || !call.AsArray().Take(4).Select(n => n!.GetValue<ulong>()).SequenceEqual(args))
            throw new WrongCall($"calls realloc({string.Join(", ", args)}) where {call?.ToJsonString() ?? "nothing"} is next");
        ulong result = call[4]!.GetValue<ulong>(), kept = Math.Min(args[1], args[3]);
        if (memory.Has(args[0], kept) && memory.Has(result, kept))
            memory.Copy(args[0], result, kept);
        return result;
    }

    private static byte[] Filled(int size, byte fill, JsonNode runs)
    {
        byte[] bytes = new byte[size];
        bytes.AsSpan().Fill(fill);
        foreach (var run in runs.AsArray())
            Convert.FromHexString(run![1]!.GetValue<string>()).CopyTo(bytes, run[0]!.GetValue<int>());
        return bytes;
    }

    private sealed class WrongCall(string message) : Exception(message);

    private sealed class Limited(ulong limit) : Dialect
    {
        public override ulong MaxByteLength => limit;
    }

    private sealed class NoHandles : IHandles
    {
        public SpecValue.Handle Lift(ValType type, uint index) => throw new NotSupportedException();

        public uint Lower(ValType type, SpecValue.Handle handle) => throw new NotSupportedException();
    }
}
