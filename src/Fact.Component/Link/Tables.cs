using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>
/// Numbers resource types, tables and result tuples, each in the order in which linking first needs it, and makes the types
/// that carry the numbers. A component instance has one table for each resource type, each element type of streams and of
/// futures, and one for error contexts.
/// </summary>
internal sealed class Tables
{
    private readonly List<PlanResource> resources = [];
    private readonly Interned<ResourceTable> resourceTables = new();
    private readonly Interned<ChannelTable> streamTables = new();
    private readonly Interned<ChannelTable> futureTables = new();
    private readonly Interned<InstanceId> errorContextTables = new();
    private readonly Interned<EquatableArray<ValType>> resultTuples = new();

    /// <summary>Adds a resource type.</summary>
    public RuntimeResourceId Add(PlanResource resource)
    {
        resources.Add(resource);
        return new RuntimeResourceId((uint)resources.Count - 1);
    }

    /// <summary>The table that a component instance has for a resource type.</summary>
    public ResourceTableId Table(InstanceId instance, RuntimeResourceId resource) =>
        new(resourceTables.Number(new ResourceTable(instance, resource)));

    /// <summary>The table that a component instance has for streams of an element type.</summary>
    public StreamTableId Stream(InstanceId instance, ValType? element) => new(streamTables.Number(new ChannelTable(instance, element)));

    /// <summary>The table that a component instance has for futures of an element type.</summary>
    public FutureTableId Future(InstanceId instance, ValType? element) => new(futureTables.Number(new ChannelTable(instance, element)));

    /// <summary>The table that a component instance has for error contexts.</summary>
    public ErrorContextTableId ErrorContext(InstanceId instance) => new(errorContextTables.Number(instance));

    /// <summary>The number of a function's results.</summary>
    public ResultTupleId Results(ValType? result) => new(resultTuples.Number(result is null ? [] : [result]));

    /// <summary>The types that component instances see, each once.</summary>
    public TypeInterner Types { get; } = new();

    /// <summary>All of it, as a plan has it.</summary>
    /// <param name="coreTypes">The core types that it mentions.</param>
    public PlanTables ToPlan(EquatableArray<CoreRecType> coreTypes) => new(
        resources.Seal(),
        resourceTables.ToArray(),
        streamTables.ToArray(),
        futureTables.ToArray(),
        errorContextTables.ToArray(),
        resultTuples.ToArray(),
        coreTypes);
}
