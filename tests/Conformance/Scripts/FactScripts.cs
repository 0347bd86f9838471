using System;
using System.Collections.Generic;
using System.Linq;
using Fact.Component.Plan;
using Fact.Host;
using Fact.Ir;
using Fact.Lower;
using Fact.Values;

namespace Fact.Conformance.Scripts;

/// <summary>Runs scripts on this project: its decoder, linker, adapters and host.</summary>
/// <param name="engine">The engine.</param>
/// <param name="reentrance">The rule of reentrance that the scripts expect.</param>
/// <param name="compile">How adapters are compiled otherwise; null for the host's defaults.</param>
/// <param name="maker">What is run in place of components; null for themselves.</param>
internal sealed class FactScripts(HostEngine engine, Reentrance reentrance, CompileOptions? compile = null, ScriptMaker? maker = null) : IScriptRuntime
{
    private readonly HostOptions options = new() { Compile = (compile ?? new HostOptions().Compile) with { Reentrance = reentrance } };
    private readonly HashSet<string> missing = [];
    private readonly SlowFunctions slow = new();
    private HostImports? imports;

    private HostImports Imports => imports ??= SpectestHost.Imports(slow);

    /// <inheritdoc/>
    public IScriptComponent? Load(byte[] bytes, out Happening happening)
    {
        byte[]? made = bytes;
        happening = Happening.Nothing;
        if (maker is not null && (made = maker(bytes, out happening)) is null)
            return null;
        (var component, happening) = ComponentHost.Open(engine, made, options).Match(
            Right: host => ((IScriptComponent?)new Loaded(this, host), Happening.Nothing),
            Left: errors => (null, Failure(new CallFailure.Rejected(errors))));
        return component;
    }

    /// <inheritdoc/>
    public void Name(string name, IScriptInstance? instance)
    {
        if (instance is not Running running)
        {
            missing.Add(name);
            return;
        }
        missing.Remove(name);
        foreach (var (module, bytes) in running.Instance.CoreModules)
            imports = Imports.WithCoreModule($"{name}#{module}", bytes);
        // Handles do not pass from one component to another, so that a type of the host can stand for that of the instance.
        foreach (var export in running.Component.Plan.Exports)
        {
            if (export.Item is ExportItem.Type { Bound: PlanType.Resource })
                imports = Imports.WithResource($"{name}#{export.Name}", new ResourceType(export.Name));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static Happening Failure(CallFailure failure) => failure switch
    {
        CallFailure.Trapped { Trap.Message: var text } when text.StartsWith("not supported by this host", StringComparison.Ordinal) =>
            new Happening.Unable(NotApplicable.SecondStack),
        CallFailure.Trapped { Trap.Message: var text } when text.EndsWith(SpectestHost.IsInside, StringComparison.Ordinal) =>
            new Happening.Unable(NotApplicable.HostInside),
        CallFailure.Rejected { Errors: var errors } when errors.Items.Any(e => e.Message.Contains("a reference type other than", StringComparison.Ordinal)) =>
            new Happening.Unable(NotApplicable.CoreFeature),
        CallFailure.Trapped(var trap) => new Happening.Trapped(trap.ToString()),
        CallFailure.Exited exited => new Happening.Trapped(exited.ToString()),
        CallFailure.Rejected rejected => new Happening.Refused(rejected.ToString()),
    };

    private sealed class Loaded(FactScripts runtime, ComponentHost host) : IScriptComponent
    {
        public IScriptInstance? Instantiate(out Happening happening)
        {
            if (host.Plan.Imports.Items.Any(i => runtime.missing.Contains(i.Name)))
            {
                happening = new Happening.Unable(NotApplicable.FollowsAnother);
                return null;
            }
            (var instance, happening) = host.Instantiate(runtime.Imports).Match(
                Right: i => ((IScriptInstance?)new Running(runtime.slow, host, i), Happening.Nothing),
                Left: failure => (null, Failure(failure)));
            return instance;
        }

        public void Dispose() => host.Dispose();
    }

    private sealed class Running(SlowFunctions slow, ComponentHost component, ComponentInstance instance) : IScriptInstance
    {
        private readonly bool waits = component.Plan.Trampolines.Items.OfType<Trampoline.LowerImport>()
            .Any(t => SpectestHost.Waiting.Contains(component.Plan.ImportName(t.Import)));

        public ComponentHost Component => component;

        public ComponentInstance Instance => instance;

        public Happening Invoke(string field, EquatableArray<ComponentValue> args) => waits
            ? InvokeSlowly(field, args)
            : instance.Invoke(field, [.. args.Items]).Match(
                Right: result => new Happening.Done(result.Match(value => (EquatableArray<ComponentValue>)[value], () => [])),
                Left: Failure);

        /// <summary>Lets functions of the host return, one by one, where all guests wait.</summary>
        private Happening InvokeSlowly(string field, EquatableArray<ComponentValue> args)
        {
            var call = instance.InvokeAsync(field, [.. args.Items]);
            while (!call.IsCompleted)
            {
                if (!slow.Next())
                    return new Happening.Trapped("the call waits for what does not come");
                // Comes back when all guests wait again.
                _ = instance.Kept;
            }
            return call switch
            {
                { Exception.InnerException: ComponentException { Failure: var failure } } => Failure(failure),
                { Exception: { } other } => throw other,
                { Result: { } value } => new Happening.Done([value]),
                _ => Happening.Nothing,
            };
        }

        public void Dispose() => instance.Dispose();
    }
}
