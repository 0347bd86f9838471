using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Finds out what canonical functions are once it is known whom they call: adapters, host calls, built-ins.</summary>
internal sealed class CanonLinker(LinkContext context, Graph graph)
{
    /// <summary>A lifted function.</summary>
    public FuncDef Lift(Frame frame, Step.Lift step)
    {
        var side = Side(frame, step.Type, step.Options, step.CoreType);
        return new FuncDef.Lifted(Func(frame, step.Callee), side, graph.Tables.Results(side.Type.Result));
    }

    /// <summary>
    /// A lowered function: a call of the host where the host provides it, an adapter where a component instance lifts it, be it the one that lowers it.
    /// </summary>
    public CoreDef Lower(Frame frame, Step.Lower step)
    {
        var side = Side(frame, step.Type, step.Options, step.CoreType);
        return frame.Funcs[(int)step.Callee] switch
        {
            FuncDef.Imported(var path) => graph.Add(new Trampoline.LowerImport(
                step.CoreType, graph.Item(path), side.Type, graph.Add(frame.Instance, side.Options, step.CoreType))),
            FuncDef.Lifted(var callee, var lift, var results) => Adapter(callee, lift, side, results, step),
        };
    }

    /// <summary>A built-in.</summary>
    public CoreDef Builtin(Frame frame, Step.Builtin step)
    {
        var (type, instance) = (step.CoreType, frame.Instance);
        return graph.Add(step.Function switch
        {
            Canon.ResourceNew => new Trampoline.ResourceNew(type, frame.Types.Table(step.ResourceType!.Value)),
            Canon.ResourceRep => new Trampoline.ResourceRep(type, frame.Types.Table(step.ResourceType!.Value)),
            Canon.ResourceDrop => new Trampoline.ResourceDrop(type, frame.Types.Table(step.ResourceType!.Value)),
            Canon.Plain(PlainBuiltin.ErrorContextDrop) => new Trampoline.ErrorContextDrop(type, graph.Tables.ErrorContext(instance)),
            Canon.Plain(var which) => new Trampoline.Plain(type, which, instance),
            Canon.TaskReturn => new Trampoline.TaskReturn(type, Results(frame, step.Type), Options(frame, step)),
            Canon.ContextGet(_, var slot) => new Trampoline.ContextGet(type, slot),
            Canon.ContextSet(_, var slot) => new Trampoline.ContextSet(type, slot),
            Canon.SubtaskCancel(var isAsync) => new Trampoline.SubtaskCancel(type, instance, isAsync),
            Canon.Stream(var op, _) => new Trampoline.Stream(type, op, Stream(frame, step)),
            Canon.StreamCopy(var op, _, _) => new Trampoline.StreamCopy(type, op, Stream(frame, step), Options(frame, step)),
            Canon.StreamCancel(var op, _, var isAsync) => new Trampoline.StreamCancel(type, op, Stream(frame, step), isAsync),
            Canon.Future(var op, _) => new Trampoline.Future(type, op, Future(frame, step)),
            Canon.FutureCopy(var op, _, _) => new Trampoline.FutureCopy(type, op, Future(frame, step), Options(frame, step)),
            Canon.FutureCancel(var op, _, var isAsync) => new Trampoline.FutureCancel(type, op, Future(frame, step), isAsync),
            Canon.ErrorContextNew => new Trampoline.ErrorContextNew(type, graph.Tables.ErrorContext(instance), Options(frame, step)),
            Canon.ErrorContextDebugMessage =>
                new Trampoline.ErrorContextDebugMessage(type, graph.Tables.ErrorContext(instance), Options(frame, step)),
            Canon.WaitableSetWait(var isCancellable, _) => new Trampoline.WaitableSetWait(type, isCancellable, Options(frame, step)),
            Canon.WaitableSetPoll(var isCancellable, _) => new Trampoline.WaitableSetPoll(type, isCancellable, Options(frame, step)),
            Canon.ThreadSwitch(var op, var isCancellable) => new Trampoline.ThreadSwitch(type, op, isCancellable, instance),
            Canon.ThreadNewIndirect(_, var table) => new Trampoline.ThreadNewIndirect(type, instance, frame.CoreTables[(int)table.Value]),
            Canon.Lift or Canon.Lower or Canon.ThreadSpawnRef or Canon.ThreadSpawnIndirect or Canon.ThreadAvailableParallelism =>
                throw new UnreachableException(),
        });
    }

    private CoreDef Adapter(CoreFuncId callee, AdapterSide lift, AdapterSide lower, ResultTupleId results, Step.Lower origin)
    {
        var adapter = graph.Add(callee, lift, lower, results, origin);
        if (graph.Adapters.Count > ComponentLimits.TotalAdapters)
            context.Fail(
                DiagnosticCode.TooLarge,
                $"the component needs more than {ComponentLimits.TotalAdapters} adapters: it calls too many functions in too many instances", origin.Offset);
        return adapter;
    }

    private AdapterSide Side(Frame frame, ComponentFuncType type, CanonicalOptions options, CoreFuncType coreType) =>
        new(frame.Types.Convert(type), frame.Node, Options(frame, options), coreType);

    // The checker's options name what they refer to by its number in the component.
    private CanonicalOptions Options(Frame frame, CanonicalOptions options)
    {
        CanonicalMemory? memory = null;
        if (options is { Memory: { } given, DataModel: DataModel.LinearMemory })
        {
            // A memory is always an export: neither adapters nor the host make any.
            var def = (CoreDef.Export)frame.CoreMemories[(int)given.Id.Value];
            context.Spend(def.Name.Length);
            memory = given with { Id = new CoreMemoryId(graph.CoreMemories.Number(def)) };
        }
        return options with
        {
            Memory = memory,
            Realloc = memory is null ? null : Func(frame, options.Realloc),
            Callback = Func(frame, options.Callback),
            PostReturn = Func(frame, options.PostReturn),
        };
    }

    private CoreFuncId? Func(Frame frame, CoreFuncId? numbered) => numbered is { } at ? Func(frame, at.Value) : null;

    private CoreFuncId Func(Frame frame, uint index)
    {
        var def = frame.CoreFuncs[(int)index];
        // Equal definitions are found by their names.
        context.Spend(def is CoreDef.Export export ? export.Name.Length : 0);
        return graph.Func(def);
    }

    private OptionsId Options(Frame frame, Step.Builtin step) =>
        graph.Add(frame.Instance, Options(frame, step.Options!), step.CoreType);

    private ResultTupleId Results(Frame frame, ValType? type) =>
        graph.Tables.Results(type is null ? null : frame.Types.Convert(type));

    private static StreamTableId Stream(Frame frame, Step.Builtin step) => ((ValType.Stream)frame.Types.Convert(step.Type!)).Table;

    private static FutureTableId Future(Frame frame, Step.Builtin step) => ((ValType.Future)frame.Types.Convert(step.Type!)).Table;
}
