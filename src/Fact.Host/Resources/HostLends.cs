using System.Globalization;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Resources;

/// <summary>What calls in progress are lent of handles that .NET objects stand for.</summary>
/// <param name="most">How often handles may be lent at a time.</param>
internal sealed class HostLends(int most)
{
    private int count;

    /// <summary>Counts a call as a user of a handle until it ends.</summary>
    public Either<Trap, Unit> Lend(ResourceHandle handle, CallScope scope)
    {
        if (count == most)
            return new Trap(TooMany((uint)count));
        count++;
        handle.NumLends++;
        scope.Lenders.Add(handle);
        return Unit.Default;
    }

    /// <summary>Takes back what a call was lent, and ends what the host was lent for it.</summary>
    public void Release(CallScope scope)
    {
        foreach (var lender in scope.Lenders)
            lender.NumLends--;
        count -= scope.Lenders.Count;
        scope.Lenders.Clear();
        foreach (var borrow in scope.HostBorrows)
            borrow.IsLive = false;
    }

    /// <summary>What is said where calls are lent as much as may be.</summary>
    public static string TooMany(uint lends) =>
        string.Create(CultureInfo.InvariantCulture, $"cannot lend another handle: calls in progress are lent {lends}, the limit of this host");
}
