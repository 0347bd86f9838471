using Fact.Ir;
using static Fact.Ir.CoreValType;

namespace Fact.Emit;

/// <summary>The core types of the imported functions.</summary>
internal static class ImportTypes
{
    private static readonly CoreFuncType Realloc32 = new([I32, I32, I32, I32], [I32]);
    private static readonly CoreFuncType Realloc64 = new([I64, I64, I64, I64], [I64]);
    private static readonly CoreFuncType Callback = new([I32, I32, I32], [I32]);
    private static readonly CoreFuncType Transfer = new([I32, I32, I32], [I32]);
    private static readonly CoreFuncType ResourceDrop = new([I32], []);
    private static readonly CoreFuncType AsyncStartCall = new([CoreValType.FuncRef, I32, I32, I32], [I32]);

    /// <summary>The type of an imported function; null for what is not a function.</summary>
    public static CoreFuncType? Of(Import import) => import switch
    {
        Import.InstanceFlags or Import.Memory => null,
        Import.Realloc realloc => realloc.Ptr == I64 ? Realloc64 : Realloc32,
        Import.Callback => Callback,
        Import.Callee callee => callee.Type,
        Import.PostReturn postReturn => postReturn.Type,
        Import.Transcode transcode => transcode.Op.Type(transcode.From.Type.IndexType, transcode.To.Type.IndexType),
        Import.Transfer => Transfer,
        Import.ResourceEnterCall or Import.ResourceExitCall => CoreFuncType.Empty,
        Import.ResourceDrop => ResourceDrop,
        Import.PrepareCall prepare => new([CoreValType.FuncRef, CoreValType.FuncRef, I32, I32, I32, I32, I32, .. prepare.LowerParams.AsSpan()], []),
        Import.SyncStartCall start => new([CoreValType.FuncRef, I32], start.LowerResults),
        Import.AsyncStartCall => AsyncStartCall,
    };
}
