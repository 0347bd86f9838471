namespace Fact.Ir;

/// <summary>A hash of what code names: the same for all functions of the program, which may be equal whatever their ids are.</summary>
internal static class SymbolHash
{
    public static uint Of(object what) => what switch
    {
        Import.Memory memory => Mix(1, memory.Id.Value),
        FuncRef.Imported imported => Of(imported.Import),
        Import.InstanceFlags flags => Mix(2, flags.Instance.Value),
        _ => 3,
    };

    private static uint Of(Import import) => import switch
    {
        Import.Realloc realloc => Mix(4, realloc.Func.Value),
        Import.Transcode transcode => Mix(Mix((uint)transcode.Op, transcode.From.Id.Value), transcode.To.Id.Value),
        Import.Transfer transfer => Mix(5, (uint)transfer.Kind),
        Import.Callee callee => Mix(6, callee.Func.Value),
        Import.PostReturn postReturn => Mix(7, postReturn.Func.Value),
        Import.Callback callback => Mix(8, callback.Func.Value),
        Import.InstanceFlags or Import.Memory or Import.ResourceEnterCall or Import.ResourceExitCall or Import.ResourceDrop
            or Import.PrepareCall or Import.SyncStartCall or Import.AsyncStartCall => 9,
    };

    private static uint Mix(uint hash, uint value) => (((hash << 5) | (hash >> 27)) ^ value) * 0x9E3779B1;
}
