using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host.Engine;
using Fact.Ir;
using Fact.Traps;
using Wasmtime;
using Xunit;
using Engine = Wasmtime.Engine;
using Import = Fact.Ir.Import;

namespace Fact.Properties.Lower.Runtime;

/// <summary>A runtime module that an engine has compiled.</summary>
internal sealed record CompiledRuntime(uint Instances, RuntimeModule Module, Wasmtime.Module Engine, ModuleTraps Traps)
{
    public const string Name = "runtime";

    public static readonly Engine SharedEngine = new(new Config().WithExceptions(true));

    /// <summary>Compiles one.</summary>
    public static CompiledRuntime Of(HandleRuntime runtime, CompileOptions? options = null, uint maxIndex = (1 << 28) - 1)
    {
        var module = RuntimeCompiler.Compile(runtime, (options ?? CompileOptions.Default) with { TrapInfo = true }, maxIndex)
            .Match(module => module, errors => throw new InvalidOperationException(errors.ToString()));
        byte[] bytes = ModuleNames.Named(module.Bytes.AsSpan(), Name);
        return new(
            runtime.Instances,
            module,
            Wasmtime.Module.FromBytes(SharedEngine, Name, bytes),
            ModuleTraps.Read(bytes).Match(found => found, errors => throw new InvalidOperationException(errors.ToString())));
    }
}

/// <summary>A runtime module that runs, with a host that notes what is dropped.</summary>
internal sealed class RuntimeRig : IDisposable
{
    private readonly CompiledRuntime compiled;
    private readonly Store store = new(CompiledRuntime.SharedEngine);
    private readonly Instance instance;
    private readonly Dictionary<string, Function> functions = [];

    public RuntimeRig(CompiledRuntime compiled, long? memoryLimit = null)
    {
        this.compiled = compiled;
        store.SetLimits(memoryLimit, null, null, null, null);
        Flags = [.. Enumerable.Range(0, (int)compiled.Instances).Select(_ => new Global(store, ValueKind.Int32, 3, Mutability.Mutable))];
        instance = new Instance(store, compiled.Engine, [.. compiled.Module.Imports.Items.Select(import => import.Denotes switch
        {
            Import.InstanceFlags flags => (object)Flags[flags.Instance.Value],
            Import.ResourceDrop drop => Function.FromCallback<int>(store, rep => Dropped.Add((drop.Resource.Value, (uint)rep))),
            _ => throw new InvalidOperationException(import.ToString()),
        })]);
    }

    /// <summary>The flags of each instance.</summary>
    public Global[] Flags { get; }

    /// <summary>The resource types and representations of what was dropped, by the host or by destructors.</summary>
    public List<(uint Resource, ulong Rep)> Dropped { get; } = [];

    /// <summary>A global of the module.</summary>
    public Global Global(string name) => instance.GetGlobal(name)!;

    /// <summary>The unsigned value of a global.</summary>
    public uint Value(string name) => (uint)Global(name).Wrap<int>()!.GetValue();

    /// <summary>Sets a global.</summary>
    public void Set(string name, uint value) => Global(name).Wrap<int>()!.SetValue((int)value);

    /// <summary>Gives a resource type a destructor.</summary>
    public void Destructor(uint resource, Action<ulong> body, bool is64 = false) => instance.GetTable("destructors")!.SetElement(
        resource,
        is64 ? Function.FromCallback<long>(store, rep => body((ulong)rep)) : Function.FromCallback<int>(store, rep => body((uint)rep)));

    /// <summary>Gives a resource type a destructor that is WebAssembly.</summary>
    public void Destructor(uint resource, string text)
    {
        using var guest = Wasmtime.Module.FromText(CompiledRuntime.SharedEngine, "guest", text);
        instance.GetTable("destructors")!.SetElement(resource, new Instance(store, guest).GetFunction("dtor")!);
    }

    /// <summary>Calls an export; its result, 0 where it has none, or why it trapped.</summary>
    public (ulong Value, string? Trap) Call(string name, params long[] arguments)
    {
        if (!functions.TryGetValue(name, out var function))
            functions.Add(name, function = instance.GetFunction(name) ?? throw new InvalidOperationException(name));
        try
        {
            var boxes = function.Parameters.Zip(arguments, (kind, value) => kind == ValueKind.Int64 ? (ValueBox)value : (ValueBox)(int)value).ToArray();
            Assert.Equal(function.Parameters.Count, boxes.Length);
            return (function.Invoke(boxes) switch
            {
                int i => (uint)i,
                long l => (ulong)l,
                _ => 0,
            }, null);
        }
        catch (TrapException trap)
        {
            return (0, Reason(trap));
        }
    }

    /// <summary>The result of a call that does not trap.</summary>
    public ulong Ok(string name, params long[] arguments)
    {
        var (value, trap) = Call(name, arguments);
        Assert.Null(trap);
        return value;
    }

    /// <summary>Why a call traps.</summary>
    public string Trap(string name, params long[] arguments) => Call(name, arguments).Trap ?? "";

    public void Dispose() => store.Dispose();

    private string Reason(TrapException trap)
    {
        var frame = trap.Frames![0];
        if (frame.ModuleName != CompiledRuntime.Name)
            return "in " + frame.ModuleName;
        uint func = compiled.Traps.FuncAt((uint)(frame.ModuleOffset - frame.FunctionOffset)) ?? throw new InvalidOperationException("no such function");
        return compiled.Traps.From(func, (uint)frame.FunctionOffset)?.Message ?? "not said";
    }
}
