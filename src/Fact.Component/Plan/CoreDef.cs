namespace Fact.Component.Plan;

/// <summary>Where a core definition comes from.</summary>
public closed record CoreDef
{
    private CoreDef()
    {
    }

    /// <summary>An export of a core instance.</summary>
    /// <param name="Instance">The instance, instantiated before this is needed.</param>
    /// <param name="Name">
    /// The export name. Where an embedded module exports one definition by several names, the first of them stands for all,
    /// so that equal definitions are equal values.
    /// </param>
    public sealed record Export(CoreInstanceId Instance, string Name) : CoreDef;

    /// <summary>An adapter: the export of its name of the adapter module that has it.</summary>
    /// <param name="Id">The adapter.</param>
    public sealed record Adapter(AdapterId Id) : CoreDef;

    /// <summary>A function that the host provides.</summary>
    /// <param name="Id">Which.</param>
    public sealed record Trampoline(TrampolineId Id) : CoreDef;
}
