using System.Collections.Generic;
using System.Threading;
using Fact.Ir;
using LanguageExt;
using static Fact.Lower.Runtime.Handles.RuntimeLayout;

namespace Fact.Lower.Runtime.Handles;

/// <summary>
/// Writes the runtime module that keeps the handles of all component instances: how adapters, guests and the host pass resources without leaving WebAssembly.
/// </summary>
internal static class HandleLowering
{
    /// <summary>Spec: <c>Table.MAX_LENGTH</c>.</summary>
    public const uint MaxIndex = (1 << 28) - 1;

    /// <summary>The program of a runtime module; or everything that is wrong with the input.</summary>
    /// <param name="runtime">What it keeps handles of.</param>
    /// <param name="options">How it is compiled: the rule of reentrance, and whether exceptions of destructors are caught.</param>
    /// <param name="maxIndex">The greatest index of a handle; one less than a power of two.</param>
    /// <param name="cancellationToken">Stops it between functions.</param>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, AdapterProgram> Run(
        HandleRuntime runtime, LowerOptions options, uint maxIndex = MaxIndex, CancellationToken cancellationToken = default)
    {
        var errors = HandleCheck.Of(runtime, options.Reentrance);
        if (!errors.IsEmpty)
            return errors;
        var s = new RuntimeCode(new RuntimeLayout(runtime));
        var blocks = new Blocks(s);
        var entries = new Entries(s, blocks, maxIndex);
        var calls = new CallScopes(s, blocks, entries);
        calls.Write();
        new Transfers(s, entries, calls, (uint)runtime.Tables.Length).Write();
        new OtherEntries(s, entries, runtime.Instances).Write();
        if (s.Layout.Imported > 1)
            WriteSameType(s, (uint)runtime.Resources.Length);
        var destructors = new OwnTable("destructors", new(CoreValType.FuncRef, new((ulong)runtime.Resources.Length, null, Is64: false, IsShared: false)), "destructors");
        var builtins = new Builtins(s, entries, runtime, destructors, options);
        foreach (var builtin in runtime.Builtins)
        {
            cancellationToken.ThrowIfCancellationRequested();
            builtins.Write(builtin);
        }
        return new AdapterProgram([new AdapterCode([], s.Funcs, s.Exports)]) { Own = new([s.Memory], s.Globals, [destructors]) };
    }

    /// <summary>
    /// <c>same-type</c>: the host says that one of its resource types is another one of them. Which it gives for an import is known only when a component is
    /// instantiated.
    /// </summary>
    private static void WriteSameType(RuntimeCode s, uint resources)
    {
        var b = s.Builder;
        var type = RuntimeCode.Type(2, 0);
        s.Start(type, "type", "same");
        LocalId one = HostType(new(0)), same = HostType(new(1));
        b.Get(one);
        s.Load(same, TypeTag);
        b.Access(MemoryOp.I32Store, new(TypeTag, 2), s.Memory);
        s.Export("same-type", type);

        LocalId HostType(LocalId id)
        {
            b.Get(id);
            b.I32((int)resources);
            b.Op(PlainOp.I32GeU);
            s.TrapIf(TrapCode.UnknownTable);
            b.Get(id);
            b.I32((int)ResourceLog2);
            b.Op(PlainOp.I32Shl);
            b.I32((int)s.Layout.Resources);
            b.Op(PlainOp.I32Add);
            var at = b.SetNew(CoreValType.I32, "at");
            s.Load(at, Definer);
            s.TrapIf(TrapCode.UnknownTable);
            return at;
        }
    }
}
