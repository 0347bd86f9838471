using System;
using System.Collections.Generic;
using Fact.Component.Plan;
using Fact.Host.Traps;
using Fact.Ir;

namespace Fact.Host.Linking;

/// <summary>What the merged module of a component imports: what only its host can make, or has to see.</summary>
internal closed record OutsideImport
{
    private OutsideImport()
    {
    }

    /// <summary>A lowered import, or a built-in.</summary>
    public sealed record Trampoline(TrampolineId Id) : OutsideImport;

    /// <summary>The flags of an instance.</summary>
    public sealed record Flags(InstanceId Instance) : OutsideImport;

    /// <summary>What an adapter module asks for otherwise.</summary>
    public sealed record ForAdapter(ModuleImport Import) : OutsideImport;
}

/// <summary>
/// The core modules and the adapter modules of a component as one core module: there is one to compile, one to instantiate, and what calls each other in it does so
/// without a thing of the host between. <c>bench -- host</c> says what that saves.
/// </summary>
/// <param name="Bytes">The module.</param>
/// <param name="Imports">What it imports, in order.</param>
/// <param name="Exports">What the host needs of it, by name.</param>
/// <param name="Starts">Whether there is a function to call when it was instantiated.</param>
/// <param name="Parts">The modules that it was made of, in order: what adapter modules say of their traps is with them.</param>
internal sealed record MergedCore(
    ReadOnlyMemory<byte> Bytes, OutsideImport[] Imports, IReadOnlyDictionary<CoreDef, string> Exports, bool Starts, IReadOnlyList<MergedSource> Parts)
{
    /// <summary>The name of the function that calls start functions.</summary>
    public const string Start = "start";
}
