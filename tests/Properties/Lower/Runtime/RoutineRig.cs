using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Fact.Lower.Code;
using Fact.Lower.Runtime.Transcode;
using Fact.Properties.Generators;
using Wasmtime;
using Import = Fact.Ir.Import;

namespace Fact.Properties.Lower.Runtime;

/// <summary>Between which memories routines are, and with which instructions.</summary>
public sealed record RoutinePlace(bool Simd, bool From64, bool To64, bool OneMemory = false)
{
    public static IReadOnlyList<RoutinePlace> All { get; } =
    [
        .. from simd in new[] { false, true }
           from bits in new[] { 0, 1, 2, 3 }
           select new RoutinePlace(simd, (bits & 1) != 0, (bits & 2) != 0),
    ];

    public static IReadOnlyList<RoutinePlace> InOneMemory { get; } =
        [.. from simd in new[] { false, true } from is64 in new[] { false, true } select new RoutinePlace(simd, is64, is64, OneMemory: true)];

    public override string ToString() => $"{(Simd ? "simd" : "wasm")} {(From64 ? 64 : 32)}{(OneMemory ? "" : To64 ? " to 64" : " to 32")}";
}

/// <summary>A module of nothing but routines for strings, in the engine, with memories of one page.</summary>
internal sealed class RoutineRig : IDisposable
{
    public const int MemoryBytes = 0x10000;

    private readonly Store store = new(Engines.All);
    private readonly Memory source, target;
    private readonly Dictionary<StringRoutine, Function> functions = [];
    private readonly RoutinePlace place;

    public RoutineRig(RoutinePlace place)
    {
        this.place = place;
        var module = Emitted.Of(new(
            [new([], [.. Funcs(place, out var ids)], [.. ids.Select(id => new ProgramExport(id.Key.ToString(), new FuncRef.Defined(id.Value)))])]), new(new()));
        Bytes = [.. module.Bytes];
        if (Wasmtime.Module.Validate(Engines.All, Bytes) is { } fault)
            throw new InvalidOperationException(fault);
        source = Make(place.From64);
        target = place.OneMemory ? source : Make(place.To64);
        using var compiled = Wasmtime.Module.FromBytes(Engines.All, "routines", Bytes);
        var instance = new Instance(store, compiled, [.. module.Module.Imports.Items.Select(import => ((Import.Memory)import.Denotes).Id.Value == 0 ? source : target)]);
        foreach (var routine in Enum.GetValues<StringRoutine>())
            functions[routine] = instance.GetFunction(routine.ToString())!;
    }

    public byte[] Bytes { get; }

    public Span<byte> Source => source.GetSpan(0, MemoryBytes);

    public Span<byte> Target => target.GetSpan(0, MemoryBytes);

    /// <summary>Calls a routine; null where it traps.</summary>
    public ulong[]? Call(StringRoutine routine, ulong sp, ulong sl, params ulong[] targetArguments)
    {
        ValueBox[] arguments = [Box(place.From64, sp), Box(place.From64, sl), .. targetArguments.Select(a => Box(place.To64, a))];
        try
        {
            return Values(functions[routine].Invoke(arguments));
        }
        catch (TrapException e) when (e.Type == Wasmtime.TrapCode.Unreachable)
        {
            return null;
        }
    }

    /// <summary>The routines as functions of one program.</summary>
    public static List<SymbolicFunc> Funcs(RoutinePlace place, out Dictionary<StringRoutine, FuncId> ids)
    {
        var from = new Import.Memory(new(0), new(place.From64, 16));
        var to = place.OneMemory ? from : new Import.Memory(new(1), new(place.To64, 16));
        var known = new Dictionary<(StringRoutine, bool), FuncId>();
        var waiting = new Queue<(StringRoutine Routine, bool InDestination)>();
        foreach (var routine in Enum.GetValues<StringRoutine>())
            Id(routine, routine == StringRoutine.InflateLatin1);
        ids = known.ToDictionary(one => one.Key.Item1, one => one.Value);
        var b = new FuncBuilder();
        var funcs = new List<SymbolicFunc>();
        while (waiting.TryDequeue(out var next))
            funcs.Add(StringRoutines.Write(b, known[next], next.Routine, next.InDestination ? to : from, to, place.Simd, Call));
        return funcs;

        FuncCall Call(StringRoutine routine, bool inDestination) => new(new FuncRef.Defined(Id(routine, inDestination && !place.OneMemory)));

        FuncId Id(StringRoutine routine, bool inDestination)
        {
            if (!known.TryGetValue((routine, inDestination), out var id))
            {
                known.Add((routine, inDestination), id = new(known.Count));
                waiting.Enqueue((routine, inDestination));
            }
            return id;
        }
    }

    public void Dispose() => store.Dispose();

    private Memory Make(bool is64)
    {
        using var module = Wasmtime.Module.FromText(Engines.All, "memory", $"(module (memory (export \"m\") {(is64 ? "i64 " : "")}1 1))");
        return new Instance(store, module).GetMemory("m")!;
    }

    private static ValueBox Box(bool is64, ulong value) => is64 ? (ValueBox)(long)value : (ValueBox)(int)value;

    private static ulong[] Values(object? result) => result switch
    {
        null => [],
        object[] several => [.. several.Select(Value)],
        _ => [Value(result)],
    };

    private static ulong Value(object value) => value is int i ? (uint)i : (ulong)(long)value;
}
