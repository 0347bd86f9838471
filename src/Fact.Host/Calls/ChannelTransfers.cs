using Fact.Ir;

namespace Fact.Host.Calls;

/// <summary>What adapters call to move streams, futures and error contexts from one instance to another.</summary>
internal static class ChannelTransfers
{
    /// <summary>The adapter's <c>stream.transfer</c>.</summary>
    public static uint Stream(ComponentState state, uint index, StreamTableId from, StreamTableId to) => state.AsyncValues.Lower(to, state.AsyncValues.Lift(from, index));

    /// <summary>The adapter's <c>future.transfer</c>.</summary>
    public static uint Future(ComponentState state, uint index, FutureTableId from, FutureTableId to) => state.AsyncValues.Lower(to, state.AsyncValues.Lift(from, index));

    /// <summary>The adapter's <c>error-context.transfer</c>.</summary>
    public static uint ErrorContext(ComponentState state, uint index, ErrorContextTableId from, ErrorContextTableId to) =>
        state.AsyncValues.Lower(to, state.AsyncValues.Lift(from, index));
}
