using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>Numbers what a module has of its own beside functions: after what it imports of each kind.</summary>
internal static class OwnItems
{
    /// <summary>The items with their exports and what their memories begin with.</summary>
    /// <param name="items">The items.</param>
    /// <param name="imports">The imports of the module, all of them.</param>
    public static ResolvedItems Resolve(ModuleItems items, ImportTable imports)
    {
        if (items == ModuleItems.None)
            return ResolvedItems.None;
        var exports = new List<ResolvedItemExport>();
        var data = new List<ResolvedData>();
        for (int i = 0; i < items.Tables.Length; i++)
            Export(items.Tables[i].Export, CoreExternKind.Table, (uint)i);
        for (int i = 0; i < items.Memories.Length; i++)
        {
            uint index = imports.Memories + (uint)i;
            Export(items.Memories[i].Export, CoreExternKind.Memory, index);
            foreach (var segment in items.Memories[i].Data)
                data.Add(new(new(index), segment));
        }
        for (int i = 0; i < items.Globals.Length; i++)
            Export(items.Globals[i].Export, CoreExternKind.Global, imports.Globals + (uint)i);
        return new(items, exports.ToEquatableArray(), data.ToEquatableArray());

        void Export(string? name, CoreExternKind kind, uint index)
        {
            if (name is not null)
                exports.Add(new(name, kind, index));
        }
    }
}
