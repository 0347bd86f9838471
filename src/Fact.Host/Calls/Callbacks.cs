using System;

namespace Fact.Host.Calls;

/// <summary>Runs code that the user of the host gave. What it throws becomes a trap that says whose fault it is.</summary>
internal static class Callbacks
{
    /// <summary>Runs a host function or a drop action.</summary>
    /// <param name="what">What messages call it.</param>
    /// <param name="stopper">Says whether the component was stopped meanwhile.</param>
    /// <param name="callback">The code.</param>
    /// <exception cref="TrapSignal">The code threw, or ended the instance.</exception>
    public static T Run<T>(string what, Stopper stopper, Func<T> callback)
    {
        try
        {
            return callback();
        }
        catch (Exception e) when (e is not TrapSignal)
        {
            throw Failed(what, stopper, e);
        }
    }

    /// <summary>The trap that an exception becomes, or the end that it asks for.</summary>
    /// <param name="what">What messages call the code that threw.</param>
    /// <param name="stopper">Says whether the component was stopped meanwhile: that is what ended the code then.</param>
    /// <param name="exception">What it threw.</param>
    public static TrapSignal Failed(string what, Stopper stopper, Exception exception) =>
        exception is ComponentExitException exit ? new(Trap.OfExit(exit.Code)) : stopper.Stopped ?? new($"{what} failed: {ExceptionText.Of(exception)}");
}
