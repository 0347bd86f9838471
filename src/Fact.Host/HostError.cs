using Fact.Component;
using Fact.Ir;

namespace Fact.Host;

/// <summary>Why a component cannot be run, or a function of it not be called: something that was given to the host is at fault.</summary>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Where">The thing at fault, such as <c>import "a:b/c#f"</c>; empty where the message says it all.</param>
public sealed record HostError(string Message, string Where = "")
{
    internal static HostError Of(ComponentError error) => new(error.ToString());

    /// <summary>One line: where and what. Characters of names that cannot be seen are escaped.</summary>
    public override string ToString() => Printable.Of(Where.Length == 0 ? Message : Where + ": " + Message);
}
