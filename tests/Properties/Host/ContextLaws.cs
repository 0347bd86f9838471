using System.Collections.Generic;
using System.Linq;
using Fact.Host;
using Fact.Model.Laws;
using Fact.Values;
using Xunit;

namespace Fact.Properties.Host;

/// <summary>What <c>context.get</c> sees: the storage of the call that it is a part of. Spec: <c>Thread.storage</c>.</summary>
public sealed class ContextLaws
{
    /// <summary>What each instance writes down, by the specification: every call has its own storage, and so has every call of an allocator.</summary>
    private sealed class Storages(Queue<uint> steps)
    {
        public List<uint>[] Logs { get; } = [.. Enumerable.Range(0, ContextComponents.Levels).Select(_ => new List<uint>())];

        public void Call(int level, string function, int? caller)
        {
            uint storage = 0;
            // An allocation for each string; and p, whose parameter is none, looks at its own new storage.
            Logs[level].AddRange(Enumerable.Repeat(0u, function == "k" ? 2 : 1));
            if (function == "p")
                return;
            for (uint step = Next(); step != ContextComponents.Return; step = Next())
            {
                if ((step & 15) == ContextComponents.Set)
                    storage = step >> 4;
                else if (step == ContextComponents.Log)
                    Logs[level].Add(storage);
                else if (level > 0)
                    Call(level - 1, ContextComponents.Functions[step - ContextComponents.FirstCall], level);
            }
            if (caller is { } to)
                Logs[to].Add(0);
            if (function != "h")
                Logs[level].Add(storage);
        }

        private uint Next()
        {
            while (steps.TryDequeue(out uint step))
            {
                if (step != Reenter)
                    return step;
                Call(ContextComponents.Levels - 1, "f", caller: null);
            }
            return ContextComponents.Return;
        }
    }

    private static readonly ComponentHost Host = HostRun.Open(ContextComponents.Text);

    /// <summary>A step that the host takes itself: it calls the component that asks it.</summary>
    private const uint Reenter = 8;

    private static uint Step((byte Kind, byte Operand) raw) => (uint)(raw.Kind % 10) switch
    {
        9 or 1 => ((uint)raw.Operand << 4) + ContextComponents.Set,
        var kind => kind,
    };

    [Law(200)]
    public void Every_part_of_a_call_sees_the_storage_of_its_call_and_no_other((byte Kind, byte Operand)[] raw, byte[] calls)
    {
        var steps = raw.Select(Step).ToArray();
        var given = new Queue<uint>(steps);
        ComponentInstance instance = null!;
        using var disposed = instance = Host.Instantiate(HostImports.None.WithFunction("step", _ => ComponentValues.U32(Next())))
            .IfLeft(f => throw new System.InvalidOperationException(f.ToString()));
        var model = new Storages(new Queue<uint>(steps));
        foreach (byte call in calls.Take(20))
        {
            string function = ContextComponents.Functions[call % ContextComponents.Functions.Length];
            model.Call(ContextComponents.Levels - 1, function, caller: null);
            Assert.True(instance.Invoke(function, ContextComponents.Arguments(function)).IsRight);
        }
        for (int level = 0; level < ContextComponents.Levels; level++)
            Assert.Equal(model.Logs[level], ContextComponents.Logs(instance, level));

        uint Next()
        {
            while (given.TryDequeue(out uint step))
            {
                if (step != Reenter)
                    return step;
                Assert.True(instance.Invoke("f", ContextComponents.Arguments("f")).IsRight);
            }
            return ContextComponents.Return;
        }
    }
}
