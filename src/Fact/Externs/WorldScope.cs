using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Externs;

/// <summary>
/// Whether imports and exports are those of a world. An interface mentions its own types, some of which may be those of other interfaces, used by a name of its own;
/// these have a full name, and are imported or exported before, and no package uses itself by way of others; what is exported uses the exported one where there are
/// both, which then are one interface. The world mentions its own types and uses others in the same way. Spec: <c>design/mvp/WIT.md</c>.
/// </summary>
internal sealed class WorldScope
{
    private readonly EncodeBudget budget;
    private readonly Dictionary<object, Home> homes = new(ReferenceEqualityComparer.Instance);
    private readonly MentionableTypes world = new();
    private readonly Dictionary<string, byte[]> imported = [];
    private readonly HashSet<(string User, string Used)> uses = [];
    private readonly HashSet<string> exported;

    private WorldScope(ExternLists lists, EncodeBudget budget)
    {
        this.budget = budget;
        exported = [.. lists.Exports.Items.Where(export => export.Node is ExternNode.Instance).Select(export => export.Name.Name)];
    }

    /// <summary>Whether a world has them.</summary>
    /// <param name="lists">All imports and exports.</param>
    /// <param name="budget">How much may be looked at.</param>
    public static bool Has(ExternLists lists, EncodeBudget budget)
    {
        var scope = new WorldScope(lists, budget);
        return lists.Imports.Items.All(import => scope.Add(import, isExport: false)) && lists.Exports.Items.All(export => scope.Add(export, isExport: true))
            && scope.PackagesAreInOrder();
    }

    // No package needs itself by way of others.
    private bool PackagesAreInOrder()
    {
        var left = uses.Select(use => use.User).GroupBy(user => user).ToDictionary(group => group.Key, group => group.Count());
        var users = uses.ToLookup(use => use.Used, use => use.User);
        var waiting = new Stack<string>(uses.Select(use => use.Used).Distinct().Where(package => !left.ContainsKey(package)));
        while (waiting.TryPop(out string? package))
        {
            foreach (string user in users[package])
            {
                if (--left[user] == 0)
                    waiting.Push(user);
            }
        }
        return left.Values.All(count => count == 0);
    }

    private bool Add(ExternItem item, bool isExport)
    {
        if (!budget.Spend(1) || item.Name.Name.Contains('=', StringComparison.Ordinal))
            return false;
        switch (item.Node)
        {
            case ExternNode.Type(var type):
                if (isExport || !IsDefined(type, world, new Home(null, isExport)))
                    return false;
                world.Types.Add(type);
                Keep(type, new Home(null, isExport));
                return true;
            case ExternNode.Func(var func):
                return MentionsOnly(world, [func]);
            case ExternNode.Instance(var instance):
                return Add(instance, new Home(item.Name.Name, isExport));
            case ExternNode.Component or ExternNode.CoreModule:
                return false;
            default:
                throw new UnreachableException();
        }
    }

    private bool Add(ExternInstance instance, Home home)
    {
        var own = new MentionableTypes();
        foreach (var member in instance.Exports)
        {
            if (member.Node is ExternNode.Type(var type))
            {
                if (!IsDefined(type, own, home))
                    return false;
                own.Types.Add(type);
            }
            else if (member.Node is not ExternNode.Func(var func) || !MentionsOnly(own, [func]))
            {
                return false;
            }
        }
        if (exported.Contains(home.Interface!) && IsFull(home))
        {
            byte[] form = Form(instance, own.Types);
            if (!home.IsExport)
                imported.Add(home.Interface!, form);
            else if (imported.TryGetValue(home.Interface!, out byte[]? other) && !form.AsSpan().SequenceEqual(other))
                return false;
        }
        homes.TryAdd(instance, home);
        foreach (var type in own.Types)
            Keep(type, home);
        return true;
    }

    private void Keep(TypeNode type, Home home)
    {
        homes.TryAdd(type, home);
        while (type is TypeNode.Named(var of) && budget.Spend(1))
            type = of;
        if (type is TypeNode.Resource)
            homes.TryAdd(type, home);
    }

    private bool Find(TypeNode type, out Home? home) =>
        homes.TryGetValue(type, out home) || (type.Owner is { } owner && homes.TryGetValue(owner, out home));

