using System;

namespace Fact.Ir;

/// <summary>A core module whose every index is known: what the encoder serialises and the printer shows.</summary>
/// <param name="Types">The function types, each once.</param>
/// <param name="Imports">The imports in the order of the module.</param>
/// <param name="Funcs">The functions that it defines, in the order of their indices.</param>
/// <param name="Exports">The exported functions in the order of the module.</param>
internal sealed record ResolvedModule(
    EquatableArray<CoreFuncType> Types,
    EquatableArray<ResolvedImport> Imports,
    EquatableArray<ResolvedFunc> Funcs,
    EquatableArray<ResolvedExport> Exports)
{
    /// <summary>What it has of its own beside functions, after what it imports of each kind; exports of these come after those of functions.</summary>
    public ResolvedItems Own { get; init; } = ResolvedItems.None;
}

/// <summary>What a resolved module has of its own beside functions.</summary>
/// <param name="Items">The items.</param>
/// <param name="Exports">Those that are exported.</param>
/// <param name="Data">What its memories begin with.</param>
internal sealed record ResolvedItems(ModuleItems Items, EquatableArray<ResolvedItemExport> Exports, EquatableArray<ResolvedData> Data)
{
    /// <summary>Nothing.</summary>
    public static ResolvedItems None { get; } = new(ModuleItems.None, [], []);
}

/// <summary>An export that is no function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Its position in the index space of its kind.</param>
internal sealed record ResolvedItemExport(string Name, CoreExternKind Kind, uint Index);

/// <summary>An active data segment.</summary>
internal sealed record ResolvedData(CoreMemoryIdx Memory, DataSegment Segment);

/// <summary>An import of a resolved module.</summary>
/// <param name="Module">The first name.</param>
/// <param name="Name">The second name; no two imports have both names in common.</param>
/// <param name="Type">What is imported.</param>
/// <param name="Denotes">What a host must provide.</param>
internal sealed record ResolvedImport(string Module, string Name, CoreExternType Type, Import Denotes);

/// <summary>A function of a resolved module.</summary>
/// <param name="Symbolic">What it was before resolution: its name, its code and the slots of its locals stay.</param>
/// <param name="Type">Its type.</param>
/// <param name="Indices">The index of each symbol of the program that the code names. Spec: <c>memidx</c>, <c>globalidx</c>, <c>funcidx</c>, <c>typeidx</c>.</param>
internal readonly record struct ResolvedFunc(SymbolicFunc Symbolic, CoreTypeIdx Type, EquatableArray<uint> Indices)
{
    /// <summary>The bytes of the instructions, where that is known without looking at them.</summary>
    public int? Bytes
    {
        get => knownBytes > 0 ? knownBytes - 1 : null;
        init => knownBytes = value + 1 ?? 0;
    }

    private readonly int knownBytes;

    /// <summary>Its locals after the parameters, one for each slot.</summary>
    public EquatableArray<CoreValType> Locals => Code.Slots.Types;

    /// <summary>The indices that the code stands for.</summary>
    public Numbering Numbering => new(Code.Slots.Of, Indices);

    /// <summary>What a reader calls it.</summary>
    public string Name => Symbolic.Name;

    /// <summary>Its code, as it was before resolution.</summary>
    public CompactCode Code => Symbolic.Code;

    /// <summary>The instructions of it, made anew each time.</summary>
    public EquatableArray<Instr> Body => Symbolic.Body;

    /// <summary>A name for each slot, parameters included: that of the first local that took it. Made anew each time, since few modules have names.</summary>
    public EquatableArray<string> LocalNames
    {
        get
        {
            var (slots, locals) = (Numbering.Slots, Symbolic.Locals);
            var writer = new CodeWriter();
            writer.Write(Body, Symbolic.Type.Params.Length, locals.AsSpan());
            var names = new string[Symbolic.Type.Params.Length + Locals.Length];
            for (int i = 0; i < writer.Ranges.Count; i++)
                Name(writer.Ranges[i].Local.Value);
            for (int local = 0; local < slots.Length; local++)
                Name(local);
            return names.ToEquatableArray();

            void Name(int local)
            {
                if (slots[local] >= 0)
                    names[slots[local]] ??= locals[local].Name;
            }
        }
    }
}

/// <summary>An exported function.</summary>
internal sealed record ResolvedExport(string Name, CoreFuncIdx Func);
