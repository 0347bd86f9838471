using System;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact.Lower.Code;

/// <summary>Calls of the intrinsics that have no parameters to choose, one shared instance each.</summary>
internal static class Imports
{
    private static readonly FuncCall[] Transfers = Array.ConvertAll(Enum.GetValues<TransferKind>(), kind => Call(new Import.Transfer(kind)));

    /// <summary><c>resource.enter-call</c>.</summary>
    public static FuncCall EnterCall { get; } = Call(new Import.ResourceEnterCall());

    /// <summary><c>resource.exit-call</c>.</summary>
    public static FuncCall ExitCall { get; } = Call(new Import.ResourceExitCall());

    /// <summary>A call of a transfer intrinsic.</summary>
    public static FuncCall Transfer(TransferKind kind) => Transfers[(int)kind];

    /// <summary>A call of an imported function.</summary>
    public static FuncCall Call(Import import) => new(new FuncRef.Imported(import));
}
