using System.Diagnostics.CodeAnalysis;
using Fact.Ir;
using LanguageExt;

namespace Fact;

/// <summary>Results for callers that have no use for <c>Either</c>.</summary>
internal static class Results
{
    /// <summary>Takes a result apart.</summary>
    /// <returns>Whether there is a value.</returns>
    public static bool Try<T>(this Either<EquatableArray<Diagnostic>, T> result, [MaybeNullWhen(false)] out T value, out EquatableArray<Diagnostic> diagnostics)
    {
        (bool isRight, value, diagnostics) = result.Match<(bool, T?, EquatableArray<Diagnostic>)>(
            Right: found => (true, found, []),
            Left: errors => (false, default, errors));
        return isRight;
    }
}
