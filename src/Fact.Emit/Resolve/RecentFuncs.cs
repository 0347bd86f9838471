using Fact.Ir;

namespace Fact.Emit;

/// <summary>The functions that code named last: lowering names one object many times, and the same object needs no look into a table.</summary>
internal sealed class RecentFuncs
{
    private const int Size = 4;

    private readonly FuncRef?[] funcs = new FuncRef?[Size];
    private readonly FuncPosition[] positions = new FuncPosition[Size];
    private uint next;

    /// <summary>The position of a function that was added and not pushed out since.</summary>
    public bool TryGet(FuncRef func, out FuncPosition position)
    {
        for (int i = 0; i < Size; i++)
        {
            if (ReferenceEquals(funcs[i], func))
            {
                position = positions[i];
                return true;
            }
        }
        position = default;
        return false;
    }

    /// <summary>Takes the place of the oldest.</summary>
    public FuncPosition Add(FuncRef func, FuncPosition position)
    {
        uint oldest = next++ % Size;
        funcs[oldest] = func;
        return positions[oldest] = position;
    }
}
