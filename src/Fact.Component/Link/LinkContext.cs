using Fact.Component.Types;

namespace Fact.Component.Link;

/// <summary>The work that linking may still do, and its first error.</summary>
internal sealed class LinkContext
{
    private long stepsLeft = Limits.LinkSteps;

    /// <summary>The first error, if there was one.</summary>
    public ComponentError? Error { get; private set; }

    /// <summary>Records an error.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offset">Byte offset of the definition at fault, or null.</param>
    /// <param name="path">The definition at fault.</param>
    /// <returns>False, so that a check can end with it.</returns>
    public bool Fail(string message, long? offset, string path = "")
    {
        Error ??= new ComponentError(message, offset, path);
        return false;
    }

    /// <summary>Takes work off the budget; false, with an error, when there is none left.</summary>
    public bool Spend(long steps, long offset)
    {
        stepsLeft -= steps;
        return stepsLeft >= 0 || Fail(
            $"instantiating the component takes more than {Limits.LinkSteps} steps: components that instantiate components multiply",
            offset);
    }
}
