using System.Collections.Generic;
using Fact.Emit;
using Fact.Ir;

namespace Fact;

/// <summary>
/// How many bytes the functions of a module take, adapter by adapter: those of each, then the helpers that it was the first to need, follow one another.
/// </summary>
/// <param name="module">The module.</param>
internal sealed class ModuleSizes(ResolvedModule module)
{
    /// <summary>An asynchronous adapter has functions to start the call and to return besides, and exports the callee too.</summary>
    private const int AsyncFuncs = 3, AsyncExports = 4;

    private readonly int[] bodies = new SectionSizes(module, new EncodeOptions()).Bodies.ToArray();
    private readonly WatModuleNames names = new(module);
    private readonly int imported = Imported(module);
    private int nextExport;

    /// <summary>The functions of the next adapter, and its helpers.</summary>
    public (EquatableArray<FunctionSize> Functions, EquatableArray<FunctionSize> Helpers) Next(Adapter adapter)
    {
        bool isAsync = adapter.Lift.Options.Async || adapter.Lower.Options.Async;
        int first = First(nextExport);
        nextExport += isAsync ? AsyncExports : 1;
        int helpers = first + (isAsync ? AsyncFuncs : 1);
        return (Sizes(first, helpers), Sizes(helpers, nextExport < module.Exports.Length ? First(nextExport) : bodies.Length));
    }

    private int First(int export) => (int)module.Exports[export].Func.Value - imported;

    private EquatableArray<FunctionSize> Sizes(int from, int to)
    {
        var sizes = new List<FunctionSize>(to - from);
        for (int i = from; i < to; i++)
            sizes.Add(new(names.Funcs[(uint)(imported + i)][1..], bodies[i]));
        return sizes.ToEquatableArray();
    }

    private static int Imported(ResolvedModule module)
    {
        int count = 0;
        foreach (var import in module.Imports)
            count += import.Type is CoreExternType.Func ? 1 : 0;
        return count;
    }
}
