using System.Collections.Generic;
using System.Runtime.InteropServices;
using Fact.Ir;
using Fact.Lower.Call;
using Fact.Lower.Check;
using Fact.Lower.Code;
using LanguageExt;

namespace Fact.Lower;

/// <summary>The first pass: from adapters to symbolic functions.</summary>
public static class Lowering
{
    /// <summary>
    /// Lowers a set of adapters to one program. The same input gives the same program. Everything that is wrong with
    /// the adapters is reported, not only the first fault.
    /// </summary>
    public static Either<EquatableArray<AdapterError>, AdapterProgram> Run(EquatableArray<Adapter> adapters, LowerOptions options) =>
        Run(adapters, options, new CodeBudget(adapters.Length));

    /// <summary>Lowers a set of adapters whose code is limited together with that of others.</summary>
    /// <inheritdoc cref="Run(EquatableArray{Adapter}, LowerOptions)"/>
    /// <exception cref="System.OperationCanceledException">The token of the budget was cancelled.</exception>
    public static Either<EquatableArray<AdapterError>, AdapterProgram> Run(EquatableArray<Adapter> adapters, LowerOptions options, CodeBudget budget)
    {
        var check = new AdapterCheck(adapters.Length, options.Reentrance, budget);
        var calls = check.Run(adapters);
        if (budget.IsSpent)
            return (EquatableArray<AdapterError>)[budget.Error];
        if (check.Errors.Count > 0)
            return check.Errors.ToEquatableArray();
        var s = new Scope(options, calls.Length);
        var code = new AdapterCode[calls.Length];
        var parts = new Parts();
        for (int i = 0; i < calls.Length; i++)
        {
            if (!Lower(s, calls[i], parts, budget))
                return (EquatableArray<AdapterError>)[budget.Error];
            code[i] = parts.Take();
        }
        return new AdapterProgram(new(ImmutableCollectionsMarshal.AsImmutableArray(code)));
    }

    /// <summary>The parts of one adapter while they are made; the lists serve one adapter after another.</summary>
    private sealed class Parts
    {
        public List<Import> Declares { get; } = [];

        public List<SymbolicFunc> Funcs { get; } = [];

        public List<ProgramExport> Exports { get; } = [];

        public AdapterCode Take()
        {
            var code = new AdapterCode(Declares.ToEquatableArray(), Funcs.ToEquatableArray(), Exports.ToEquatableArray());
            Declares.Clear();
            Funcs.Clear();
            Exports.Clear();
            return code;
        }
    }

    /// <summary>Lowers one adapter; false where the budget is not enough for it.</summary>
    private static bool Lower(Scope s, CallShape call, Parts parts, CodeBudget budget)
    {
        var (functions, exports) = (parts.Funcs, parts.Exports);
        var adapter = call.Adapter;
        var id = s.Helpers.NewFunc();
        exports.Add(new(adapter.Name, new FuncRef.Defined(id)));
        if (call.Lift.Async || call.Lower.Async)
        {
            FuncId start = s.Helpers.NewFunc(), @return = s.Helpers.NewFunc();
            functions.Add(AsyncCall.Write(s, call, id, start, @return));
            functions.Add(AsyncParts.Start(s, call, start));
            functions.Add(AsyncParts.Return(s, call, @return));
            exports.Add(new(Names.AsyncStart(adapter), new FuncRef.Defined(start)));
            exports.Add(new(Names.AsyncReturn(adapter), new FuncRef.Defined(@return)));
            exports.Add(new(Names.Callee(adapter), new FuncRef.Imported(call.Callee)));
        }
        else
        {
            functions.Add(SyncToSync.Write(s, call, id));
        }
        if (!budget.Spend(s.Code.TakeWork()) || !s.Helpers.WriteAll(s, functions, budget))
            return false;
        Declare(s, call, parts.Declares);
        return true;
    }

    /// <summary>What a host of such modules expects every adapter to import, used or not; of flags only those that its code uses.</summary>
    private static void Declare(Scope s, CallShape call, List<Import> imports)
    {
        Add(call.Lift);
        Add(call.Lower);
        imports.Add(call.Callee);
        if (call.PostReturn is { } postReturn)
            imports.Add(postReturn);
        s.FlagsInUse.Clear();

        void Add(CallSide side)
        {
            if (s.FlagsInUse.Contains(side.Flags.Instance))
                imports.Add(side.Flags.Import);
            if (side.Side.Memory is { } memory)
                imports.Add(memory);
            if (side.Side.Realloc is { } realloc)
                imports.Add(realloc);
            if (side.Input.Options.Callback is { } callback)
                imports.Add(new Import.Callback(callback));
        }
    }
}
