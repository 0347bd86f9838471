using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fact.Component.Plan;
using Fact.Conformance.Behaviour.Rig;
using Fact.Host;
using Fact.Ir;
using Fact.Model;
using Fact.Values;
using Wasmtime;

namespace Fact.Conformance.Fuse;

/// <summary>A host of <see cref="BorderGuests"/>: what it does is in the order in which it is asked.</summary>
/// <param name="happened">Where what happens is kept; null for a new list.</param>
internal abstract class BorderSide(List<string>? happened = null) : IDisposable
{
    public const string Things = "host:api/things@1.2.3";

    /// <summary>What has happened.</summary>
    public List<string> Happened { get; } = happened ?? [];

    /// <summary>Calls an exported function, by its path with <c>#</c>; null where it traps. Arguments are numbers, texts, handles, and lists of these.</summary>
    public object? Call(string name, params object[] arguments)
    {
        try
        {
            object? result = CallExport(name, arguments);
            Happened.Add($"{name}: {Show(result)}");
            return result;
        }
        catch (Exception trap) when (trap is SpecTrap or WasmtimeException)
        {
            Happened.Add($"{name}: trap");
            return null;
        }
    }

    /// <summary>A handle of the host's own type.</summary>
    public abstract object NewThing(uint rep);

    /// <summary>Drops a handle that a function returned.</summary>
    public abstract void Drop(object handle);

    public abstract void Dispose();

    protected abstract object? CallExport(string name, object[] arguments);

    /// <summary>What the host knows the resource of a handle by.</summary>
    protected abstract uint RepOf(object handle);

    protected abstract bool IsHandle(object value);

    /// <summary>What the host does when it is called.</summary>
    protected object? Import(string name, object[] arguments)
    {
        Happened.Add($"  {name} {string.Join(' ', arguments.Select(Show))}");
        return name switch
        {
            _ when name == "note" || name.EndsWith("#note", StringComparison.Ordinal) => null,
            Things + "#[constructor]thing" => NewThing((uint)arguments[0]),
            Things + "#[method]thing.get" => RepOf(arguments[0]) + 1,
            Things + "#swap" => ((object[])arguments[0]).Reverse().ToArray(),
            Things + "#name" => $"{arguments[1]} thing {RepOf(arguments[0])}",
            _ => throw new InvalidOperationException(name),
        };
    }

    private string Show(object? value) => value switch
    {
        null => "nothing",
        object[] list => $"[{string.Join(", ", list.Select(Show))}]",
        _ => IsHandle(value) ? $"handle {RepOf(value)}" : value.ToString()!,
    };
}

/// <summary>The component on this project's host.</summary>
internal sealed class ComponentSide : BorderSide
{
    private readonly HostEngine engine = new();
    private readonly ComponentHost host;
    private readonly ComponentInstance instance;
    private readonly ResourceType thing = new("thing");

    public ComponentSide(byte[] component)
    {
        host = ComponentHost.Open(engine, component).Match(made => made, errors => throw new InvalidOperationException(errors.ToString()));
        var imports = HostImports.None.WithResource(Things + "#thing", thing, rep => Happened.Add($"  drop thing {rep}"));
        foreach (var import in host.Imports.Where(import => import.FuncType is not null))
            imports = imports.WithFunction(import.Name, arguments => To(Import(import.Name, [.. arguments.Items.Select(From)]), import.FuncType!.Result));
        instance = host.Instantiate(imports).Match(made => made, failure => throw new InvalidOperationException(failure.ToString()));
    }

    public override object NewThing(uint rep) => HostHandle.New(thing, rep);

    public override void Drop(object handle)
    {
        Happened.Add("drop");
        instance.Drop((HostHandle)handle).IfLeft(failure => throw new SpecTrap(failure.ToString()!));
    }

    public override void Dispose()
    {
        instance.Dispose();
        host.Dispose();
        engine.Dispose();
    }

    protected override object? CallExport(string name, object[] arguments)
    {
        var type = instance.TypeOf(name)!;
        return instance.Invoke(name, [.. arguments.Select((argument, i) => To(argument, type.Params[i].Type)!)]).Match(
            result => result.MatchUnsafe<object?>(From, () => null),
            failure => throw new SpecTrap(failure.ToString()!));
    }

    protected override uint RepOf(object handle) => (uint)((HostHandle)handle).Rep;

    protected override bool IsHandle(object value) => value is HostHandle;

