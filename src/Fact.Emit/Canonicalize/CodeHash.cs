using Fact.Ir;

namespace Fact.Emit;

/// <summary>A hash of code, from what is noted of it, that is the same for code that <see cref="CodeEquality"/> calls equal, whatever functions of the program the
/// code calls.</summary>
internal static class CodeHash
{
    /// <summary>The hash of a function's type, locals and body.</summary>
    public static int Of(SymbolicFunc func, CodeNotes notes)
    {
        int hash = Mix(Mix(Mix(func.Type.Params.Length, func.Type.Results.Length), notes.Locals), notes.Fingerprint);
        hash = Mix(Mix(hash, notes.Bytes), notes.Immediates.Length);
        foreach (ref readonly var range in notes.Ranges.AsSpan())
            hash = Mix(hash, (range.First << 16) ^ range.Last);

        // What is named more than once may be listed more than once, and calls of functions that are going to be one, apart: so each use counts, in no order.
        int uses = 0;
        foreach (ref readonly var named in notes.Named.AsSpan())
            uses += named.Uses * Of(named.What);
        return Mix(hash, uses);
    }

    /// <summary>Adds a number to a hash.</summary>
    public static int Mix(int hash, int value) => (int)((((uint)hash << 5) | ((uint)hash >> 27)) ^ (uint)value) * unchecked((int)0x9E3779B1);

    private static int Of(object named) => named switch
    {
        Import.Memory memory => Mix(1, (int)memory.Id.Value),
        FuncRef.Imported imported => Of(imported.Import),
        Import.InstanceFlags flags => Mix(2, (int)flags.Instance.Value),
        _ => 3,
    };

    private static int Of(Import import) => import switch
    {
        Import.Realloc realloc => Mix(4, (int)realloc.Func.Value),
        Import.Transcode transcode => Mix(Mix((int)transcode.Op, (int)transcode.From.Id.Value), (int)transcode.To.Id.Value),
        Import.Transfer transfer => Mix(5, (int)transfer.Kind),
        Import.Callee callee => Mix(6, (int)callee.Func.Value),
        Import.PostReturn postReturn => Mix(7, (int)postReturn.Func.Value),
        Import.Callback callback => Mix(8, (int)callback.Func.Value),
        Import.InstanceFlags or Import.Memory or Import.ResourceEnterCall or Import.ResourceExitCall or Import.ResourceDrop or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall => 9,
    };
}
