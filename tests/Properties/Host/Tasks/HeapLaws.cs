using System.Collections.Generic;
using System.Linq;
using Fact.Host.Tasks;
using Fact.Model.Laws;
using Xunit;

namespace Fact.Properties.Host.Tasks;

/// <summary>A heap gives what is in it in order, whatever was put in and taken out meanwhile.</summary>
public sealed class HeapLaws
{
    private sealed class Item(long order) : IHeapItem
    {
        public long Order => order;

        public int Place { get; set; } = -1;
    }

    [Law(500)]
    public void The_first_is_the_least_of_those_that_are_in_it((bool Adds, byte Which)[] steps)
    {
        var heap = new IndexedHeap<Item>();
        var all = new List<Item>();
        foreach (var (adds, which) in steps)
        {
            if (adds || all.Count == 0)
            {
                // No two are equal.
                var item = new Item((which * 1000L) + all.Count);
                if (all.Any(other => other.Order == item.Order))
                    continue;
                all.Add(item);
                heap.Add(item);
            }
            else
            {
                var item = all[which % all.Count];
                all.Remove(item);
                heap.Remove(item);
                Assert.Equal(-1, item.Place);
            }
            Assert.Equal(all.Count, heap.Count);
            Assert.All(all, item => Assert.Same(item, heap[item.Place]));
            if (all.Count > 0)
                Assert.Same(all.MinBy(item => item.Order), heap[0]);
        }
    }

    /// <summary>What a schedule costs does not depend on how many others wait.</summary>
    [Fact]
    public void Threads_that_wait_are_not_looked_at_until_something_happens()
    {
        var rig = new TaskRig(seed: null);
        var (inst, _) = rig.Instance();
        int looks = 0, done = 0;
        var waits = Enumerable.Range(0, 1000).Select(_ => (inst, rig.Stackful(async thread =>
        {
            var subtask = new Subtask(static () => { });
            WaitableBuiltins.Join(inst, inst.Handles.Add(subtask), WaitableBuiltins.New(inst));
            await thread.WaitUntil(() =>
            {
                looks++;
                return done == 1000;
            }, until: new WakeList(() => done == 1000));
            return default;
        })));
        var (other, _) = rig.Instance();
        rig.RunUntil(() => done == 1000, [.. waits, (other, rig.Stackful(async thread =>
        {
            for (; done < 1000; done++)
                await thread.Yield(cancellable: false);
            return default;
        }))]);
        // When they begin to wait.
        Assert.InRange(looks, 1000, 3000);
    }
}
