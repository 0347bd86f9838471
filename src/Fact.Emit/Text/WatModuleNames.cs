using Fact.Ir;

namespace Fact.Emit;

/// <summary>The identifiers of a module's index spaces. An import is called by both its names, a type by its index.</summary>
internal sealed class WatModuleNames
{
    public WatModuleNames(ResolvedModule module)
    {
        for (int i = 0; i < module.Types.Length; i++)
            Types.Add($"type{i}");
        foreach (var import in module.Imports)
        {
            var names = import.Type switch
            {
                CoreExternType.Func => Funcs,
                CoreExternType.Memory => Memories,
                CoreExternType.Global => Globals,
                CoreExternType.Table => Tables,
                CoreExternType.Tag => Tags,
            };
            names.Add($"{import.Module}.{import.Name}");
        }
        foreach (var func in module.Funcs)
            Funcs.Add(func.Name);
        foreach (var table in module.Own.Items.Tables)
            Tables.Add(table.Name);
        foreach (var memory in module.Own.Items.Memories)
            Memories.Add(memory.Name);
        foreach (var global in module.Own.Items.Globals)
            Globals.Add(global.Name);
    }

    public WatNames Types { get; } = new();

    public WatNames Funcs { get; } = new();

    public WatNames Memories { get; } = new();

    public WatNames Globals { get; } = new();

    public WatNames Tables { get; } = new();

    public WatNames Tags { get; } = new();
}
