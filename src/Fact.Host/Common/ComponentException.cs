using System;

namespace Fact.Host;

/// <summary>A call that did not return, where it cannot be said by a value: of tasks, and of streams and futures that a component writes.</summary>
public sealed class ComponentException : Exception
{
    internal ComponentException(CallFailure failure)
        : base(failure.ToString()) => Failure = failure;

    /// <summary>What <see cref="ComponentInstance.Invoke(string, System.Collections.Generic.IReadOnlyList{Fact.Values.ComponentValue})"/> would have returned.</summary>
    public CallFailure Failure { get; }
}
