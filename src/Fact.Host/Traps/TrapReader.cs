using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Host.Engine;
using Wasmtime;
using TrapCode = Wasmtime.TrapCode;

namespace Fact.Host.Traps;

/// <summary>Makes of the engine's exceptions traps that say which check failed, in which adapter, for which value.</summary>
/// <param name="find">Finds the place of a frame in an adapter module or the runtime module.</param>
/// <param name="runtime">What the runtime module says; null where there is none.</param>
/// <param name="pieces">What the modules are called that stand between a caller and the host, and are no place for a trap.</param>
/// <param name="explain">Makes of its messages those that say what it was about.</param>
internal sealed class TrapReader(Func<TrapFrame, TrapPlace?> find, AdapterTraps? runtime, string pieces, Func<string, string> explain)
{
    /// <summary>The trap behind an exception that came out of a call.</summary>
    public Trap Read(Exception exception)
    {
        // A call from the host into a guest, inside of a call from a guest to the host: the innermost knows best.
        var frames = new List<TrapFrame>();
        var cause = exception;
        while (cause is WasmtimeException { InnerException: { } inner } outer)
        {
            frames = [.. outer.Frames ?? []];
            cause = inner;
        }
        return cause switch
        {
            TrapSignal { Trap: { Path.Length: > 0 } or { IsStop: true } or { ExitCode: not null } } signal => signal.Trap,
            TrapException { Type: TrapCode.OutOfFuel } => new Trap("stopped: the call needed more fuel than it was given") { IsStop = true },
            TrapSignal signal => Locate(signal.Trap.Message, frames),
            WasmtimeException engine => Engine(engine),
            _ => Locate("the host function failed: " + cause.Message, frames),
        };
    }

    /// <summary>Whether something ran and trapped; otherwise modules do not fit together.</summary>
    public static bool IsTrap(WasmtimeException exception) => exception is TrapException || exception.InnerException is not null || exception.Frames is { Count: > 0 };

    private Trap Engine(WasmtimeException exception)
    {
        var frames = exception.Frames ?? [];
        string message = EngineText.TrapName(exception.Message);
        bool isUnreachable = exception is TrapException { Type: TrapCode.Unreachable } && frames.Count > 0;
        if (!isUnreachable || find(frames[0]) is not var (module, func, offset))
            return Locate(message, frames);
        ulong site = module.Site(func, offset);
        if (module == runtime)
            return Locate(module.Message(func, site) is { } reason ? explain(reason) : message, frames);
        return Locate(module.Message(func, site) ?? message, frames, site);
    }

    /// <summary>
    /// Adds the adapter and the path where the innermost frames are an adapter's: helpers first, the adapter itself last. The path of the outermost call
    /// comes first in the text.
    /// </summary>
    /// <param name="message">What happened.</param>
    /// <param name="frames">Where, the innermost first.</param>
    /// <param name="site">The offset in the innermost function; null for that of its frame.</param>
    private Trap Locate(string message, IReadOnlyList<TrapFrame> frames, ulong? site = null)
    {
        // The runtime module works for whoever calls it.
        frames = [.. frames.SkipWhile(frame => frame.ModuleName == pieces || (runtime is not null && find(frame)?.Module == runtime))];
        if (frames.Count == 0 || find(frames[0]) is not { Module: var module })
            return new Trap(message);
        var path = new List<string>();
        string adapter = "", called = "";
        foreach (var frame in frames)
        {
            if (find(frame) is not var (inside, func, offset) || inside != module)
                break;
            if (module.Path(func, site ?? offset) is { } part)
                path.Insert(0, part);
            site = null;
            (adapter, called) = module.Adapter(func);
            if (adapter.Length > 0)
                break;
        }
        return new Trap(message, adapter, string.Join(" · ", path.Where(p => p.Length > 0))) { Func = called };
    }
}
