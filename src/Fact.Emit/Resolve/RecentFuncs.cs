using Fact.Ir;

namespace Fact.Emit;

/// <summary>The functions that code named last: lowering names one object many times, and the same object needs no look into a table.</summary>
internal sealed class RecentFuncs
{
    private const int Size = 4;

    private readonly FuncRef?[] funcs = new FuncRef?[Size];
    private readonly FuncIdx[] indices = new FuncIdx[Size];
    private uint next;

    /// <summary>The index of a function that was added and not pushed out since.</summary>
    public bool TryGet(FuncRef func, out FuncIdx index)
    {
        for (int i = 0; i < Size; i++)
        {
            if (ReferenceEquals(funcs[i], func))
            {
                index = indices[i];
                return true;
            }
        }
        index = default;
        return false;
    }

    /// <summary>Takes the place of the oldest.</summary>
    public FuncIdx Add(FuncRef func, FuncIdx index)
    {
        uint oldest = next++ % Size;
        funcs[oldest] = func;
        return indices[oldest] = index;
    }
}
