using System;

namespace Fact.Ir;

/// <summary>
/// One instance of each value of a small range, so that common values cost no allocation. The instances are immutable and made once; nothing that is static holds what
/// was made otherwise.
/// </summary>
internal sealed class Shared<T>(int low, int count, Func<int, T> make)
    where T : class
{
    private readonly T[] instances = Fill(low, count, make);

    public T this[int value]
    {
        get
        {
            var shared = instances;
            uint at = (uint)(value - low);
            return at < (uint)shared.Length ? shared[at] : make(value);
        }
    }

    private static T[] Fill(int low, int count, Func<int, T> make)
    {
        var filled = new T[count];
        for (int i = 0; i < count; i++)
            filled[i] = make(low + i);
        return filled;
    }
}
