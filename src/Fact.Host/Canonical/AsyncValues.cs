using System;
using Fact.Component.Plan;
using Fact.Host.Outside;
using Fact.Host.Tasks;
using Fact.Ir;
using Fact.Values;

namespace Fact.Host.Canonical;

/// <summary>An error context among the handles of an instance. Spec: <c>ErrorContext</c>.</summary>
internal sealed record ErrorContextHandle(string DebugMessage);

/// <summary>Moves streams, futures and error contexts out of the handles of instances and into them.</summary>
/// <param name="tables">What tables in types are.</param>
/// <param name="instances">The instances.</param>
/// <param name="resourceType">What tables of resources stand for.</param>
/// <param name="embedder">What .NET code has to do with the component.</param>
internal sealed class AsyncValues(
    PlanTables tables, Func<InstanceId, TaskInstance> instances, Func<ResourceTableId, ResourceType> resourceType, Embedder embedder)
{
    /// <summary>What a table of streams is.</summary>
    public ChannelTable Of(StreamTableId table) => tables.StreamTables[(int)table.Value];

    /// <summary>What a table of futures is.</summary>
    public ChannelTable Of(FutureTableId table) => tables.FutureTables[(int)table.Value];

    /// <summary>The instance that has a table.</summary>
    public TaskInstance Instance(ErrorContextTableId table) => instances(tables.ErrorContextTables[(int)table.Value]);

    /// <summary>Spec: <c>none_or_number_type</c>.</summary>
    public static bool IsNumeric(ValType? element) =>
        element is null or ValType.Primitive { Type: not (PrimitiveType.Bool or PrimitiveType.Char or PrimitiveType.String) };

    /// <summary>Spec: <c>lift_stream</c>.</summary>
    public Channel Lift(StreamTableId table, uint index) => ChannelBuiltins.Lift(instances(Of(table).Instance), isStream: true, table.Value, index);

    /// <summary>Spec: <c>lift_future</c>.</summary>
    public Channel Lift(FutureTableId table, uint index) => ChannelBuiltins.Lift(instances(Of(table).Instance), isStream: false, table.Value, index);

    /// <summary>Spec: <c>lift_error_context</c>.</summary>
    public ErrorContextHandle Lift(ErrorContextTableId table, uint index) =>
        Instance(table).Handles.Get(index) as ErrorContextHandle ?? throw Handles.WrongKind(index, "an error context");

    /// <summary>Spec: <c>lower_stream</c>.</summary>
    public uint Lower(StreamTableId table, Channel stream) => ChannelBuiltins.Lower(instances(Of(table).Instance), isStream: true, table.Value, stream);

    /// <summary>Spec: <c>lower_future</c>.</summary>
    public uint Lower(FutureTableId table, Channel future) => ChannelBuiltins.Lower(instances(Of(table).Instance), isStream: false, table.Value, future);

    /// <summary>Spec: <c>lower_error_context</c>.</summary>
    public uint Lower(ErrorContextTableId table, ErrorContextHandle context) => Instance(table).Handles.Add(context);

    /// <summary>A stream, future or error context as a value. Spec: <c>load</c> of these.</summary>
    public ComponentValue Lift(ValType type, uint index) => type switch
    {
        ValType.Stream t => new ComponentValue.Stream(new HostStream(new GuestEnd(embedder, Lift(t.Table, index)), Of(t.Table).Element)),
        ValType.Future t => new ComponentValue.Future(new HostFuture(new GuestEnd(embedder, Lift(t.Table, index)), Of(t.Table).Element)),
        ValType.ErrorContext t => new ComponentValue.ErrorContext(Lift(t.Table, index).DebugMessage),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The handle of a stream, future or error context. Spec: <c>store</c> of these.</summary>
    public uint Lower(ValType type, ComponentValue value) => (type, value) switch
    {
        (ValType.Stream t, ComponentValue.Stream v) => Lower(t.Table, ChannelOf(v.Value, true, Of(t.Table).Element)),
        (ValType.Future t, ComponentValue.Future v) => Lower(t.Table, ChannelOf(v.Value, false, Of(t.Table).Element)),
        (ValType.ErrorContext t, ComponentValue.ErrorContext v) => Lower(t.Table, new ErrorContextHandle(v.DebugMessage)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What a guest is given for an end that .NET code had: the channel itself, where it is one of this component, or one that is written from
    /// outside.</summary>
    private Channel ChannelOf(HostEnd end, bool isStream, ValType? element)
    {
        var source = end.Take() ?? throw new TrapSignal($"the {end} was given away, or is being read");
        if ((source as GuestEnd)?.TakeFor(embedder) is { } channel)
            return channel;
        var writer = new HostWriter(embedder, isStream, element, source, resourceType);
        writer.Start();
        return writer.Channel;
    }
}
