using System;
using System.Threading;
using System.Threading.Tasks;

namespace Fact.Cli;

/// <summary>Says what is going on where work takes long enough for somebody to wonder.</summary>
internal sealed class Progress
{
    private const string Wheel = @"|/-\";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private volatile string stage = "starting";

    private Progress()
    {
    }

    /// <summary>Says what comes now, such as "decoding".</summary>
    public void Now(string what) => stage = what;

    /// <summary>Leaves the screen to somebody else for now.</summary>
    public void Pause() => stage = "";

    /// <summary>Does the work; shows what it is at on standard error, if that is a terminal and the work takes long.</summary>
    public static T Of<T>(Terminal terminal, Func<Progress, T> work)
    {
        var progress = new Progress();
        if (!terminal.ShowsProgress)
            return work(progress);
        var running = Task.Run(() => work(progress));
        try
        {
            for (int turn = 0; !Ends(running, turn == 0 ? Patience : Interval); turn++)
                progress.Show(terminal.Status, Wheel[turn % Wheel.Length]);
        }
        finally
        {
            terminal.Status.Hide();
        }
        return running.GetAwaiter().GetResult();
    }

    private void Show(StatusLine status, char wheel)
    {
        if (stage is { Length: > 0 } now)
            status.Show($"{wheel} {now}");
        else
            status.Hide();
    }

    private static bool Ends(Task task, TimeSpan within) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne(within);
}
