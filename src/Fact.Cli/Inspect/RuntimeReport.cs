using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>What is said of the runtime module.</summary>
/// <param name="Tables">How many resource tables it keeps.</param>
/// <param name="Builtins">How many built-ins of guests it has.</param>
/// <param name="Flags">How many instances' flags it looks at.</param>
/// <param name="Drops">Of how many resource types the host must say what happens when one is dropped.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record RuntimeReport(int Tables, int Builtins, int Flags, int Drops, int Bytes)
{
    /// <summary>The report on a module.</summary>
    public static RuntimeReport Of(LinkPlan plan, RuntimeModule runtime) => new(
        plan.Tables.ResourceTables.Length,
        plan.HandleRuntime()?.Builtins.Length ?? 0,
        runtime.Imports.Items.Count(import => import.Denotes is Import.InstanceFlags),
        runtime.Imports.Items.Count(import => import.Denotes is Import.ResourceDrop),
        runtime.Bytes.Length);
}
