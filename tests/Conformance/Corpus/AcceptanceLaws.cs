using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Ir;
using Fact.Properties;
using Wasmtime;
using Xunit;

namespace Fact.Conformance.Corpus;

/// <summary>What the reference accepts is accepted, what it rejects is rejected.</summary>
public sealed class AcceptanceLaws
{
    [CorpusFact]
    public void Every_component_compiles_or_is_rejected_as_its_script_says()
    {
        var wrong = new List<string>();
        foreach (var component in Scripts.Components())
        {
            string result = Result(component);
            if (result.Length == 0 != component.IsValid)
                wrong.Add($"{component.Name} ({component.Command}): {(result.Length == 0 ? "compiled" : result)}");
        }
        Assert.Empty(wrong);
    }

    [CorpusFact]
    public void Wasmtime_agrees_where_it_knows_the_features()
    {
        using var engine = GatedEngine.Make();
        var wrong = new List<string>();
        foreach (var component in Scripts.Components())
        {
            string theirs = Wasmtime(engine, component.Bytes);
            // Features that it lacks, and encodings and rules that have changed since the corpus was made.
            if (NotComparable.Any(theirs.Contains))
                continue;
            string ours = Result(component);
            if (theirs.Length == 0 != (ours.Length == 0))
                wrong.Add($"{component.Name}: Wasmtime says \"{theirs}\", we say \"{ours}\"");
        }
        Assert.Empty(wrong);
    }

    [CorpusFact]
    public void Errors_say_where_they_are()
    {
        foreach (var component in Scripts.Components().Where(c => !c.IsValid))
        {
            ComponentCompiler.Compile(component.Bytes, CompileOptions.Default).IfLeft(errors => Assert.All(errors, error =>
            {
                Assert.NotEmpty(error.Message);
                Assert.True(error.Offset is not null || error.Path.Length > 0, component.Name);
            }));
        }
    }

    [CorpusFact]
    public void Every_plan_can_be_written_as_json()
    {
        foreach (var component in Scripts.Components().Where(c => c.IsValid))
        {
            var plan = ComponentCompiler.Compile(component.Bytes, CompileOptions.Default)
                .Bind(compiled => compiled.ToJson().MapLeft(error => (EquatableArray<Diagnostic>)[error]));
            if (plan.Case is not ReadOnlyMemory<byte> utf8)
                continue;
            using var json = JsonDocument.Parse(utf8);
            Assert.Equal(PlanJson.Version, json.RootElement.GetProperty("version").GetInt32());
        }
    }

    private static string Result(ScriptComponent component) => ComponentCompiler.Compile(component.Bytes, CompileOptions.Default)
        .Match(Right: _ => "", Left: errors => errors[0].ToString());

    private static readonly string[] NotComparable = ["feature", "requires an async function type", "invalid leading byte"];

    private static string Wasmtime(Engine engine, byte[] bytes)
    {
        try
        {
            using var component = global::Wasmtime.Components.Component.FromBytes(engine, bytes);
            return "";
        }
        catch (WasmtimeException error)
        {
            return error.Message;
        }
    }
}
