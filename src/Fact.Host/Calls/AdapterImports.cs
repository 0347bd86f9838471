using System.Diagnostics;
using Fact.Host.Engine;
using Fact.Ir;
using Wasmtime;
using Import = Fact.Ir.Import;

namespace Fact.Host.Calls;

/// <summary>What the imports of adapter modules denote.</summary>
internal static class AdapterImports
{
    /// <summary>The engine's object for an import.</summary>
    public static object Resolve(ComponentState state, ModuleImport import) => import.Denotes switch
    {
        Import.InstanceFlags i => state.Flags.Of(i.Instance),
        Import.Memory i => state.Core.Memory(i.Id).Memory,
        Import.Realloc i => state.Tasks.Realloc(Func(state, i.Func), i.Ptr),
        Import.Callback i => Func(state, i.Func),
        Import.Callee i => state.Component.Roles.LiftOf(i.Func) is { } lift ? state.Tasks.Callee(Func(state, i.Func), i.Type, lift) : Func(state, i.Func),
        Import.PostReturn i => state.Component.Roles.IsApart(i.Func) ? state.Tasks.PostReturn(Func(state, i.Func), i.Type) : Func(state, i.Func),
        Import.Transcode i => Define(state, import, Transcoding.Make(i.Op, state.Core.Memory(i.From.Id), state.Core.Memory(i.To.Id))),
        Import.Transfer { Kind: TransferKind.Own or TransferKind.Borrow } or Import.ResourceEnterCall or Import.ResourceExitCall when state.Runtime is { } runtime =>
            runtime.Func(import.Name),
        Import.Transfer { Kind: TransferKind.Own } =>
            Define(state, import, a => [Trampolines.OrTrap(state.Tables.TransferOwn((uint)a[0], new((uint)a[1]), new((uint)a[2])))]),
        Import.Transfer { Kind: TransferKind.Borrow } =>
            Define(state, import, a => [Trampolines.OrTrap(state.Tables.TransferBorrow((uint)a[0], new((uint)a[1]), new((uint)a[2])))]),
        Import.ResourceEnterCall => Define(state, import, _ =>
        {
            state.Tables.EnterCall();
            return [];
        }),
        Import.ResourceExitCall => Define(state, import, _ =>
        {
            Trampolines.OrTrap(state.Tables.ExitCall());
            return [];
        }),
        Import.ResourceDrop i => Define(state, import, a =>
        {
            Destructors.DropOfHost(state, i.Resource, a[0]);
            return [];
        }),
        Import.Transfer { Kind: TransferKind.Stream } => Define(state, import, a => [ChannelTransfers.Stream(state, (uint)a[0], new((uint)a[1]), new((uint)a[2]))]),
        Import.Transfer { Kind: TransferKind.Future } => Define(state, import, a => [ChannelTransfers.Future(state, (uint)a[0], new((uint)a[1]), new((uint)a[2]))]),
        Import.Transfer => Define(state, import, a => [ChannelTransfers.ErrorContext(state, (uint)a[0], new((uint)a[1]), new((uint)a[2]))]),
        Import.PrepareCall i => DefineWithFunctions(state, import, areSame: true, PreparedCall.Prepare(state, i)),
        Import.SyncStartCall i => DefineWithFunctions(state, import, areSame: true, PreparedCall.StartCall(state, i.CallbackFunc, null, isAsync: false)),
        // Adapters share it.
        Import.AsyncStartCall i => DefineWithFunctions(state, import, areSame: false, PreparedCall.StartCall(state, i.CallbackFunc, i.PostReturnFunc, isAsync: true)),
    };

    private static Function Func(ComponentState state, CoreFuncId id) => state.Core.Func(state.Component.Roles.Of(id));

    private static Function Define(ComponentState state, ModuleImport import, System.Func<ulong[], ulong[]> body) =>
        import.Type is ModuleImportType.Func func ? state.Functions.Define(func.Type, body) : throw new UnreachableException();

    private static Function DefineWithFunctions(ComponentState state, ModuleImport import, bool areSame, System.Func<EngineArguments, ulong[]> body) =>
        import.Type is ModuleImportType.Func func ? state.Functions.DefineWithFunctions(func.Type, areSame, body) : throw new UnreachableException();
}
