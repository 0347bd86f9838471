using System.Diagnostics.CodeAnalysis;
using LanguageExt;

namespace Fact.Host.Calls;

/// <summary>Results of calls for callers that have no use for <c>Either</c>.</summary>
internal static class CallResults
{
    /// <summary>Takes a result apart.</summary>
    /// <returns>Whether there is a value.</returns>
    public static bool Try<T>(this Either<CallFailure, T> result, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out CallFailure? failure)
    {
        (bool isRight, value, failure) = result.Match<(bool, T?, CallFailure?)>(Right: found => (true, found, null), Left: why => (false, default, why));
        return isRight;
    }
}
