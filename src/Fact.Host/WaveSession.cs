using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Fact.Host.Calls;
using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host;

/// <summary>
/// Calls the functions of an instance by text: <c>name(argument, …)</c> in WAVE syntax. Handles that results contain are kept and numbered from 1 as they are
/// printed, <c>file(1)</c>; written so, they can be arguments of later calls.
/// </summary>
public sealed partial class WaveSession(ComponentInstance instance)
{
    private readonly ComponentInstance instance = Given.NotNull(instance, nameof(instance));

    private const int MaxText = 1 << 24;

    private readonly List<HostHandle> handles = [];
    private readonly Dictionary<HostHandle, int> numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes one call, written as <c>name(arguments)</c> in WAVE syntax. Handles in results get numbers, by which later calls name them.</summary>
    /// <param name="call">The call; the name is that of an export, or <c>instance#name</c>, of which so much may be left out that it can be no other.</param>
    /// <returns>The result as text, empty where there is none, and cut off with <c>…</c> after 2^24 UTF-16 code units; or what is wrong with the call; or the
    /// trap.</returns>
    public Either<CallFailure, string> Invoke(string call) =>
        Parse(call).Bind(parsed => instance.Invoke(parsed.Name, parsed.Arguments).Map(result =>
            result.Match(value => WavePrinter.Print(value, Number, MaxText), () => "")));

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="call">The call; the name is that of an export, or <c>instance#name</c>, of which so much may be left out that it can be no other.</param>
    /// <param name="result">The result as text, empty where there is none.</param>
    /// <param name="failure">What is wrong with the call, or the trap.</param>
    /// <returns>Whether the function returned.</returns>
    public bool TryInvoke(string call, [NotNullWhen(true)] out string? result, [NotNullWhen(false)] out CallFailure? failure) =>
        Invoke(call).Try(out result, out failure);

    private Either<CallFailure, (string Name, EquatableArray<ComponentValue> Arguments)> Parse(string call) =>
        WaveParser.FunctionName(call).MapLeft(error => Reject(error, call)).Bind(given =>
            CallName.Find(given, instance.Functions).MapLeft(error => CallFailure.Reject(error)).Bind(name =>
                WaveParser.ParseArguments(call, instance.TypeOf(name)!, Find).MapLeft(error => Reject(error, name)).Map(arguments => (name, arguments))));

    /// <summary>What is wrong with calls before anything runs: which function is called cannot be told. Arguments are read when their turn comes.</summary>
    internal static EquatableArray<Diagnostic> Check(IEnumerable<string> calls, EquatableArray<ExportedFunction> exports)
    {
        var names = exports.Items.Select(export => export.Name).ToHashSet();
        return [.. calls.SelectMany(call =>
            WaveParser.FunctionName(call).MapLeft(error => Malformed(error, call)).Bind(given => CallName.Find(given, names)).LeftToSeq())];
    }

    private static CallFailure Reject(Diagnostic error, string where) =>
        CallFailure.Reject(Malformed(error, where));

    private static Diagnostic Malformed(Diagnostic error, string where) => new(DiagnosticCode.MalformedText, error.ToString(), $"\"{where}\"");

    private HostHandle? Find(ResourceTableId table, int number) =>
        number >= 1 && number <= handles.Count && ReferenceEquals(handles[number - 1].Type, instance.ResourceType(table)) ? handles[number - 1] : null;

    private int? Number(HostHandle handle)
    {
        if (numbers.TryGetValue(handle, out int number))
            return number;
        handles.Add(handle);
        numbers.Add(handle, handles.Count);
        return handles.Count;
    }
}
