using System;
using Fact.Ir;

namespace Fact.Host;

/// <summary>Why a call into a component ended early. After a trap the instance can not be called again.</summary>
/// <param name="Message">The check that failed, or what the core module did.</param>
/// <param name="Adapter">The adapter at fault; empty where the trap is not an adapter's.</param>
/// <param name="Path">The value at fault, such as <c>param "p" · record field "x" · list element 3</c>; empty where none is.</param>
public sealed record Trap(string Message, string Adapter = "", string Path = "")
{
    /// <summary>What the caller of the adapter calls the function; empty where that is not known.</summary>
    public string Func { get; init; } = "";

    /// <summary>Whether a limit of the host ended the call: see <see cref="CallLimits"/>.</summary>
    public bool IsStop { get; init; }

    /// <summary>The code with which the component ended itself, which is no fault; null where there was one.</summary>
    internal int? ExitCode { get; private init; }

    /// <summary>Ends an instance because it wants to.</summary>
    internal static Trap OfExit(int code) => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the component has exited with the code {code}"))
    {
        ExitCode = code,
    };

    /// <summary>One line: the message, then the adapter, its function and the path in parentheses. Characters of names that cannot be seen are escaped.</summary>
    public override string ToString()
    {
        string adapter = Func.Length == 0 ? Adapter : Adapter + " \"" + Func + "\"";
        string where = (adapter.Length, Path.Length) switch
        {
            (0, 0) => "",
            (0, _) => " (" + Path + ")",
            (_, 0) => " (" + adapter + ")",
            _ => " (" + adapter + ": " + Path + ")",
        };
        return Printable.Of(Message + where);
    }
}

/// <summary>
/// A host function throws this to end the instance that called it, from whatever depth of calls: as with a trap no code of it runs any more, and the call from
/// outside fails with <see cref="CallFailure.Exited"/>.
/// </summary>
/// <param name="code">The code; 0 says that all went well.</param>
public sealed class ComponentExitException(int code) : Exception("the component exits")
{
    /// <summary>The code; 0 says that all went well.</summary>
    public int Code { get; } = code;
}

/// <summary>Carries a trap out of nested calls, through the engine if need be; the public methods catch it.</summary>
internal sealed class TrapSignal(Trap trap) : Exception(trap.Message)
{
    public Trap Trap { get; } = trap;

    public TrapSignal(string message)
        : this(new Trap(message))
    {
    }
}
