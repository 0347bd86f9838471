using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Fact.Ir;
using Fact.Model;

namespace Fact.Properties.Vectors;

/// <summary>Instances that call each other and pass resources, as a script says.</summary>
internal sealed class CallVector
{
    private readonly JsonNode vector;
    private readonly SpecInstance[] instances = [new(), new(), new()];
    private readonly SpecResourceType[] types;
    private readonly JsonArray log = [];

    public CallVector(JsonNode vector)
    {
        this.vector = vector;
        types = [.. Enumerable.Range(0, 2).Select(r => new SpecResourceType(instances[r + 1], args =>
        {
            log.Add(new JsonArray("dtor", r, args[0].Bits));
            return [];
        }))];
    }

    /// <summary>What the model does otherwise than the definitions.</summary>
    public string? Fault()
    {
        bool trapped = false;
        try
        {
            Run(0, vector["script"]!);
        }
        catch (SpecTrap)
        {
            trapped = true;
        }
        if (!JsonNode.DeepEquals(vector["log"], log))
            return $"log {log.ToJsonString()}";
        if (trapped != vector["trap"]!.GetValue<bool>())
            return trapped ? "traps" : "does not trap";
        var tables = VectorFile.Array(instances.Select(inst => VectorFile.Array(inst.Handles.Array.Select(h => Handle(h as SpecHandle)))));
        return trapped || JsonNode.DeepEquals(vector["tables"], tables) ? null : $"tables {tables.ToJsonString()}";
    }

    private JsonNode? Handle(SpecHandle? h) => h is null ? null : new JsonArray(Array.IndexOf(types, h.Rt), h.Rep, h.Own ? 1 : 0, h.NumLends);

    private void Run(int inst, JsonNode steps)
    {
        foreach (var step in steps.AsArray())
        {
            switch (step![0]!.GetValue<string>())
            {
                case "new":
                    Log("new", Canon.ResourceNew(instances[inst], TypeOf(step), step[2]!.GetValue<ulong>()));
                    break;
                case "drop":
                    Canon.ResourceDrop(instances[inst], TypeOf(step), step[2]!.GetValue<uint>());
                    Log("dropped");
                    break;
                case "rep":
                    Log("rep", Canon.ResourceRep(instances[inst], TypeOf(step), step[2]!.GetValue<uint>()));
                    break;
                case "get":
                    Log("context", Canon.ContextGet(instances[inst], step[1]!.GetValue<int>()));
                    break;
                case "set":
                    Canon.ContextSet(instances[inst], step[1]!.GetValue<int>(), step[2]!.GetValue<ulong>());
                    break;
                default:
                    Call(inst, step[1]!);
                    break;
            }
        }
    }

    private void Call(int inst, JsonNode call)
    {
        int callee = call["in"]!.GetValue<int>();
        var type = new ComponentFuncType(
            [.. call["params"]!.AsArray().Select((t, i) => new Param("p" + i, Type(t!)))],
            call["result"] is { } result ? Type(result) : null);
        CoreFunc core = flat =>
        {
            Log("enter", flat);
            Run(callee, call["body"]!);
            return Values(call["return"]!);
        };
        CoreFunc post = flat =>
        {
            Log("post", flat);
            Run(callee, call["post"]!);
            return [];
        };
        var func = Canon.Lift(core, type, Options(callee, call, call["post"] is null ? null : post), instances[callee]);
        Log("returned", Canon.Lower(func, type, Options(inst, call, null), instances[inst], Values(call["args"]!)));
    }

    private SpecOptions Options(int inst, JsonNode call, CoreFunc? post)
    {
        int calls = 0;
        return new(StringEncoding.Utf8, new ByteMemory(false, new byte[64]), Realloc, table => types[table], post);

        ulong Realloc(ulong old, ulong oldSize, ulong alignment, ulong newSize)
        {
            Log("realloc", old, oldSize, alignment, newSize);
            Run(inst, call["realloc"]![calls++]!);
            return 16;
        }
    }

    private SpecResourceType TypeOf(JsonNode step) => types[step[1]!.GetValue<int>()];

    private static ValType Type(JsonNode node) => node[0]!.GetValue<string>() switch
    {
        "bytes" => new ValType.List(ValType.Of(PrimitiveType.U8)),
        "u32" => ValType.Of(PrimitiveType.U32),
        _ => VectorFile.Type(node),
    };

    private static List<CoreValue> Values(JsonNode bits) => [.. bits.AsArray().Select(b => new CoreValue(CoreValType.I32, b!.GetValue<ulong>()))];

    private void Log(string what, IReadOnlyList<CoreValue> values) => Log(what, [.. values.Select(v => v.Bits)]);

    private void Log(string what, params ulong[] values) => log.Add(VectorFile.Array([what, .. VectorFile.Numbers(values).Select(n => n!.DeepClone())]));
}
