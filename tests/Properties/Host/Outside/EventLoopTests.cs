using System.Threading;
using Fact.Host.Outside;
using Xunit;

namespace Fact.Properties.Host.Outside;

/// <summary>The loop that brings what happens outside to a component.</summary>
public sealed class EventLoopTests
{
    /// <summary>Guest code that waits for what has arrived already goes on at once: nobody is told in between that all wait.</summary>
    [Fact]
    public void Nobody_rests_who_waits_for_what_has_arrived()
    {
        EventLoop loop = null!;
        bool isOver = false;
        loop = new EventLoop(Turn, mayArrive: static _ => false, onOwnThread: true);
        loop.PostAndRest(() =>
        {
            loop.Post(static () => Thread.Sleep(50));
            loop.Wait();
            Volatile.Write(ref isOver, true);
        });
        Assert.True(Volatile.Read(ref isOver));

        bool Turn()
        {
            while (loop.Take())
            {
            }
            return false;
        }
    }
}
