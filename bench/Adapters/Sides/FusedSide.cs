using System;
using System.Collections.Immutable;
using Fact.Ir;
using Wasmtime;

namespace Fact.Bench.Adapters;

/// <summary>A component as one core module, on the engine alone.</summary>
internal sealed class FusedSide(string name, CompileOptions options) : Side(name)
{
    private readonly Engine engine = new();

    /// <summary>The module that a component becomes.</summary>
    /// <exception cref="NotSupportedException">It cannot be fused.</exception>
    public static ImmutableArray<byte> Fuse(byte[] component, CompileOptions options)
    {
        var fuse = FuseOptions.Default with { Compile = options };
        return Fuser.Fuse(component, fuse).Match(Right: fused => fused.Bytes, Left: errors => throw Refused(errors[0]));
    }

    private static Exception Refused(Diagnostic error) =>
        error.Code == DiagnosticCode.Unsupported ? new NotSupportedException(error.ToString()) : new InvalidOperationException(error.ToString());

    /// <inheritdoc/>
    public override Running Instantiate(byte[] component)
    {
        try
        {
            return new Instance(engine, Fuse(component, options));
        }
        catch (WasmtimeException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => engine.Dispose();

    private sealed class Instance : Running
    {
        private readonly Module module;
        private readonly Store store;
        private readonly Action<int, int, int, int> prepare;
        private readonly Func<int, long> run;
        private readonly Func<long> callerSum, calleeSum;

        public Instance(Engine engine, ImmutableArray<byte> bytes)
        {
            module = Module.FromBytes(engine, "fused", bytes.AsSpan());
            store = new Store(engine);
            var instance = new Wasmtime.Instance(store, module);
            prepare = instance.GetAction<int, int, int, int>("cm32p2||prepare")!;
            run = instance.GetFunction<int, long>("cm32p2||run")!;
            callerSum = instance.GetFunction<long>("cm32p2||caller-sum")!;
            calleeSum = instance.GetFunction<long>("cm32p2||callee-sum")!;
        }

        public override void Prepare(Preparation preparation) =>
            prepare((int)preparation.Pattern, (int)preparation.PatternBytes, (int)preparation.Times, (int)preparation.Length);

        public override ulong Run(uint calls) => (ulong)run((int)calls);

        public override ulong CallerSum() => (ulong)callerSum();

        public override ulong CalleeSum() => (ulong)calleeSum();

        public override void Dispose()
        {
            store.Dispose();
            module.Dispose();
        }
    }
}
