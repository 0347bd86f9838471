using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component;
using Fact.Component.Plan;
using Fact.Conformance.Corpus;
using Fact.Ir;
using Fact.Values;
using Wasmtime;
using Reference = Wasmtime.Components;

namespace Fact.Conformance.Scripts;

/// <summary>
/// Runs scripts on Wasmtime's own component runtime, as far as its .NET interface goes: it can define neither resource types nor asynchronous functions, and gives out no
/// resource types of instances.
/// </summary>
internal sealed class ReferenceScripts : IScriptRuntime
{
    private readonly Engine engine;
    private readonly ScriptMaker? maker;
    private readonly Reference.ComponentLinker linker;
    private readonly HashSet<string> undefinable = [];
    private readonly HashSet<string> missing = [];

    /// <param name="engine">The engine.</param>
    /// <param name="maker">What is run in place of components; null for themselves.</param>
    public ReferenceScripts(Engine engine, ScriptMaker? maker = null)
    {
        (this.engine, this.maker) = (engine, maker);
        linker = new Reference.ComponentLinker(engine) { AllowShadowing = true };
        using var root = linker.Root();
        Define(root, "");
        using var host = root.AddInstance("host");
        Define(host, "host#");
        host.DefineFunction("return-hi", (_, results) => results[0] = Reference.ComponentValue.String("hi"));
        using var module = Module.FromBytes(engine, "simple-module", SpectestHost.SimpleModule);
        host.AddModule("simple-module", module);
        using var nested = host.AddInstance("nested");
        Define(nested, "host#nested#");
    }

    private static void Define(Reference.ComponentLinkerInstance instance, string prefix)
    {
        foreach (var (name, constant) in SpectestHost.Functions)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && !name[prefix.Length..].Contains('#'))
                instance.DefineFunction(name[prefix.Length..],
                    (arguments, results) => results[0] = constant is { } value ? Reference.ComponentValue.U32(value) : arguments[0]);
        }
    }

    /// <inheritdoc/>
    public IScriptComponent? Load(byte[] bytes, out Happening happening)
    {
        byte[]? made = bytes;
        happening = Happening.Nothing;
        if (maker is not null && (made = maker(bytes, out happening)) is null)
            return null;
        try
        {
            var component = Reference.Component.FromBytes(engine, made);
            happening = Happening.Nothing;
            var plan = ComponentCompiler.Compile(bytes, CompileOptions.Default).MatchUnsafe<LinkPlan?>(compiled => compiled.Plan, _ => null);
            return new Loaded(this, component, plan);
        }
        catch (WasmtimeException error) when (error.Message.Contains(" feature", StringComparison.Ordinal))
        {
            happening = new Happening.Unable(NotApplicable.ReferenceFeature);
        }
        catch (WasmtimeException error)
        {
            happening = new Happening.Refused(error.Message);
        }
        return null;
    }

    /// <inheritdoc/>
    public void Name(string name, IScriptInstance? instance)
    {
        if (instance is null)
        {
            missing.Add(name);
            return;
        }
        missing.Remove(name);
        using var root = linker.Root();
        using var named = root.AddInstance(name);
        foreach (var export in ((Running)instance).Plan?.Exports ?? [])
            Export(named, name, export, ((Running)instance).Plan!);
    }

    /// <summary>Instances give out functions only; but this project knows which core modules are in a component.</summary>
    private void Export(Reference.ComponentLinkerInstance to, string name, PlanExport export, LinkPlan plan)
    {
        if (export.Item is ExportItem.CoreModule { Source: ModuleSource.Embedded(var id) })
        {
            using var module = Module.FromBytes(engine, export.Name, plan.CoreModules[(int)id.Value].Bytes.Span);
            to.AddModule(export.Name, module);
        }
        else
        {
            undefinable.Add($"{name}#{export.Name}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => linker.Dispose();

    private bool CanDefine(string name, PlanExtern type) =>
        type is not PlanExtern.Func { FuncType.Async: true } && !undefinable.Contains(name) && !SpectestHost.Waiting.Contains(name) && !SpectestHost.Inside.Contains(name)
        && !name.StartsWith("host#resource", StringComparison.Ordinal) && !name.StartsWith("host#[", StringComparison.Ordinal);

    private static IEnumerable<(string Name, PlanExtern Type)> Leaves(LinkPlan plan, string name, PlanExtern type) =>
        type is PlanExtern.Instance(var id) ? plan.InstanceTypes[(int)id.Value].Items.SelectMany(e => Leaves(plan, $"{name}#{e.Name}", e.Extern)) : [(name, type)];

    private sealed class Loaded(ReferenceScripts runtime, Reference.Component component, LinkPlan? plan) : IScriptComponent
    {
        public IScriptInstance? Instantiate(out Happening happening)
        {
            if (plan is not null && plan.Imports.Items.Any(i => runtime.missing.Contains(i.Name)))
            {
                happening = new Happening.Unable(NotApplicable.FollowsAnother);
                return null;
            }
            if (plan is not null && plan.Imports.Items.SelectMany(i => Leaves(plan, i.Name, i.Extern)).Any(import => !runtime.CanDefine(import.Name, import.Type)))
            {
                happening = new Happening.Unable(NotApplicable.ReferenceImports);
                return null;
            }
            var store = new Store(runtime.engine);
            try
            {
                var instance = runtime.linker.Instantiate(store, component);
                happening = Happening.Nothing;
                return new Running(store, instance, plan);
            }
            catch (WasmtimeException error)
            {
                store.Dispose();
                happening = error is TrapException || error.Frames is { Count: > 0 } ? new Happening.Trapped(error.Message) : new Happening.Refused(error.Message);
                return null;
            }
        }

        public void Dispose() => component.Dispose();
    }

    private sealed class Running(Store store, Reference.ComponentInstance instance, LinkPlan? plan) : IScriptInstance
    {
        public LinkPlan? Plan => plan;

        public Happening Invoke(string field, EquatableArray<ComponentValue> args)
        {
            if (instance.GetFunction(field) is not { } function)
                return new Happening.Refused($"there is no function \"{field}\"");
            try
            {
                var result = function.Call([.. args.Items.Select(ReferenceValues.To)]);
                return new Happening.Done(result is null ? [] : [ReferenceValues.From(result)]);
            }
            catch (WasmtimeException trap)
            {
                return trap.Message.Contains("without a running event loop", StringComparison.Ordinal)
                    || trap.Message.Contains("cannot synchronously call an async-lifted export", StringComparison.Ordinal)
                    ? new Happening.Unable(NotApplicable.ReferenceTasks)
                    : new Happening.Trapped(trap.Message);
            }
        }

        public void Dispose() => store.Dispose();
    }
}
