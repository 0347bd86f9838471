using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using Fact.Emit;
using Fact.Ir;
using Wasmtime;
using static Fact.Ir.EquatableArray;

namespace Fact.Host.Engine;

/// <summary>
/// Core functions of types for which there is no delegate: the engine's package has none with functions among the parameters or too many of them, and a program that
/// cannot make code of new types has few. Each is a function of a small module, which gives the host its arguments in pieces, by one call after the other: functions one
/// by one, then numbers, as 64 bits each. The last piece is the call.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="name">What backtraces call the modules.</param>
internal sealed class CallPieces(CoreEngine engine, string name) : IDisposable
{
    /// <summary>How many numbers there are in a piece, as many as such a delegate can have.</summary>
    private const int MostNumbers = 12;

    private const string Exported = "f";

    private static readonly CoreFuncType OneFunction = new([CoreValType.FuncRef], []);
    private static readonly CoreFuncType SomeNumbers = new(Enumerable.Repeat(CoreValType.I64, MostNumbers).ToEquatableArray(), []);
    private static readonly CoreFuncType LastNumbers = SomeNumbers with { Results = [CoreValType.I64] };

    private readonly ConcurrentDictionary<(CoreFuncType Type, bool AreSame), Lazy<Module>> modules = new();

    /// <summary>What backtraces call the modules.</summary>
    public string Name => name;

    /// <summary>Whether there are functions of a type: with numbers and functions as parameters, and a number or nothing as the result.</summary>
    public static bool Has(CoreFuncType type) =>
        type.Results.Length <= 1 && type.Results.Items.All(CoreValues.IsNumber)
        && type.Params.Items.All(param => param == CoreValType.FuncRef || CoreValues.IsNumber(param));

    /// <summary>Makes a function.</summary>
    /// <param name="taken">Where, and what has come of its arguments.</param>
    /// <param name="type">Its type, of which there are functions.</param>
    /// <param name="areSame">Whether the functions among the arguments are the same ones with every call: then the host is given them once.</param>
    /// <param name="body">What it does. The arguments are its own.</param>
    public Function Define(TakenPieces taken, CoreFuncType type, bool areSame, Action<EngineArguments, Span<ulong>> body)
    {
        var module = modules.GetOrAdd((type, areSame), static (key, pieces) => new Lazy<Module>(() => pieces.Compile(key.Type, key.AreSame)), this).Value;
        var call = new Call(type, areSame, taken, body);
        var last = Function.FromCallback<long, long, long, long, long, long, long, long, long, long, long, long, long>(taken.Store, call.Run);
        var instance = new Instance(taken.Store, module, taken.TakeFunction, taken.TakeNumbers, last);
        return instance.GetFunction(Exported)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in modules.Values)
            module.Value.Dispose();
    }

    private Module Compile(CoreFuncType type, bool areSame)
    {
        var part = new PartWriter();
        uint function = part.ImportFunc(OneFunction), some = part.ImportFunc(SomeNumbers), last = part.ImportFunc(LastNumbers);
        uint given = part.Global(CoreValType.I32, 0);
        uint made = part.Func(type, [], code =>
        {
            if (areSame)
            {
                code.GetGlobal(given);
                code.Op(PlainOp.I32Eqz);
                code.If();
                code.I32(1);
                code.SetGlobal(given);
            }
            Functions(code, type, function);
            if (areSame)
                code.End();
            Numbers(code, type, some, last);
        });
        EquatableArray<FuseBinding> imported = [new FuseBinding.Outside(0), new FuseBinding.Outside(1), new FuseBinding.Outside(2)];
        var program = new FuseProgram(
            [new FusePart("", part.Write(), imported)],
            imported.Items.Select((_, i) => new FuseImport("", "", 0, i)).ToEquatableArray(),
            [new FuseExport(Exported, 0, CoreExternKind.Func, made)]);
        var merged = Merge.Run(program, new MergeOptions(KeepAll: true)).IfLeft(error => throw new UnreachableException(error.ToString()));
        return engine.Compile(name, ModuleNames.Named(merged.Bytes.AsSpan(), name));
    }

    private static void Functions(Sink code, CoreFuncType type, uint function)
    {
        for (int i = 0; i < type.Params.Length; i++)
        {
            if (type.Params[i] != CoreValType.FuncRef)
                continue;
            code.Get((uint)i);
            code.Call(function);
        }
    }

    private static void Numbers(Sink code, CoreFuncType type, uint some, uint last)
    {
        int numbers = 0;
        for (int i = 0; i < type.Params.Length; i++)
        {
            if (type.Params[i] == CoreValType.FuncRef)
                continue;
            if (numbers > 0 && numbers % MostNumbers == 0)
                code.Call(some);
            code.Get((uint)i);
            Widen(code, type.Params[i]);
            numbers++;
        }
        for (int i = numbers; i == 0 || i % MostNumbers != 0; i++)
            code.I64(0);
        code.Call(last);
        if (type.Results.IsEmpty)
            code.Op(PlainOp.Drop);
        else
            Narrow(code, type.Results[0]);
    }

    private static void Widen(Sink code, CoreValType type)
    {
        if (type == CoreValType.F32)
            code.Op(PlainOp.I32ReinterpretF32);
        if (type == CoreValType.F64)
            code.Op(PlainOp.I64ReinterpretF64);
        else if (type != CoreValType.I64)
            code.Op(PlainOp.I64ExtendI32U);
    }

    private static void Narrow(Sink code, CoreValType type)
    {
        if (type == CoreValType.F64)
            code.Op(PlainOp.F64ReinterpretI64);
        else if (type != CoreValType.I64)
            code.Op(PlainOp.I32WrapI64);
        if (type == CoreValType.F32)
            code.Op(PlainOp.F32ReinterpretI32);
    }

    /// <summary>A function: what it does when the last piece has come.</summary>
    private sealed class Call(CoreFuncType type, bool areSame, TakenPieces taken, Action<EngineArguments, Span<ulong>> body)
    {
        private CoreFunction?[] functions = [];

        public long Run(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l)
        {
            taken.Take(a, b, c, d, e, f, g, h, i, j, k, l);
            if (!areSame || taken.HasFunctions)
                functions = taken.Functions(type);
            var arguments = new EngineArguments(taken.Numbers(type), functions);
            taken.Clear();
            Span<ulong> results = stackalloc ulong[1];
            body(arguments, results[..type.Results.Length]);
            return (long)results[0];
        }
    }
}
