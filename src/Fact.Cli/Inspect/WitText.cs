using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;

namespace Fact.Cli.Inspect;

/// <summary>
/// What a component imports and exports, in the manner of WIT: lines for people. Types go by the names that they are imported or exported by. Every line is of limited
/// length, and there are no more than <see cref="MaxLines"/>; an exported instance is shown once, however often it is exported.
/// </summary>
internal sealed class WitText
{
    /// <summary>Of more than that nobody reads a list; plan.json has all of it.</summary>
    public const int MaxLines = 10_000;

    private readonly LinkPlan plan;
    private readonly ReportNames names;
    private readonly TypeKeys keys;
    private readonly List<string> lines = [];
    private readonly Dictionary<uint, string> shownInstances = [];
    private readonly Dictionary<uint, (string Interface, string Name)> shownResources = [];
    private bool full;
    private int indentation;

    private WitText(LinkPlan plan, ReportNames names) => (this.plan, this.names, keys) = (plan, names, TypeKeys.ByResource(plan));

    /// <summary>The lines, fit to be printed.</summary>
    public static EquatableArray<string> Of(LinkPlan plan, ReportNames names)
    {
        var text = new WitText(plan, names);
        text.World();
        return text.lines.ToEquatableArray();
    }

    private void World()
    {
        Open("world root {");
        var scope = new WitScope(plan, names, keys, null);
        var imports = new List<(string, Member)>();
        foreach (var import in plan.ImportedTypes)
            imports.Add((import.Name, Member.Of(import.Extern)));
        foreach (var import in plan.Imports)
            imports.Add((import.Name, Member.Of(import.Extern)));
        Members(scope, "import ", "", imports);
        Members(scope, "export ", "", Exports(plan.Exports));
        Close();
    }

    private static List<(string Name, Member Member)> Exports(EquatableArray<PlanExport> exports)
    {
        var members = new List<(string, Member)>(exports.Length);
        foreach (var export in exports)
            members.Add((export.Name, Member.Of(export.Item)));
        return members;
    }

    /// <summary>Members of a world or an interface, in order; functions of a resource type are with it.</summary>
    private void Members(WitScope scope, string prefix, string of, List<(string Name, Member Member)> members)
    {
        var functions = new Dictionary<string, List<ResourceFunc>>();
        foreach (var (name, member) in members)
        {
            if (member is Member.Type(PlanType.Resource))
                functions.TryAdd(name, []);
        }
        foreach (var (name, member) in members)
        {
            if (FuncOf(name, member) is { } func && functions.TryGetValue(func.Resource, out var known))
                known.Add(func);
        }
        foreach (var (name, member) in members)
        {
            if (full)
                return;
            if (member is Member.Type(PlanType.Resource(var id)))
                Resource(scope, prefix, of, name, id.Value, functions[name]);
            else if (FuncOf(name, member) is not { } func || !functions.ContainsKey(func.Resource))
                Item(scope, prefix, name, member);
        }
    }

    // Instances nest no deeper than the checker lets their types.
    private void Item(WitScope scope, string prefix, string name, Member member)
    {
        string shown = Printable.Short(name);
        switch (member)
        {
            case Member.Func(var type):
                Line($"{prefix}{shown}: {scope.Signature(type)};");
                break;
            case Member.CoreModule(var type):
                CoreModule(prefix + shown, type);
                break;
            case Member.Imported(var id):
                var imported = new List<(string, Member)>();
                foreach (var export in plan.InstanceTypes[(int)id.Value])
                    imported.Add((export.Name, Member.Of(export.Extern)));
                Interface(scope, prefix, shown, imported);
                break;
            case Member.Exported(var id):
                if (shownInstances.TryAdd(id.Value, shown))
                    Interface(scope, prefix, shown, Exports(plan.ExportedInstances[(int)id.Value]));
                else
                    Line($"{prefix}{shown}: interface; // the one that is exported as {shownInstances[id.Value]}");
                break;
            case Member.Type(var bound):
                Type(scope, prefix, name, bound);
                break;
            case Member.Component:
                Line($"{prefix}{shown}: component;");
                break;
        }
    }

    private void Interface(WitScope outer, string prefix, string shown, List<(string Name, Member Member)> members)
    {
        Open($"{prefix}{shown}: interface {{");
        Members(new WitScope(plan, names, keys, outer), "", shown, members);
        Close();
    }

    private void Resource(WitScope scope, string prefix, string of, string name, uint id, List<ResourceFunc> functions)
    {
        string shown = Printable.Short(name);
        scope.Name(id, name);
        // Another interface has it, and this one only mentions it.
        if (functions.Count == 0 && shownResources.TryGetValue(id, out var first))
        {
            string other = first.Interface.Length > 0 ? first.Interface + "." : "";
            Line(first.Name == shown ? $"{prefix}use {other}{{{shown}}};" : $"{prefix}use {other}{{{first.Name} as {shown}}};");
            return;
        }
        shownResources.TryAdd(id, (of, shown));
        if (functions.Count == 0)
        {
            Line($"{prefix}resource {shown};");
            return;
        }
        Open($"{prefix}resource {shown} {{");
        foreach (var func in functions)
        {
            if (full)
                break;
            // The parameter self, and the result of a constructor, go without saying.
            var type = func.Kind == "method" ? func.Type with { Params = func.Type.Params.Items.Skip(1).ToEquatableArray() }
                : func is { Kind: "constructor", Type.Result: ValType.Own } ? new ComponentFuncType(func.Type.Params, Result: null)
                : func.Type;
            string signature = scope.Signature(type), function = Printable.Short(func.Name);
            Line(func.Kind switch
            {
                "constructor" => $"constructor{signature["func".Length..]};",
                "static" => $"{function}: static {signature};",
                _ => $"{function}: {signature};",
            });
        }
        Close();
    }

