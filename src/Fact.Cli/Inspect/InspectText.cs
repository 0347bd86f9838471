using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Component.Plan;
using Fact.Ir;
using static System.FormattableString;

namespace Fact.Cli.Inspect;

/// <summary>The report on a component for people.</summary>
internal static class InspectText
{
    // Of more than that nobody reads a list; programs get all of it.
    private const int MaxListed = 10_000;

    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter to, string input, CompiledComponent component, ReportNames names, IReadOnlyList<AdapterReport> adapters)
    {
        var plan = component.Plan;
        int leftOut = adapters.Count(report => report.Module is null);
        string without = leftOut == 0 ? "" : Invariant($", {leftOut} of them left out");
        string modules = Count(plan.AdapterModules.Length, "module"), instances = Count(plan.Instances.Length, "component instance");
        to.Write(Invariant($"{Printable.Of(input)}: {Count(adapters.Count, "adapter")} in {modules}{without}, {instances}\n"));
        to.Write("\n");
        foreach (string line in WitText.Of(plan, names))
            to.Write(line + "\n");
        foreach (var report in adapters.Take(MaxListed))
        {
            string name = report.Func is null ? "" : $" \"{report.Func}\"";
            to.Write($"\n{report.Adapter.Name}{Printable.Of(name)}: {Printable.Of(report.Signature)}\n");
            to.Write("  caller  " + Side(report.Adapter.Lower, names) + "\n");
            to.Write("  callee  " + Side(report.Adapter.Lift, names) + "\n");
            to.Write("  host    " + Host(report) + "\n");
            to.Write("  in      " + Place(report) + "\n");
        }
        Rest(to, "", adapters.Count);
        if (component.Runtime is { } runtime)
            Runtime(to, RuntimeReport.Of(plan, runtime));
        if (plan.Instances.Length > 1)
        {
            to.Write("\ninstances\n");
            for (int i = 0; i < plan.Instances.Length && i < MaxListed; i++)
                to.Write(Invariant($"  {i}: {Instance(plan.Instances[i], names)}\n"));
            Rest(to, "  ", plan.Instances.Length);
        }
        if (plan.Tables.Resources.Length > 0)
        {
            to.Write("\nresources\n");
            for (int i = 0; i < plan.Tables.Resources.Length && i < MaxListed; i++)
                to.Write($"  {Printable.Of(names.Resource(i))}: {Printable.Of(Resource(plan.Tables.Resources[i], names))}\n");
            Rest(to, "  ", plan.Tables.Resources.Length);
        }
    }

    private static void Runtime(TextWriter to, RuntimeReport report)
    {
        to.Write("\nruntime module, before all others\n");
        const string OfAdapters = "resource.transfer-own, transfer-borrow, enter-call and exit-call of adapters";
        to.Write(Invariant($"  keeps   {Count(report.Tables, "resource table")}: {OfAdapters}, {Count(report.Builtins, "built-in")}\n"));
        var needs = new List<string>();
        if (report.Flags > 0)
            needs.Add("flags of " + Count(report.Flags, "instance"));
        if (report.Drops > 0)
            needs.Add("what to do when resources of " + Count(report.Drops, "type") + " are dropped");
        to.Write($"  host    {(needs.Count == 0 ? "nothing" : string.Join("; ", needs))}\n");
    }

    // That a list goes on.
    private static void Rest(TextWriter to, string indentation, int count)
    {
        if (count > MaxListed)
            to.Write(Invariant($"{indentation}… and {count - MaxListed} more; --json has all of them\n"));
    }

    /// <summary>The module that an adapter is in, and how much of it.</summary>
    public static string Place(AdapterReport report)
    {
        if (report.Module is not { } module)
            return "no module: the caller is linked to the callee";
        string helpers = report.HelperBytes == 0 ? "" : Invariant($", and {report.HelperBytes} of helpers that it is the first to need");
        return Invariant($"adapters-{module}: {report.Bytes} bytes{helpers}");
    }

    /// <summary>A side of an adapter: its instance and options.</summary>
    public static string Side(AdapterSide side, ReportNames names)
    {
        var options = side.Options;
        var words = new List<string>
        {
            Printable.Of(names.Instance(side.Instance.Id)),
            options.Async ? "async" : "sync",
            EncodingNames.Of(options.StringEncoding),
            options.Memory is { } memory ? Memory(memory.Type) : "no memory",
        };
        if (options.Realloc is not null)
            words.Add("realloc");
        if (options.Callback is not null)
            words.Add("callback");
        if (options.PostReturn is not null)
            words.Add("post-return");
        if (options.DataModel == DataModel.Gc)
            words.Add("gc");
        return string.Join(", ", words);
    }

    private static string Memory(CoreMemoryType type)
    {
        string text = type.Is64 ? "64-bit memory" : "32-bit memory";
        return type.PageSizeLog2 == 16 ? text : Invariant($"{text} with pages of {1L << type.PageSizeLog2} bytes");
    }

    /// <summary>What an adapter needs of its host.</summary>
    public static string Host(AdapterReport report)
    {
        string flags = report.Flags.IsEmpty ? "" : "flags of " + string.Join(", ", report.Flags.Items.Select(flag => Invariant($"instance{flag}")));
        return string.Join("; ", new[] { flags, string.Join(", ", report.Intrinsics.Items) }.Where(part => part.Length > 0)) is { Length: > 0 } needs
            ? needs
            : "nothing";
    }

    private static string Instance(PlanInstance instance, ReportNames names)
    {
        string name = instance.Name is null ? "" : Printable.Of($"\"{Printable.Short(instance.Name)}\", ");
        return instance.Parent is { } parent
            ? Invariant($"{name}of the component at 0x{instance.Offset:x}, in {Printable.Of(names.Instance(parent))}")
            : name + "the root";
    }

    private static string Resource(PlanResource resource, ReportNames names) => resource switch
    {
        PlanResource.Imported imported => "imported as " + names.Import(imported.Item),
        PlanResource.Defined defined => "defined by " + names.Instance(defined.Instance) + (defined.Dtor is null ? "" : ", with a destructor"),
    };

    private static string Count(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
