using System.Collections.Generic;
using Fact.Host.Tasks;
using Fact.Model.Laws;
using LanguageExt;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>A list of threads is a list, whatever is taken out of it.</summary>
public sealed class ThreadListLaws
{
    [Law(500)]
    public void It_has_the_order_of_a_simple_list((bool Adds, byte Which)[] steps)
    {
        var (inst, _) = new TaskRig(seed: null).Instance();
        var task = new GuestTask(new(AsyncType: true, Async: true, static _ => Flow<ulong[]>.Of([])), inst, static () => [], static _ => { });
        var list = new ThreadList();
        var all = new List<GuestThread>();
        var gone = new Queue<GuestThread>();
        foreach (var (adds, which) in steps)
        {
            if (adds || all.Count == 0)
            {
                // One that was taken out may come again.
                var thread = which % 3 == 0 && gone.TryDequeue(out var old) ? old : new(task, static () => Flow<Unit>.Of(default));
                thread.Storage[0] = which;
                all.Add(thread);
                list.Add(thread);
            }
            else
            {
                var thread = all[which % all.Count];
                all.Remove(thread);
                list.Remove(thread);
                gone.Enqueue(thread);
            }
            Assert.Equal(all.Count == 0, list.IsEmpty);
            Assert.Equal(all, list.FindAll(static _ => true));
            Assert.Equal(all.FindAll(thread => thread.Storage[0] % 2 == 0), list.FindAll(thread => thread.Storage[0] % 2 == 0));
        }
    }
}
