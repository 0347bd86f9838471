using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Fact.Cli;
using Xunit;

namespace Fact.Properties.Cli;

/// <summary>Work that must come to its end, whatever becomes of the terminal.</summary>
public sealed class ForegroundFacts
{
    [Fact]
    public void Whoever_takes_the_terminal_away_is_answered_when_the_work_has_ended()
    {
        using var interruption = new CancellationTokenSource();
        var order = new List<string>();
        using var told = interruption.Token.Register(() => order.Add("interrupted"));
        var signal = new PosixSignalContext(PosixSignal.SIGHUP);
        Foreground.Interrupt(signal, interruption, () => order.Add("waited"));
        Assert.True(signal.Cancel);
        Assert.Equal(["interrupted", "waited"], order);
    }

    [Fact]
    public void Work_gives_its_result_or_throws_what_it_threw()
    {
        Assert.Equal(7, Foreground.Run(_ => 7, CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => Foreground.Run<int>(_ => throw new InvalidOperationException(), CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => Foreground.Run<int>(token => throw new OperationCanceledException(token), new CancellationToken(true)));
    }
}
