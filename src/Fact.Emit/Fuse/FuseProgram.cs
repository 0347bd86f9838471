using Fact.Ir;

namespace Fact.Emit;

/// <summary>Instances of core modules that become one module: what is instantiated, in order, and what is seen of it from outside.</summary>
/// <param name="Parts">The instances, in the order of their instantiation.</param>
/// <param name="Imports">What comes from outside, in order.</param>
/// <param name="Exports">What is exported, in order; no two have one name.</param>
/// <param name="Start">The name of an export that calls the start functions, with what comes behind the first of them; null where the start function of the merged
/// module does.</param>
internal sealed record FuseProgram(EquatableArray<FusePart> Parts, EquatableArray<FuseImport> Imports, EquatableArray<FuseExport> Exports, string? Start = null);

/// <summary>An instance of a core module.</summary>
/// <param name="Name">What names of things in it begin with, and what errors call it; empty for nothing.</param>
/// <param name="Module">The module. Instances of one module may have the same object.</param>
/// <param name="Bindings">What each import of the module is, in the order of the imports.</param>
internal sealed record FusePart(string Name, CoreModuleParts Module, EquatableArray<FuseBinding> Bindings);

/// <summary>What an import of a part is. Its type must match that of the import: that was checked before, or the engine will.</summary>
internal closed record FuseBinding
{
    private FuseBinding()
    {
    }

    /// <summary>Something from outside.</summary>
    /// <param name="Import">Which, in <see cref="FuseProgram.Imports"/>.</param>
    public sealed record Outside(int Import) : FuseBinding;

    /// <summary>Something in a part before it.</summary>
    /// <param name="Part">Which part.</param>
    /// <param name="Index">Which thing of the import's kind, in the part's index space.</param>
    public sealed record Inside(int Part, uint Index) : FuseBinding;
}

/// <summary>Something from outside.</summary>
/// <param name="Module">The module name.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Part">The part that says of which type it is.</param>
/// <param name="Import">By which of its imports.</param>
internal sealed record FuseImport(string Module, string Name, int Part, int Import);

/// <summary>Something that is seen from outside.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Part">The part that has it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Which, in the part's index space.</param>
internal sealed record FuseExport(string Name, int Part, CoreExternKind Kind, uint Index);
