using System;
using System.Numerics;

namespace Fact.Emit;

/// <summary>Numbers by their hashes: for each hash those that were added with it, the last one first.</summary>
internal readonly struct HashChains
{
    public const int None = -1;

    /// <summary>Odd; the upper bits of products with it are as good as a random choice of the place, whatever the hashes are.</summary>
    private static readonly ulong Multiplier = unchecked((ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue)) | 1;

    private readonly int[] hashes;
    private readonly int[] heads;
    private readonly int shift;
    private readonly int[] before;

    /// <summary>Holds numbers below the length of <paramref name="hashes"/>, which has the hash of each and may be changed for those that were not added yet.</summary>
    /// <param name="hashes">The hash of each number.</param>
    /// <param name="expected">About how many are going to be added.</param>
    public HashChains(int[] hashes, int expected)
    {
        this.hashes = hashes;
        int bits = Math.Max(1, BitOperations.Log2((uint)expected) + 1);
        heads = new int[1 << bits];
        shift = 64 - bits;
        before = new int[hashes.Length];
    }

    /// <summary>The last number that was added with a hash.</summary>
    public int Last(int hash) => Same(heads[Bucket(hash)] - 1, hash);

    /// <summary>The one with the same hash that was added before a number.</summary>
    public int Before(int number) => Same(before[number] - 1, hashes[number]);

    /// <summary>Adds a number.</summary>
    public void Add(int number)
    {
        ref int head = ref heads[Bucket(hashes[number])];
        before[number] = head;
        head = number + 1;
    }

    // Who makes the input can know the hashes of code, but not where they go: that is another place in every process.
    private int Bucket(int hash) => (int)(((ulong)(uint)hash * Multiplier) >> shift);

    private int Same(int number, int hash)
    {
        while (number >= 0 && hashes[number] != hash)
            number = before[number] - 1;
        return number;
    }
}
