using Fact.Ir;

namespace Fact.Values;

/// <summary>
/// A resource handle in the hands of .NET code. Handles are compared by identity. An owned one ends when it is passed to a component as
/// <c>own</c> or dropped; a borrowed one when the call ends for which it was lent.
/// </summary>
public sealed class HostHandle
{
    internal HostHandle(ResourceHandle handle) => Handle = handle;

    /// <summary>Makes a handle that owns a new resource of a type that the host defines.</summary>
    /// <param name="type">The type; one that the host defines.</param>
    /// <param name="rep">What the host knows the resource by; components never see it.</param>
    /// <exception cref="System.ArgumentException">A component defines the type: only it can make its resources.</exception>
    public static HostHandle New(ResourceType type, uint rep) =>
        Given.NotNull(type, nameof(type)).DefinedBy is null
            ? new(new ResourceHandle(type, rep, null))
            : throw new System.ArgumentException($"the resource \"{type.Name}\" is defined by a component; call one of its functions to get a handle", nameof(type));

    internal ResourceHandle Handle { get; }

    /// <summary>The type of the resource.</summary>
    public ResourceType Type => Handle.Type;

    /// <summary>Whether the handle owns its resource; otherwise it is lent.</summary>
    public bool IsOwned => Handle.Own;

    /// <summary>Whether the handle can still be used.</summary>
    public bool IsLive { get; internal set; } = true;

    /// <summary>What the definer of the resource knows it by: the number given to <see cref="New"/>, or a component's private number.</summary>
    public ulong Rep => Handle.Rep;

    /// <summary>The resource's name and number, for messages.</summary>
    public override string ToString() => $"{(IsOwned ? "own" : "borrow")}<{Type.Name}>";
}
