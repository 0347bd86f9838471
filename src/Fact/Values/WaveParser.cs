using System;
using Fact.Ir;
using LanguageExt;

namespace Fact.Values;

/// <summary>
/// Reads values of a known type from WAVE syntax, the component ecosystem's text form of values. A map is written as a list of pairs; a handle as the
/// name of its resource with a number in parentheses, if the reader knows numbered handles. The depth of the recursion is that of the type, whatever the text.
/// </summary>
public static class WaveParser
{
    /// <summary>Reads one value.</summary>
    /// <param name="text">The whole of the text: nothing but white space and comments may stand around the value.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="handle">The handle that a number stands for, with the table that the type names; null where there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="type"/> is null.</exception>
    public static Either<Diagnostic, ComponentValue> ParseValue(string text, ValType type, Func<ResourceTableId, int, HostHandle?>? handle = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(type);
        var reader = new WaveReader(text, 0, handle);
        var value = reader.Value(type);
        if (value is not null && reader.Finish())
            return value;
        return reader.Error!;
    }

    /// <summary>The name of the function in a call <c>name(argument, …)</c>: everything before the first parenthesis.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static Either<Diagnostic, string> FunctionName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return WaveReader.ErrorAt(text, text.Length, "", "a call is written name(argument, …); the parentheses are missing");
        string name = text[..open].Trim();
        return name.Length == 0 ? WaveReader.ErrorAt(text, open, "", "a call is written name(argument, …); the name is missing") : name;
    }

    /// <summary>Reads the arguments of a call <c>name(argument, …)</c>. Arguments that are <c>none</c> may be left out at the end.</summary>
    /// <param name="text">The call.</param>
    /// <param name="type">The type of the function.</param>
    /// <param name="handle">The handle that a number stands for, with the table that the type names; null where there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="type"/> is null.</exception>
    public static Either<Diagnostic, EquatableArray<ComponentValue>> ParseArguments(
        string text,
        ComponentFuncType type,
        Func<ResourceTableId, int, HostHandle?>? handle = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(type);
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return WaveReader.ErrorAt(text, text.Length, "", "a call is written name(argument, …); the parentheses are missing");
        var reader = new WaveReader(text, open, handle);
        if (reader.Arguments(type) is { } arguments && reader.Finish())
            return arguments;
        return reader.Error!;
    }
}
