using System;
using Fact.Ir;
using Fact.Values;

namespace Fact.Conformance.Scripts;

/// <summary>Something that scripts run on. It has the imports that Wasmtime's own runner of scripts gives to components.</summary>
internal interface IScriptRuntime : IDisposable
{
    /// <summary>Makes a component ready to be instantiated: gives it, or says why it is refused.</summary>
    IScriptComponent? Load(byte[] bytes, out Happening happening);

    /// <summary>Gives an instance a name, by which later components import what it exports, if that is core modules and resource types.</summary>
    /// <param name="name">The name.</param>
    /// <param name="instance">The instance; null for one that could not be made, so that what imports it cannot be made either.</param>
    void Name(string name, IScriptInstance? instance);
}

/// <summary>A component that is ready.</summary>
internal interface IScriptComponent : IDisposable
{
    /// <summary>Instantiates it: gives the instance, or says what went wrong.</summary>
    IScriptInstance? Instantiate(out Happening happening);
}

/// <summary>A component that runs.</summary>
internal interface IScriptInstance : IDisposable
{
    /// <summary>Calls an exported function.</summary>
    Happening Invoke(string field, EquatableArray<ComponentValue> args);
}

/// <summary>What came of something that a script did.</summary>
internal closed record Happening
{
    private Happening()
    {
    }

    /// <summary>It was done; a call returned these values.</summary>
    public sealed record Done(EquatableArray<ComponentValue> Values) : Happening;

    /// <summary>Something ran, and trapped.</summary>
    public sealed record Trapped(string Text) : Happening;

    /// <summary>It was refused: nothing ran.</summary>
    public sealed record Refused(string Text) : Happening;

    /// <summary>The runtime could not do it, for a reason of its own.</summary>
    public sealed record Unable(NotApplicable Reason) : Happening;

    /// <summary>Nothing to tell of.</summary>
    public static Happening Nothing { get; } = new Done([]);

    /// <summary>Whether the same happened. Texts are not compared: <see cref="Wording"/> holds ours to those of the script.</summary>
    public bool IsLike(Happening other) => (this, other) switch
    {
        (Done a, Done b) => a == b,
        (Trapped, Trapped) => true,
        (Refused, Refused) => true,
        (Unable a, Unable b) => a == b,
        _ => false,
    };

    /// <summary>One line.</summary>
    public sealed override string ToString() => this switch
    {
        Done(var values) => values.IsEmpty ? "done" : "returned " + string.Join(", ", values.Items),
        Trapped(var text) => "trapped: " + Line(text),
        Refused(var text) => "refused: " + Line(text),
        Unable(var reason) => "not applicable: " + NotApplicableTexts.Of(reason),
    };

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
