using Fact.Ir;

namespace Fact.Lower.Code;

/// <summary>
/// Keeps exceptions on the side that threw them: what is written between begin and end, and leaves nothing on the operand stack, is in
/// <code>
/// (block $done
///   (block $caught
///     (try_table (catch_all $caught) …)
///     (br $done))
///   unreachable)
/// </code>
/// Spec: <c>call_and_trap_on_throw</c>.
/// </summary>
internal static class Barrier
{
    public static Labels Begin(FuncBuilder b)
    {
        var done = b.Block(CoreFuncType.Empty);
        var caught = b.Block(CoreFuncType.Empty);
        b.Try(CoreFuncType.Empty, caught);
        return new(done);
    }

    public static void End(FuncBuilder b, Labels labels)
    {
        b.End();
        b.Br(labels.Done);
        b.End();
        b.Emit(Instr.TrapWith(TrapCode.UncaughtException));
        b.End();
    }

    /// <summary>What must be known at the end.</summary>
    public readonly record struct Labels(LabelId Done);
}