    private static ComponentValue? To(object? value, ValType? type) => (value, type) switch
    {
        (null, _) => null,
        (uint number, _) => new ComponentValue.U32(number),
        (string text, _) => new ComponentValue.String(text),
        (HostHandle handle, ValType.Own) => new ComponentValue.Own(handle),
        (HostHandle handle, ValType.Borrow) => new ComponentValue.Borrow(handle),
        (object[] list, ValType.List(var element)) => new ComponentValue.List(list.Select(item => To(item, element)!).ToEquatableArray()),
        _ => throw new InvalidOperationException(value.ToString()),
    };

    private static object From(ComponentValue value) => value switch
    {
        ComponentValue.U32(var number) => number,
        ComponentValue.String(var text) => text,
        ComponentValue.Own(var handle) => handle,
        ComponentValue.Borrow(var handle) => handle,
        ComponentValue.List(var list) => list.Items.Select(From).ToArray(),
        _ => throw new InvalidOperationException(value.ToString()),
    };
}

/// <summary>The core module, in an instance as the specification has it: functions are lifted and lowered by the model, which keeps the handles.</summary>
internal sealed class ModuleSide : BorderSide
{
    private readonly Engine engine = new(new Config().WithMultiMemory(true).WithMemory64(true).WithExceptions(true));
    private readonly Store store;
    private readonly Module module;
    private readonly Instance instance;
    private readonly FusedComponent fused;
    private readonly SpecInstance inside = new(), host = new();
    private readonly SpecResourceType[] types;

    public ModuleSide(FusedComponent fused, List<string>? happened = null)
        : base(happened)
    {
        this.fused = fused;
        store = new Store(engine);
        module = Module.FromBytes(engine, "fused", fused.Bytes.AsSpan());
        types = [.. fused.Plan.Tables.Resources.Items.Select((resource, i) => resource is PlanResource.Imported
            ? new SpecResourceType(host, values => Dropped(values[0].Bits))
            : new SpecResourceType(inside, values => Destroyed(new((uint)i), values)))];
        var functions = new Dictionary<string, Function>();
        foreach (var function in fused.Imports)
        {
            functions.Add($"{function.Import!.Module} {function.Import.Name}", Define(function.CoreType, arguments =>
                Canon.Lower(Implementation(function), function.Type, Options(function), inside, arguments)));
        }
        foreach (var resource in fused.Resources)
            Intrinsics(functions, resource);
        instance = new Instance(store, module, [.. module.Imports.Select(import => functions[$"{import.ModuleName} {import.Name}"])]);
        if (fused.Initialize is { } initialize)
            instance.GetAction(initialize)!();
    }

    private sealed record Handle(SpecResourceType Type, ulong Rep);

    /// <summary>How many handles the module has at the host.</summary>
    public int Handles => inside.Handles.Array.Count(handle => handle is not null);

    /// <summary>How many pages the memory has that values with handles pass through.</summary>
    public long Pages => instance.GetMemory("cm32p2_memory")!.GetSize();

    public override object NewThing(uint rep) => new Handle(types[0], rep);

    public override void Drop(object handle)
    {
        Happened.Add("drop");
        var (type, rep) = (Handle)handle;
        type.Impl.InThread(() => type.Dtor([new(CoreValType.I32, rep)]));
    }

    public override void Dispose()
    {
        store.Dispose();
        module.Dispose();
        engine.Dispose();
    }

    /// <summary>Calls an exported function with values of the model.</summary>
    public SpecValue? Lift(string name, Func<IReadOnlyList<SpecValue>> arguments)
    {
        var function = Export(name);
        var core = instance.GetFunction(function.Export!)!;
        CoreFunc? after = function.PostReturn is { } post ? values => Core.Call(instance.GetFunction(post)!, values) : null;
        SpecValue? result = null;
        Canon.Lift(values => Core.Call(core, values), function.Type, Options(function) with { PostReturn = after }, inside)(
            arguments,
            results => result = results is [var only] ? only : null);
        return result;
    }

    protected override object? CallExport(string name, object[] arguments)
    {
        var function = Export(name);
        var result = Lift(name, () => [.. arguments.Select((argument, i) => To(argument, function.Type.Params[i].Type, function.StringEncoding))]);
        return result is null ? null : From(result);
    }

    private FusedFunction Export(string name) => fused.Exports.Items.First(export => string.Join('#', export.Path) == name);

    protected override uint RepOf(object handle) => (uint)((Handle)handle).Rep;

    protected override bool IsHandle(object value) => value is Handle;

    private IReadOnlyList<CoreValue> Dropped(ulong rep)
    {
        Happened.Add($"  drop thing {rep}");
        return [];
    }

