using System;
using System.Collections.Immutable;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Fuse;
using Fact.Ir;
using LanguageExt;

namespace Fact;

/// <summary>A component as one core module, and how to call it.</summary>
public sealed record FusedComponent
{
    internal FusedComponent(
        LinkPlan plan,
        ImmutableArray<byte> bytes,
        EquatableArray<FusedFunction> imports,
        EquatableArray<FusedFunction> exports,
        EquatableArray<FusedResource> resources,
        string? initialize,
        EquatableArray<string> dropped) =>
        (Plan, Bytes, Imports, Exports, Resources, Initialize, Dropped) = (plan, bytes, imports, exports, resources, initialize, dropped);

    /// <summary>How many bytes at the end of the module are the custom section that says what type the component had; 0 where there is none.</summary>
    internal int TypeSectionLength { get; private init; }

    /// <summary>The module with a custom section behind it that says what type the component had.</summary>
    internal FusedComponent With(ImmutableArray<byte> bytes, int typeSectionLength) =>
        this with { Bytes = bytes, TypeSectionLength = typeSectionLength };

    /// <summary>The plan of the component that it was.</summary>
    public LinkPlan Plan { get; }

    /// <summary>The core WebAssembly module.</summary>
    public ImmutableArray<byte> Bytes { get; private init; }

    /// <summary>The functions of the component's imports that it calls.</summary>
    public EquatableArray<FusedFunction> Imports { get; }

    /// <summary>The functions of the component that it exports.</summary>
    public EquatableArray<FusedFunction> Exports { get; }

    /// <summary>The resource types whose handles pass its border, with what it imports and exports for them.</summary>
    public EquatableArray<FusedResource> Resources { get; }

    /// <summary>The export to call once, before any other, when its memory can be had; null where there is nothing to do.</summary>
    public string? Initialize { get; }

    /// <summary>The names of custom sections of the component's core modules that are not in it.</summary>
    public EquatableArray<string> Dropped { get; }

    /// <summary>What became of the instances and of what stands between them.</summary>
    internal EquatableArray<MergedPart> Parts { get; init; }

    /// <summary>How many memories lie in one; 0 where each is itself.</summary>
    internal int FoldedMemories { get; init; }

    /// <summary>What became of the adapters.</summary>
    internal AdapterFates Adapters { get; init; }

    /// <summary>How to call the module as UTF-8 JSON: the file that <c>fact fuse</c> writes beside the module.</summary>
    /// <param name="file">The name of the file that the module is in.</param>
    /// <returns>The text; or that it would have more than 64 MiB, which only components have that were made to.</returns>
    /// <exception cref="ArgumentNullException">There is no name.</exception>
    public Either<Diagnostic, ReadOnlyMemory<byte>> ToJson(string file = "fused.wasm")
    {
        ArgumentNullException.ThrowIfNull(file);
        return FusedJson.ToUtf8(this, file);
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="diagnostics">What is wrong; empty where there is a text.</param>
    /// <param name="file">The name of the file that the module is in.</param>
    /// <returns>Whether there is a text.</returns>
    /// <exception cref="ArgumentNullException">There is no name.</exception>
    public bool TryToJson(out ReadOnlyMemory<byte> json, out EquatableArray<Diagnostic> diagnostics, string file = "fused.wasm") =>
        ToJson(file).MapLeft(error => (EquatableArray<Diagnostic>)[error]).Try(out json, out diagnostics);
}

/// <summary>The name of an import of a core module.</summary>
public sealed record CoreImportName
{
    internal CoreImportName(string module, string name) => (Module, Name) = (module, name);

    /// <summary>The module name.</summary>
    public string Module { get; }

    /// <summary>The name in it.</summary>
    public string Name { get; }
}

/// <summary>A function of a component as a core function.</summary>
public sealed record FusedFunction
{
    /// <summary>The import that it is; null for an export.</summary>
    public CoreImportName? Import { get; init; }

    /// <summary>The name of the export; null for an import.</summary>
    public string? Export { get; init; }

    /// <summary>Where it is among the imports or exports of the component: the names of instances, from the outside, and its own.</summary>
    public required EquatableArray<string> Path { get; init; }

    /// <summary>Its type as a function of a component, with the resource tables of <see cref="FusedComponent.Plan"/>.</summary>
    public required ComponentFuncType Type { get; init; }

    /// <summary>Its core type: that of the function lifted for an export, lowered for an import. Spec: <c>flatten_functype</c>.</summary>
    public required CoreFuncType CoreType { get; init; }

    /// <summary>How its strings are encoded, in <see cref="Memory"/>.</summary>
    public required StringEncoding StringEncoding { get; init; }

    /// <summary>The export that is the memory of its values; null where they need none.</summary>
    public string? Memory { get; init; }

    /// <summary>The export that is its allocator; null where there is none.</summary>
    public string? Realloc { get; init; }

    /// <summary>The export to call with its results when they were read; null where there is none.</summary>
    public string? PostReturn { get; init; }
}

/// <summary>
/// A resource type whose handles pass the border of a fused component. Its handles are at the border what they are for the core module of a component: indices of a table
/// that whoever runs the module keeps, and representations where a resource of the component's own is borrowed by it. What the module has no use for is null.
/// Types that the component imports are different ones for the module, also where a host gives one type for two: a handle of one is none of the other where several of
/// its instances have handles.
/// </summary>
public sealed record FusedResource
{
    /// <summary>Which, in the plan: whether the component imports or defines it, what it is called.</summary>
    public required RuntimeResourceId Resource { get; init; }

    /// <summary>
    /// Where it is among the imports or exports of the component: the names of instances, from the outside, and its own. Empty where no path leads to it.
    /// </summary>
    public required EquatableArray<string> Path { get; init; }

    /// <summary>The import that is <c>resource.drop</c>.</summary>
    public CoreImportName? Drop { get; init; }

    /// <summary>The import that is <c>resource.new</c>; only for a resource type of the component's own.</summary>
    public CoreImportName? New { get; init; }

    /// <summary>The import that is <c>resource.rep</c>; only for a resource type of the component's own.</summary>
    public CoreImportName? Rep { get; init; }

    /// <summary>The export that is the destructor; only for a resource type of the component's own.</summary>
    public string? Destructor { get; init; }
}
