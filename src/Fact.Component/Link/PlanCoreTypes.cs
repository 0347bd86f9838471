using System.Collections.Generic;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Types;
using Fact.Ir;

namespace Fact.Component.Link;

/// <summary>Numbers the core types that a plan mentions, and no others: in the order of the check's table, so that groups come after those that they refer to.</summary>
internal sealed class PlanCoreTypes
{
    private readonly CoreTypeTable table;
    private readonly CoreTypeMap map;
    private readonly Dictionary<uint, uint> numbers = [];
    private readonly List<CoreRecType> groups = [];

    /// <param name="table">The types of the check.</param>
    public PlanCoreTypes(CoreTypeTable table) => (this.table, map) = (table, new CoreTypeMap(Number));

    /// <summary>The recursion groups so far.</summary>
    public EquatableArray<CoreRecType> Groups => groups.Seal();

    /// <summary>The type of an import or export, with indices of the plan.</summary>
    public CoreExternType Of(CoreExternType type) => map.Apply(type);

    private uint Number(uint type)
    {
        if (numbers.TryGetValue(type, out uint number))
            return number;
        foreach (uint first in NewGroups(table[type].First))
        {
            int length = table[first].GroupLength;
            var types = new CoreSubType[length];
            for (uint i = 0; i < length; i++)
                numbers.Add(first + i, (uint)numbers.Count);
            for (uint i = 0; i < length; i++)
                types[i] = map.Apply(table[first + i].Type);
            groups.Add(new CoreRecType(types.Seal(), IsExplicit: length > 1));
        }
        return numbers[type];
    }

    // A group that has no number yet, and those without that it refers to, itself or through others.
    private SortedSet<uint> NewGroups(uint group)
    {
        var found = new SortedSet<uint> { group };
        var pending = new Stack<uint>([group]);
        var visit = new CoreTypeMap(index =>
        {
            uint mentioned = table[index].First;
            if (!numbers.ContainsKey(mentioned) && found.Add(mentioned))
                pending.Push(mentioned);
            return index;
        });
        while (pending.TryPop(out uint first))
        {
            for (uint i = 0; i < table[first].GroupLength; i++)
                visit.Apply(table[first + i].Type);
        }
        return found;
    }
}
