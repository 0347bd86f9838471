using System;

namespace Fact.Ir;

/// <summary>Checks what callers give.</summary>
internal static class Given
{
    /// <summary>The value itself.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The name of the parameter or member.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static T NotNull<T>(T? value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);
}