    // Whether a type is another of its own, one that may be used, or a new one.
    private bool IsDefined(TypeNode type, MentionableTypes own, Home from)
    {
        for (var at = type; budget.Spend(1);)
        {
            if (own.Types.Contains(at))
                return true;
            if (Find(at, out var home))
                return Use(home!, from);
            if (at is not TypeNode.Named(var of))
                return at is TypeNode.Resource || (at is TypeNode.Value && MentionsOnly(own, TypeBody.Parts(at)));
            at = of;
        }
        return false;
    }

    private bool Use(Home home, Home from)
    {
        if (!IsFull(home) || (from.IsExport && !home.IsExport && exported.Contains(home.Interface!)))
            return false;
        if (IsFull(from) && (Package(from), Package(home)) is var (user, used) && user != used)
            uses.Add((user, used));
        return true;
    }

    // The name without that of the interface: "a:b/c@1.2.3" is of "a:b@1.2.3".
    private static string Package(Home home)
    {
        string name = home.Interface!;
        int slash = name.IndexOf('/', StringComparison.Ordinal), version = name.IndexOf('@', StringComparison.Ordinal);
        return name[..slash] + (version < 0 ? "" : name[version..]);
    }

    private static bool IsFull(Home home) => home.Interface is { } name && name.Contains(':', StringComparison.Ordinal);

    private bool MentionsOnly(MentionableTypes own, IEnumerable<TypeNode> nodes)
    {
        var waiting = new Stack<TypeNode>(nodes);
        while (waiting.TryPop(out var next))
        {
            if (own.Types.Contains(next) || !own.Seen.Add(next))
                continue;
            if (!budget.Spend(TypeBody.Size(next)) || next is TypeNode.Resource || Find(next, out _))
                return false;
            if (next is TypeNode.Named(var of))
                waiting.Push(of);
            foreach (var part in TypeBody.Parts(next))
                waiting.Push(part);
        }
        return true;
    }

    // What an interface is, by its own names: the same bytes for the same interface. Types without a name are what they are made of.
    private byte[] Form(ExternInstance instance, HashSet<TypeNode> own)
    {
        var sink = new Sink();
        var numbers = new Dictionary<TypeNode, uint>(ReferenceEqualityComparer.Instance);
        var structures = new Dictionary<string, uint>();
        uint count = 0;
        foreach (var member in instance.Exports)
        {
            if (budget.Error is not null)
                break;
            sink.Name(member.Name.Name);
            var type = member.Node is ExternNode.Type(var node) ? node : ((ExternNode.Func)member.Node).FuncType;
            var at = type;
            while (at is TypeNode.Named(var of) && (ReferenceEquals(at, type) || !(own.Contains(at) || Find(at, out _))) && budget.Spend(1))
                at = of;
            if (!ReferenceEquals(at, type) && Find(at, out var home))
            {
                sink.Byte(0);
                sink.Name(home!.Interface ?? "");
                sink.Name(at.Name);
            }
            else if (at is TypeNode.Resource && numbers.TryAdd(at, count))
            {
                sink.Byte(1);
            }
            else if (Number(at))
            {
                sink.Byte(2);
                sink.Unsigned(numbers[at]);
            }
            numbers.TryAdd(type, count++);
        }
        return sink.Written.ToArray();

        bool Number(TypeNode type)
        {
            var waiting = new Stack<TypeNode>([type]);
            while (waiting.TryPeek(out var next))
            {
                if (numbers.ContainsKey(next))
                {
                    waiting.Pop();
                    continue;
                }
                if (!budget.Spend(TypeBody.Size(next)))
                    return false;
                var missing = (next is TypeNode.Named(var of) ? [of] : TypeBody.Parts(next)).Where(part => !numbers.ContainsKey(part)).ToList();
                missing.ForEach(waiting.Push);
                if (missing.Count > 0)
                    continue;
                waiting.Pop();
                if (next is TypeNode.Named(var same))
                {
                    numbers.Add(next, numbers[same]);
                    continue;
                }
                var structure = new Sink();
                TypeBody.Write(structure, next, part => numbers[part]);
                string key = Convert.ToHexString(structure.Written);
                if (!structures.TryGetValue(key, out uint number))
                {
                    structures.Add(key, number = count++);
                    sink.Name(key);
                }
                numbers.Add(next, number);
            }
            return true;
        }
    }

    // The types that can be mentioned, and those whose parts were looked at: what was found right stays right.
    private sealed class MentionableTypes
    {
        public HashSet<TypeNode> Types { get; } = new(ReferenceEqualityComparer.Instance);

        public HashSet<TypeNode> Seen { get; } = new(ReferenceEqualityComparer.Instance);
    }

    // The name of the interface; null for the world itself.
    private sealed record Home(string? Interface, bool IsExport);
}