    private IReadOnlyList<CoreValue> Destroyed(RuntimeResourceId id, IReadOnlyList<CoreValue> values) =>
        fused.Resources.Items.First(resource => resource.Resource == id).Destructor is { } name
            ? Core.Call(instance.GetFunction(name)!, [new CoreValue(RepOf(id), values[0].Bits)])
            : [];

    private CoreValType RepOf(RuntimeResourceId id) => fused.Plan.Tables.Resources[(int)id.Value] is PlanResource.Defined defined ? defined.Rep : CoreValType.I32;

    private void Intrinsics(Dictionary<string, Function> functions, FusedResource resource)
    {
        var type = types[resource.Resource.Value];
        var representation = RepOf(resource.Resource);
        CoreFuncType making = new([representation], [CoreValType.I32]), looking = new([CoreValType.I32], [representation]), none = new([CoreValType.I32], []);
        if (resource.Drop is { } drop)
        {
            functions.Add($"{drop.Module} {drop.Name}", Define(none, values =>
            {
                Canon.ResourceDrop(inside, type, (uint)values[0].Bits);
                return [];
            }));
        }
        if (resource.New is { } make)
            functions.Add($"{make.Module} {make.Name}", Define(making, values => [new(CoreValType.I32, Canon.ResourceNew(inside, type, values[0].Bits))]));
        if (resource.Rep is { } rep)
            functions.Add($"{rep.Module} {rep.Name}", Define(looking, values => [new(representation, Canon.ResourceRep(inside, type, (uint)values[0].Bits))]));
    }

    private FuncInst Implementation(FusedFunction function) => (onStart, onResolve) =>
    {
        object? result = Import(string.Join('#', function.Path), [.. onStart().Select(From)]);
        onResolve(result is null ? [] : [To(result, function.Type.Result!, StringEncoding.Utf8)]);
    };

    private SpecOptions Options(FusedFunction function)
    {
        MemInst memory = function.Memory is { } name ? new EngineMemory(() => instance.GetMemory(name)!) : new ByteMemory(is64: false, []);
        return new SpecOptions(
            function.StringEncoding,
            memory,
            (old, oldSize, alignment, size) => (uint)(int)instance.GetFunction(function.Realloc!)!.Invoke((int)old, (int)oldSize, (int)alignment, (int)size)!,
            table => types[fused.Plan.Tables.ResourceTables[(int)table].Resource.Value]);
    }

    private SpecValue To(object value, ValType type, StringEncoding encoding) => (value, type) switch
    {
        (uint number, _) => new SpecValue.Bits(number),
        (string text, _) => new SpecValue.Text(text, StringEncoding.Utf8, (ulong)Encoding.UTF8.GetByteCount(text)),
        (Handle handle, ValType.Own(var table)) => new SpecValue.Handle(TransferKind.Own, handle.Rep, table.Value),
        (Handle handle, ValType.Borrow(var table)) => new SpecValue.Handle(TransferKind.Borrow, handle.Rep, table.Value),
        (object[] list, ValType.List(var element)) => new SpecValue.List(list.Select(item => To(item, element, encoding)).ToEquatableArray()),
        _ => throw new InvalidOperationException(value.ToString()),
    };

    private object From(SpecValue value) => value switch
    {
        SpecValue.Bits(var number) => (uint)number,
        SpecValue.Text(var text, _, _) => text,
        SpecValue.Handle(_, var rep, var table) => new Handle(types[fused.Plan.Tables.ResourceTables[(int)table].Resource.Value], rep),
        SpecValue.List(var list) => list.Items.Select(From).ToArray(),
        _ => throw new InvalidOperationException(value.ToString()),
    };

    private Function Define(CoreFuncType type, Func<IReadOnlyList<CoreValue>, IReadOnlyList<CoreValue>> body) => Function.FromCallback(
        store,
        (_, arguments, results) =>
        {
            var values = body(Core.Values(arguments, type.Params));
            for (int i = 0; i < values.Count; i++)
                results[i] = Core.Box(values[i]);
        },
        Core.Kinds(type.Params),
        Core.Kinds(type.Results));

    private sealed class EngineMemory(Func<Memory> memory) : MemInst(is64: false)
    {
        public override ulong Length => (ulong)memory().GetLength();

        public override ReadOnlySpan<byte> Read(ulong at, ulong size) => memory().GetSpan((long)at, (int)size).ToArray();

        public override void Write(ulong at, ReadOnlySpan<byte> bytes) => bytes.CopyTo(memory().GetSpan((long)at, bytes.Length));
    }
}
