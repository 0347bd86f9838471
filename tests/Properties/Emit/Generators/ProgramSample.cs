using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>A random adapter program that is valid, with helpers that exist several times; the numbers that it is made from say all about it.</summary>
/// <param name="Seed">Decides everything.</param>
/// <param name="Size">About how many instructions each function has.</param>
/// <param name="Cycles">Whether helpers may call each other in a circle.</param>
public sealed record ProgramSample(int Seed, int Size, bool Cycles)
{
    /// <summary>Makes the program.</summary>
    internal AdapterProgram Program()
    {
        var random = new Random(Seed);
        var pool = new ImportPool(random);
        var adapters = Enumerable.Range(0, 1 + random.Next(3)).Select(i => new Adapter(
            $"adapter{i}",
            Enumerable.Range(0, 1 + random.Next(3)).Select(_ => ModuleSample.Type(random)).ToList())).ToList();
        var kinds = Enumerable.Range(0, random.Next(6)).Select(_ => new HelperKind(ModuleSample.Type(random), random.Next(), 1 + random.Next(3))).ToList();

        var ids = new Queue<int>(Ids(random, adapters.Sum(a => a.Types.Count) + kinds.Sum(kind => kind.Copies)));
        var imports = pool.Funcs;
        var own = adapters.SelectMany(adapter => adapter.Types).ToList();
        var ownIds = own.Select(_ => new FuncId(ids.Dequeue())).ToList();
        var helperIds = kinds.Select(kind => Enumerable.Range(0, kind.Copies).Select(_ => new FuncId(ids.Dequeue())).ToList()).ToList();
        var items = OwnSample.Of(random);
        IMemory[] memories = [.. pool.Memories, .. items.Memories];
        IGlobal[] globals = [.. pool.Flags, .. items.Globals];
        var world = new Surroundings(
            [.. memories.Select(memory => memory.Type)],
            globals.Length,
            [.. imports.Select(Contract.TypeOf), .. own, .. kinds.Select(kind => kind.Type)],
            [.. Enumerable.Range(imports.Count, own.Count)],
            [],
            items.Tables.Length);

        // numbers: imports, the adapters' own functions, kinds of helpers; a call of a kind goes to any of its copies
        SymbolicFunc Func(FuncId id, FuncRole role, string name, CoreFuncType type, int callableKinds, int bodySeed)
        {
            var funcs = imports.Select(FuncRef (import) => new FuncRef.Imported(import))
                .Concat(ownIds.Select(FuncRef (own) => new FuncRef.Defined(own)))
                .Concat(helperIds.Select(FuncRef (copies) => new FuncRef.Defined(copies[random.Next(copies.Count)])))
                .ToList();
            var callable = world with { Callable = [.. Enumerable.Range(0, imports.Count), .. Enumerable.Range(imports.Count + own.Count, callableKinds)] };
            var code = new CodeGenerator<Instr>(new Random(bodySeed), new SymbolicCode(memories, globals, funcs, items.Tables), callable, type);
            var body = code.Body(Size);
            return new SymbolicFunc(id, role, name, type, code.Locals.Select((local, i) => new VirtualLocal(local, $"{name}.{i}")).ToEquatableArray(), [.. body]);
        }

        var helpers = kinds.SelectMany((kind, k) => helperIds[k].Select((id, copy) =>
            Func(id, FuncRole.Helper, $"helper{k} {copy}", kind.Type, Cycles ? kinds.Count : k, kind.BodySeed))).ToList();
        var where = helpers.ToLookup(_ => random.Next(adapters.Count));
        int next = 0;
        return new AdapterProgram(adapters.Select((adapter, a) =>
        {
            var funcs = adapter.Types.Select((type, f) =>
                Func(ownIds[next + f], f == 0 ? FuncRole.Adapter : FuncRole.AsyncStart, $"{adapter.Name} {f}", type, kinds.Count, random.Next())).ToList();
            var exports = funcs.Select(func => new ProgramExport(func.Name, new FuncRef.Defined(func.Id))).ToList();
            next += funcs.Count;
            exports.Add(new ProgramExport($"[adapter-callee]{adapter.Name}", new FuncRef.Imported(imports[random.Next(imports.Count)])));
            return new AdapterCode(pool.Some(random), [.. funcs, .. where[a]], [.. exports]);
        }).ToEquatableArray())
        {
            Own = items,
        };
    }

    public override string ToString() => $"ProgramSample(Seed: {Seed}, Size: {Size}, Cycles: {Cycles})";

    /// <summary>Ids in any order, near each other or far apart.</summary>
    private static int[] Ids(Random random, int count)
    {
        int step = random.Next(3) == 0 ? 1 + random.Next(100_000) : 1;
        var ids = Enumerable.Range(random.Next(3), count).Select(i => i * step).ToArray();
        random.Shuffle(ids);
        return ids;
    }

    private sealed record Adapter(string Name, List<CoreFuncType> Types);

    private sealed record HelperKind(CoreFuncType Type, int BodySeed, int Copies);
}
