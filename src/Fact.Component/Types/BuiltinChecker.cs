using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Component.Types;

/// <summary>Checks built-ins and gives them their core types. Spec: the sections of CanonicalABI.md named after them.</summary>
internal sealed class BuiltinChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);
    private readonly OptionsChecker optionsChecker = new(context, scope);

    /// <summary>A built-in; null, with an error, where it is wrong.</summary>
    public Step.Builtin? Check(long offset, Canon canon) => canon switch
    {
        Canon.ResourceNew(var index) =>
            Local(index.Value, out var rep) is { } made ? Resource(offset, canon, made, CoreTypes.Of([rep], [I32])) : null,
        Canon.ResourceRep(var index) =>
            Local(index.Value, out var rep) is { } represented ? Resource(offset, canon, represented, CoreTypes.Of([I32], [rep])) : null,
        Canon.ResourceDrop(_, IsAsync: true) =>
            Fail(DiagnosticCode.Unsupported, "resource.drop async is no longer part of the specification and not supported: use resource.drop"),
        Canon.ResourceDrop(var index, _) =>
            lookup.Resource(index.Value) is { } dropped ? Resource(offset, canon, dropped, CoreTypes.Of([I32], [])) : null,
        Canon.TaskReturn(var result, var opts) => TaskReturn(offset, canon, result, opts),
        Canon.Stream(var op, var index) => End(offset, canon, op, index.Value, isStream: true),
        Canon.Future(var op, var index) => End(offset, canon, op, index.Value, isStream: false),
        Canon.StreamCopy(var op, var index, var opts) => Copy(offset, canon, op, index.Value, isStream: true, opts),
        Canon.FutureCopy(var op, var index, var opts) => Copy(offset, canon, op, index.Value, isStream: false, opts),
        Canon.StreamCancel(_, var index, _) => Cancel(offset, canon, index.Value, isStream: true),
        Canon.FutureCancel(_, var index, _) => Cancel(offset, canon, index.Value, isStream: false),
        Canon.ErrorContextNew(var opts) => ErrorContext(offset, canon, opts, needsRealloc: false),
        Canon.ErrorContextDebugMessage(var opts) => ErrorContext(offset, canon, opts, needsRealloc: true),
        Canon.WaitableSetWait(_, var memory) => Wait(offset, canon, memory.Value),
        Canon.WaitableSetPoll(_, var memory) => Wait(offset, canon, memory.Value),
        Canon.ContextGet(var type, var slot) => Slot(type, slot) is { } got ? Plain(offset, canon, CoreTypes.Of([], [got])) : null,
        Canon.ContextSet(var type, var slot) => Slot(type, slot) is { } set ? Plain(offset, canon, CoreTypes.Of([set], [])) : null,
        Canon.SubtaskCancel => Plain(offset, canon, CoreTypes.Of([I32], [I32])),
        Canon.Plain(var which) => Plain(offset, canon, Type(which)),
        Canon.ThreadSwitch(ThreadSwitchOp.Yield or ThreadSwitchOp.Suspend, _) => Plain(offset, canon, CoreTypes.Of([], [I32])),
        Canon.ThreadSwitch => Plain(offset, canon, CoreTypes.Of([I32], [I32])),
        Canon.ThreadNewIndirect(var type, var table) => NewThread(offset, canon, type.Value, table.Value),
        Canon.ThreadSpawnRef or Canon.ThreadSpawnIndirect or Canon.ThreadAvailableParallelism =>
            Fail(DiagnosticCode.Unsupported, "threads that run in parallel are a proposal without a settled ABI and not supported"),
        Canon.Lift or Canon.Lower => throw new UnreachableException(),
    };

    private static Step.Builtin Resource(long offset, Canon canon, ResourceId id, CoreFuncType type) => new(offset, canon, id, null, null, type);

    private static Step.Builtin Plain(long offset, Canon canon, CoreFuncType type) => new(offset, canon, null, null, null, type);

    private static CoreFuncType Type(PlainBuiltin which) => which switch
    {
        PlainBuiltin.TaskCancel or PlainBuiltin.BackpressureInc or PlainBuiltin.BackpressureDec => CoreTypes.Of([], []),
        PlainBuiltin.WaitableSetNew or PlainBuiltin.ThreadIndex => CoreTypes.Of([], [I32]),
        PlainBuiltin.WaitableJoin => CoreTypes.Of([I32, I32], []),
        PlainBuiltin.BackpressureSet or PlainBuiltin.SubtaskDrop or PlainBuiltin.ErrorContextDrop or
        PlainBuiltin.WaitableSetDrop or PlainBuiltin.ThreadResumeLater => CoreTypes.Of([I32], []),
        _ => throw new UnreachableException(),
    };

    private ResourceId? Local(uint index, out CoreValType rep)
    {
        rep = I32;
        if (lookup.Resource(index) is not { } id)
            return null;
        if (scope.DefinedResources.TryGetValue(id, out var known) && known is { } type)
        {
            rep = type;
            return id;
        }
        context.Fail(
            DiagnosticCode.HiddenType,
            $"type {index} is a resource type that another component defines: only the component that defines it knows its representation");
        return null;
    }

    private Step.Builtin? TaskReturn(long offset, Canon canon, ValTypeMention? result, CanonOpts opts)
    {
        ValType? type = null;
        if (result is not null)
        {
            type = new ValTypeChecker(context, lookup).Mention(result);
            if (type is null)
                return null;
        }
        if (Options(opts, "task.return", mayBeAsync: false) is not { } options)
            return null;
        if (options.Realloc is not null)
            return Fail(DiagnosticCode.CanonicalOption, "the option realloc is not allowed on task.return");
        var func = new ComponentFuncType(type is null ? [] : [new("v", type)], null);
        return RequiredOptions.Lower(context, func, options)
            ? new Step.Builtin(offset, canon, null, type, options, CanonicalCoreType.OfLower(func, options)) : null;
    }

    private Step.Builtin? End(long offset, Canon canon, EndOp op, uint index, bool isStream) => Channel(index, isStream) is { } type
        ? new Step.Builtin(offset, canon, null, type, null, op switch
        {
            EndOp.New => CoreTypes.Of([], [I64]),
            EndOp.DropReadable or EndOp.DropWritable => CoreTypes.Of([I32], []),
            EndOp.Forward => CoreTypes.Of([I32, I32], []),
            _ => throw new UnreachableException(),
        })
        : null;

    private Step.Builtin? Copy(long offset, Canon canon, CopyOp op, uint index, bool isStream, CanonOpts opts)
    {
        string name = Keyword(isStream) + (op == CopyOp.Read ? ".read" : ".write");
        if (Channel(index, isStream) is not { } type || Options(opts, name, mayBeAsync: true) is not { } options)
            return null;
        if (TypeParts.Count(type) > 0)
        {
            bool allocates = op == CopyOp.Read && TypeParts.At(type, 0)!.Has(TypeContents.Pointers);
            if (!RequiredOptions.Check(context, options, allocates ? MemoryNeed.Allocator : MemoryNeed.Memory, "its elements"))
                return null;
        }
        var ptr = options.PointerType;
        var coreType = isStream ? CoreTypes.Of([I32, ptr, ptr], [ptr]) : CoreTypes.Of([I32, ptr], [I32]);
        return new Step.Builtin(offset, canon, null, type, options, coreType);
    }

    private Step.Builtin? Cancel(long offset, Canon canon, uint index, bool isStream) =>
        Channel(index, isStream) is { } type ? new Step.Builtin(offset, canon, null, type, null, CoreTypes.Of([I32], [I32])) : null;

    private Step.Builtin? ErrorContext(long offset, Canon canon, CanonOpts opts, bool needsRealloc)
    {
        if (Options(opts, needsRealloc ? "error-context.debug-message" : "error-context.new", mayBeAsync: false) is not { } options
            || !RequiredOptions.Check(context, options, needsRealloc ? MemoryNeed.Allocator : MemoryNeed.Memory, "the debug message"))
        {
            return null;
        }
        var ptr = options.PointerType;
        return new Step.Builtin(offset, canon, null, null, options, needsRealloc ? CoreTypes.Of([I32, ptr], []) : CoreTypes.Of([ptr, ptr], [I32]));
    }

    private Step.Builtin? Wait(long offset, Canon canon, uint memory)
    {
        if (optionsChecker.Check(new CanonOpts { Memory = new CoreMemoryIdx(memory) }) is not { } options)
            return null;
        return new Step.Builtin(offset, canon, null, null, options, CoreTypes.Of([I32, options.PointerType], [I32]));
    }

    private CoreValType? Slot(CoreValType type, uint slot)
    {
        if (slot > 1)
            context.Fail(DiagnosticCode.NotDefined, $"there is no context slot {slot}: there are two");
        else if (type is not (I32 or I64))
            context.Fail(DiagnosticCode.CanonicalOption, "a context slot is of i32 or i64");
        else if (scope.ContextType is { } other && other != type)
            context.Fail(DiagnosticCode.CanonicalOption, "all context slots of a component are of one type, i32 or i64");
        else
            return scope.ContextType = type;
        return null;
    }

    private Step.Builtin? NewThread(long offset, Canon canon, uint type, uint table)
    {
        if (CoreTypeChecker.Func(context, scope.CoreTypes, type) is not { Func: { } start } || lookup.CoreTable(table) is not { } tableType)
            return null;
        if (!CoreTypes.Has(start, [I32], []) && !CoreTypes.Has(start, [I64], []))
            return Fail(
                DiagnosticCode.WrongCoreType,
                $"core type {type} is {CoreText.Of(start)}: the start function of a thread takes one i32 or i64 and returns nothing");
        if (tableType.Element != CoreValType.FuncRef)
            return Fail(DiagnosticCode.WrongCoreType, $"core table {table} is not a table of funcref");
        return Plain(offset, canon, CoreTypes.Of([tableType.Limits.IndexType, start.Params[0]], [I32]));
    }

    private CanonicalOptions? Options(CanonOpts opts, string name, bool mayBeAsync)
    {
        if (optionsChecker.Check(opts) is not { } options)
            return null;
        string? wrong = options switch
        {
            { PostReturn: not null } => "post-return",
            { Callback: not null } => "callback",
            { Async: true } when !mayBeAsync => "async",
            _ => null,
        };
        if (wrong is not null)
            context.Fail(DiagnosticCode.CanonicalOption, $"the option {wrong} is not allowed on {name}");
        else if (options.DataModel == DataModel.Gc)
            context.Fail(DiagnosticCode.Unsupported, $"{name} with the option gc is not supported: use linear memory");
        else
            return options;
        return null;
    }

    private static string Keyword(bool isStream) => isStream ? "stream" : "future";

    private ValType? Channel(uint index, bool isStream)
    {
        if (lookup.ValType(index) is not { } type)
            return null;
        if (isStream ? type is ValType.Stream : type is ValType.Future)
            return type;
        context.Fail(DiagnosticCode.WrongKind, $"type {index} is a {type.Keyword} type, not a {Keyword(isStream)} type");
        return null;
    }

    private Step.Builtin? Fail(DiagnosticCode code, string message)
    {
        context.Fail(code, message);
        return null;
    }
}
