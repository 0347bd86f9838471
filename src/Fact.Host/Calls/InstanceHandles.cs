using Fact.Host.Resources;
using Fact.Host.Tasks;
using Fact.Ir;

namespace Fact.Host.Calls;

/// <summary>The handles of an instance for what is no resource: in one index space with its resources.</summary>
internal sealed class InstanceHandles(ResourceTables tables, InstanceId instance) : IHandles
{
    /// <inheritdoc/>
    public uint Add(object entry) => tables.Add(instance, entry).IfLeft(trap => throw new TrapSignal(trap));

    /// <inheritdoc/>
    public object Get(uint index) => tables.Get(instance, index).IfLeft(trap => throw new TrapSignal(trap));

    /// <inheritdoc/>
    public void Remove(uint index) => tables.Remove(instance, index);
}
