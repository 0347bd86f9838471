using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;

namespace Fact;

/// <summary>What an adapter does and why, and how many bytes of code it takes.</summary>
/// <param name="Adapter">The name of the adapter.</param>
/// <param name="Plan">
/// What it does: as the specification has it, what passes made of that, and what is left. Null where adapters before it took all that may be said of a set of
/// adapters, or of a component: there may be many of one large type.
/// </param>
/// <param name="Functions">Its own functions: the adapter and, where a side is asynchronous, what the host calls to start the call and when the callee returns. None
/// where the adapter of a component is left out, since nothing is left of it but the call.</param>
/// <param name="Helpers">The helpers that it was the first to need; adapters after it may call them too.</param>
public sealed record AdapterExplanation(string Adapter, PlanExplanation? Plan, EquatableArray<FunctionSize> Functions, EquatableArray<FunctionSize> Helpers)
{
    /// <summary>The bytes of all these functions.</summary>
    public long Bytes => Functions.Items.Sum(func => (long)func.Bytes) + Helpers.Items.Sum(func => (long)func.Bytes);
}

/// <summary>How large a function of a module is.</summary>
/// <param name="Name">Its identifier in the text of the module, without <c>$</c>.</param>
/// <param name="Bytes">The bytes of its body in the code section, without the number in front that says how many.</param>
public sealed record FunctionSize(string Name, int Bytes);
