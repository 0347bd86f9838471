using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// How much the adapter module in progress has of what engines limit, at the most: exactly what its adapters import and export, and half of all functions and
/// types put by for helpers, whose number only compiling tells. Adding an adapter takes the same time however large the module is.
/// </summary>
internal sealed class ModuleSize(Graph graph, EngineLimits limits)
{
    // Twelve transcoders each way between two memories, of types of up to eight entries.
    private const int Transcoders = 24, TranscoderSize = 8;

    // Five ways to move handles, and what brackets a call.
    private const int Intrinsics = 7, IntrinsicSize = 6;

    // Async-start, async-return and the callee are exported too; preparing and starting a call is imported. Up to 16 parameters or results each way.
    private const int AsyncExports = 3, AsyncFuncs = 2, AsyncImports = 2, AsyncTypes = 4, AsyncSize = 120;

    private readonly uint[] moduleOfMemory = new uint[graph.CoreMemories.Items.Count];
    private readonly uint[] moduleOfFunc = new uint[graph.CoreFuncs.Items.Count];
    private readonly Dictionary<(CoreMemoryId, CoreMemoryId), uint> moduleOfPair = [];
    private uint module;
    private long imports, exports, funcs, types, typeSize;
    private int memories;

    /// <summary>Begins a module without adapters.</summary>
    public void Clear()
    {
        module++;
        int globals = graph.Instances.Count;
        (memories, funcs, exports, types) = (0, Intrinsics, 0, Intrinsics);
        imports = globals + Intrinsics;
        typeSize = 1 + globals + (Intrinsics * IntrinsicSize);
    }

    /// <summary>Adds an adapter.</summary>
    /// <returns>Whether engines take the module with it.</returns>
    public bool Add(Adapter adapter)
    {
        var (lift, lower) = (adapter.Lift.Options, adapter.Lower.Options);
        Memories(lift, lower);
        Func(lift.Realloc, 5);
        Func(lower.Realloc, 5);
        Func(lift.Callback, 4);
        Func(adapter.Callee, adapter.Lift.CoreType.Params.Length + adapter.Lift.CoreType.Results.Length);
        Func(lift.PostReturn, adapter.Lift.CoreType.Results.Length);
        exports++;
        funcs++;
        types++;
        typeSize += 2 + adapter.Lower.CoreType.Params.Length + adapter.Lower.CoreType.Results.Length;
        if (lift.Async || lower.Async)
        {
            exports += AsyncExports;
            imports += AsyncImports;
            funcs += AsyncFuncs + AsyncImports;
            types += AsyncTypes;
            typeSize += AsyncSize;
        }
        return memories <= limits.Memories
            && imports <= limits.Imports
            && exports <= limits.Exports
            && funcs <= limits.Functions / 2
            && types <= limits.Types / 2
            && typeSize <= limits.TypeSize;
    }

    private void Memories(CanonicalOptions lift, CanonicalOptions lower)
    {
        Memory(lift.Memory);
        Memory(lower.Memory);
        if (lift.Memory is not { } a || lower.Memory is not { } b || IsIn(moduleOfPair, (a.Id, b.Id)))
            return;
        imports += Transcoders;
        funcs += Transcoders;
        types += Transcoders;
        typeSize += Transcoders * TranscoderSize;
    }

    private void Memory(CanonicalMemory? memory)
    {
        if (memory is null || moduleOfMemory[memory.Id.Value] == module)
            return;
        moduleOfMemory[memory.Id.Value] = module;
        memories++;
        imports++;
        typeSize++;
    }

    private void Func(CoreFuncId? func, int signature)
    {
        if (func is not { } id || moduleOfFunc[id.Value] == module)
            return;
        moduleOfFunc[id.Value] = module;
        imports++;
        funcs++;
        types++;
        typeSize += 2 + signature;
    }

    private bool IsIn<TKey>(Dictionary<TKey, uint> modules, TKey key)
        where TKey : notnull
    {
        if (modules.TryGetValue(key, out uint found) && found == module)
            return true;
        modules[key] = module;
        return false;
    }
}
