namespace Fact.Ir;

/// <summary>How many bytes a string or list may have.</summary>
public enum ByteLimit : uint
{
    /// <summary>2^28 − 1 bytes: the specification's limit.</summary>
    Spec = (1u << 28) - 1,

    /// <summary>2^31 − 1 bytes: the limit of earlier engines.</summary>
    Classic = (1u << 31) - 1,
}

/// <summary>Whether a component instance may be entered while it is in a call already.</summary>
public enum Reentrance
{
    /// <summary>It may, by anybody: the specification's rule. Adapters do not look at <c>may_enter</c>.</summary>
    Allow,

    /// <summary>
    /// The rule of earlier specifications: a call enters the callee's instance and those that contain it, without the caller's and those that contain that, and traps
    /// where one of them has been entered already. Spec, before <c>may_enter</c> was removed: <c>ComponentInstance.entering_set</c>.
    /// </summary>
    Trap,
}
