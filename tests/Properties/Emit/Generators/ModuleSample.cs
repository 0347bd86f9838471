using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Ir;

namespace Fact.Properties.Emit;

/// <summary>A random module that is valid; the numbers that it is made from say all about it, and are what a failing test prints.</summary>
/// <param name="Seed">Decides everything.</param>
/// <param name="Size">About how many instructions each function has.</param>
/// <param name="Exotic">Whether there may be what the engine does not take: pages of one byte, more than 100 memories, types and imports that adapters have no use
/// for.</param>
public sealed record ModuleSample(int Seed, int Size, bool Exotic)
{
    private static readonly string[] Names = ["", "a", "f", "callee adapter0", "größe", "x\"y\\z", "tab\there", "\u202Ereversed", "😀", new('n', 200)];

    /// <summary>Makes the module, as resolving would.</summary>
    internal ResolvedModule Resolved() => Numbered.Of(Module());

    /// <summary>Makes the module.</summary>
    internal CoreModule Module()
    {
        var random = new Random(Seed);
        var imports = Imports(random);
        var types = new List<CoreFuncType>();
        if (random.Next(2) == 0)
            types.Add(Type(random));
        if (Exotic)
            types.AddRange(Enumerable.Range(0, ExoticTypes.Indices)
                .Select(_ => new CoreFuncType([.. Enumerable.Range(0, random.Next(3)).Select(_ => ExoticTypes.Value(random))], [ExoticTypes.Value(random)])));
        var resolved = imports.Select(
            import => import with { Type = import.Type is CoreExternType.Func ? new CoreExternType.Func(CoreCode.Index(types, Type(random))) : import.Type }).ToList();
        var imported = resolved.Select(import => import.Type).OfType<CoreExternType.Func>().Select(func => types[(int)func.Type.Value]).ToList();
        var defined = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Type(random)).ToList();
        var exported = Enumerable.Range(0, 1 + random.Next(imported.Count + defined.Count)).ToList();
        // Code names what a module has of its own by indices after those of all imports.
        var own = Exotic ? ModuleItems.None : OwnSample.Of(random);
        CoreMemoryType[] memories = [.. resolved.Select(import => import.Type).OfType<CoreExternType.Memory>().Select(memory => memory.Type)];
        int globals = resolved.Count(import => import.Type is CoreExternType.Global { Type.Type: CoreValType.I32, Type.IsMutable: true, Type.IsShared: false });
        var world = new Surroundings(
            [.. memories, .. own.Memories.Select(memory => memory.Type)],
            globals + own.Globals.Length,
            [.. imported, .. defined],
            exported,
            [.. Enumerable.Range(0, imported.Count + defined.Count)],
            own.Tables.Length);
        var funcs = defined.Select(type => Func(random, world, types, type)).ToEquatableArray();
        return new CoreModule(
            [.. types],
            [.. resolved],
            funcs,
            exported.Select((func, i) => new ResolvedExport($"{Pick(random, Names)}{i}", new CoreFuncIdx((uint)func))).ToEquatableArray())
        {
            Own = OwnSample.Resolved(own, memories.Length, globals),
        };
    }

    public override string ToString() => $"ModuleSample(Seed: {Seed}, Size: {Size}, Exotic: {Exotic})";

    /// <summary>Any function type.</summary>
    internal static CoreFuncType Type(Random random)
    {
        EquatableArray<CoreValType> types(int most) =>
            Enumerable.Range(0, random.Next(most)).Select(_ => Pick(random, Signatures.Types)).ToEquatableArray();
        return new CoreFuncType(types(6), types(4));
    }

    private List<ResolvedImport> Imports(Random random)
    {
        List<CoreExternType> types = [new CoreExternType.Global(CoreGlobalType.MutableI32), new CoreExternType.Memory(Memory(random))];
        for (int i = random.Next(10); i > 0; i--)
        {
            types.Add(random.Next(4) switch
            {
                0 => new CoreExternType.Global(CoreGlobalType.MutableI32),
                1 => new CoreExternType.Memory(Memory(random)),
                _ => new CoreExternType.Func(default),
            });
        }
        if (Exotic && random.Next(10) == 0)
            types.AddRange(Enumerable.Repeat(types[1], 140));
        var shuffled = types.ToArray();
        random.Shuffle(shuffled);
        // Last, so that they have no index that code names.
        CoreExternType[] exotic = Exotic ? [.. Enumerable.Range(0, random.Next(4)).Select(_ => ExoticTypes.Extern(random))] : [];
        return [.. shuffled.Concat(exotic).Select((type, i) => new ResolvedImport(Pick(random, Names), $"{Pick(random, Names)}{i}", type, Nothing))];
    }

    /// <summary>What stands for the denotation of an import where none is told.</summary>
    internal static Import Nothing { get; } = new Import.ResourceEnterCall();

    private CoreMemoryType Memory(Random random) => new(random.Next(2) == 0, Exotic && random.Next(2) == 0 ? 0 : 16);

    private CoreFunc Func(Random random, Surroundings world, List<CoreFuncType> types, CoreFuncType type)
    {
        var generator = new CodeGenerator<CoreInstr>(random, new CoreCode(types), world, type);
        var body = generator.Body(random.Next(Size + 1));
        var locals = generator.Locals.Skip(type.Params.Length).Concat(random.Next(10) == 0 ? Enumerable.Repeat(CoreValType.F64, 150) : []).ToList();
        return new CoreFunc(
            Pick(random, Names),
            CoreCode.Index(types, type),
            [.. locals],
            Enumerable.Range(0, type.Params.Length + locals.Count).Select(_ => Pick(random, Names)).ToEquatableArray(),
            [.. body]);
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
