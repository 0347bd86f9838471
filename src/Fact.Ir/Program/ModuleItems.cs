namespace Fact.Ir;

/// <summary>What a module has of its own beside functions. The runtime module has some; adapters have none.</summary>
/// <param name="Memories">Its memories, without two of one name; so for the others.</param>
/// <param name="Globals">Its globals.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record ModuleItems(EquatableArray<OwnMemory> Memories, EquatableArray<OwnGlobal> Globals, EquatableArray<OwnTable> Tables)
{
    /// <summary>Nothing.</summary>
    public static ModuleItems None { get; } = new([], [], []);
}