    private void Type(WitScope scope, string prefix, string name, PlanType bound)
    {
        string shown = Printable.Short(name);
        switch (bound)
        {
            case PlanType.Value(var type):
                Type(scope, prefix, name, type);
                break;
            case PlanType.Func(var type):
                Line($"{prefix}type {shown} = {scope.Signature(type)};");
                break;
            case PlanType.Other(var isComponent):
                Line($"{prefix}type {shown} = {(isComponent ? "component" : "instance")};");
                break;
            case PlanType.Resource:
                throw new UnreachableException();
        }
    }

    private void Type(WitScope scope, string prefix, string name, ValType type)
    {
        string shown = Printable.Short(name);
        if (!TypeKeys.IsNameable(type) || scope.Named(type) is not null)
        {
            Line($"{prefix}type {shown} = {scope.Text(type)};");
            return;
        }
        switch (type)
        {
            case ValType.Record record:
                Open($"{prefix}record {shown} {{");
                foreach (var field in record.Fields)
                    Line($"{Printable.Short(field.Name)}: {scope.Text(field.Type)},");
                break;
            case ValType.Variant variant:
                Open($"{prefix}variant {shown} {{");
                foreach (var one in variant.Cases)
                    Line(one.Type is null ? $"{Printable.Short(one.Name)}," : $"{Printable.Short(one.Name)}({scope.Text(one.Type)}),");
                break;
            default:
                Open($"{prefix}{type.Keyword} {shown} {{");
                for (int i = 0; i < TypeParts.LabelCount(type); i++)
                    Line(Printable.Short(TypeParts.LabelAt(type, i)) + ",");
                break;
        }
        Close();
        scope.Name(type, name);
    }

    private void CoreModule(string what, CoreModuleTypeId? id)
    {
        if (id is not { } known)
        {
            Line($"{what}: core module;");
            return;
        }
        var types = CoreRecType.IndexSpace(plan.Tables.CoreTypes);
        var module = plan.CoreModuleTypes[(int)known.Value];
        Open($"{what}: core module {{");
        foreach (var import in module.Imports)
            Line($"import {Printable.Short(import.Module)} {Printable.Short(import.Name)}: {Core(import.Type)};");
        foreach (var export in module.Exports)
            Line($"export {Printable.Short(export.Name)}: {Core(export.Type)};");
        Close();

        string Core(CoreExternType type) => Printable.Short(CoreText.Of(type, index => types[(int)index.Value].Func!));
    }

    /// <summary>What a member named <c>[method]resource.name</c> is of which resource type; null for all others. A constructor has no name of its own.</summary>
    private static ResourceFunc? FuncOf(string name, Member member)
    {
        if (member is not Member.Func(var type) || name.Length == 0 || name[0] != '[' || name.IndexOf(']') is var close && close < 0)
            return null;
        string kind = name[1..close], label = name[(close + 1)..];
        if (kind == "constructor")
            return new(kind, label, "", type);
        int dot = label.IndexOf('.');
        return kind is "method" or "static" && dot >= 0 ? new(kind, label[..dot], label[(dot + 1)..], type) : null;
    }

    private void Open(string line)
    {
        Line(line);
        indentation++;
    }

    private void Close()
    {
        indentation--;
        Line("}");
    }

    private void Line(string line)
    {
        if (full)
            return;
        full = lines.Count >= MaxLines;
        lines.Add(full ? "… and more; plan.json has all of it" : Printable.Of(new string(' ', 2 * indentation) + line));
    }

    private sealed record ResourceFunc(string Kind, string Resource, string Name, ComponentFuncType Type);

    /// <summary>Something that is imported or exported.</summary>
    private closed record Member
    {
        private Member()
        {
        }

        public sealed record Func(ComponentFuncType FuncType) : Member;

        public sealed record CoreModule(CoreModuleTypeId? Id) : Member;

        public sealed record Imported(InstanceTypeId Id) : Member;

        public sealed record Exported(ExportedInstanceId Id) : Member;

        public sealed record Type(PlanType Bound) : Member;

        public sealed record Component : Member;

        public static Member Of(PlanExtern type) => type switch
        {
            PlanExtern.Func(var func) => new Func(func),
            PlanExtern.CoreModule(var id) => new CoreModule(id),
            PlanExtern.Instance(var id) => new Imported(id),
            PlanExtern.Type(var bound) => new Type(bound),
            PlanExtern.Component => new Component(),
        };

        public static Member Of(ExportItem item) => item switch
        {
            ExportItem.Func func => new Func(func.FuncType),
            ExportItem.CoreModule => new CoreModule(null),
            ExportItem.Instance(var id) => new Exported(id),
            ExportItem.Type(var bound) => new Type(bound),
        };
    }
}
