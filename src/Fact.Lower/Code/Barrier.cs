using System;
using Fact.Ir;

namespace Fact.Lower.Code;

/// <summary>Keeps exceptions on the side that threw them. Spec: <c>call_and_trap_on_throw</c>.</summary>
internal static class Barrier
{
    /// <summary>
    /// Emits a call with its arguments, which leaves one result or none, and takes the result into a local. Where the
    /// barrier is on, an exception becomes a trap:
    /// <code>
    /// (block $done
    ///   (block $caught
    ///     (try_table (catch_all $caught) arguments (call $f) (local.set $result))
    ///     (br $done))
    ///   unreachable)
    /// </code>
    /// </summary>
    public static void Around(Scope s, CoreValType? result, LocalId into, Action call)
    {
        var b = s.Code;
        if (!s.Options.ExceptionBarrier)
        {
            call();
            if (result is not null)
                b.Set(into);
            return;
        }
        var done = b.Block(CoreFuncType.Empty);
        var caught = b.Block(CoreFuncType.Empty);
        b.Try(CoreFuncType.Empty, caught);
        call();
        if (result is not null)
            b.Set(into);
        b.End();
        b.Emit(Instr.Branch(done));
        b.End();
        b.Emit(Instr.TrapWith(TrapCode.UncaughtException));
        b.End();
    }
}
