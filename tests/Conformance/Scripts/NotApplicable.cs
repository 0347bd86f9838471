using System.Diagnostics;

namespace Fact.Conformance.Scripts;

/// <summary>Why a command says nothing about adapters or their host. The texts are in <see cref="NotApplicableTexts"/>.</summary>
internal enum NotApplicable
{
    /// <summary>Only core modules are concerned.</summary>
    CoreModule,

    /// <summary>The engine would have to switch stacks.</summary>
    SecondStack,

    /// <summary>A host function would have to change Wasmtime itself.</summary>
    HostInside,

    /// <summary>Only the text format is concerned.</summary>
    TextFormat,

    /// <summary>A command before it, which it needs, is not applicable.</summary>
    FollowsAnother,

    /// <summary>A feature is meant to be off.</summary>
    FeatureSwitch,

    /// <summary>The engine cannot take a core module.</summary>
    CoreFeature,

    /// <summary>The reference cannot be given what a component imports.</summary>
    ReferenceImports,

    /// <summary>The reference has tasks, but only for callers that its .NET interface is not.</summary>
    ReferenceTasks,

    /// <summary>The reference has no switch for a feature.</summary>
    ReferenceFeature,

    /// <summary>The component cannot be fused.</summary>
    NotFused,
}

/// <summary>The texts.</summary>
internal static class NotApplicableTexts
{
    /// <summary>The reason in words.</summary>
    public static string Of(NotApplicable reason) => reason switch
    {
        NotApplicable.CoreModule => "it is about a core module by itself",
        NotApplicable.SecondStack => "it needs guest code that goes on below other guest code: a second stack",
        NotApplicable.HostInside => "it needs host functions that change Wasmtime itself",
        NotApplicable.TextFormat => "it is about the text format",
        NotApplicable.FollowsAnother => "it goes on from a command that is not applicable",
        NotApplicable.FeatureSwitch => "it needs a feature to be off, which is always on here",
        NotApplicable.CoreFeature => "it needs a core module that the engine's .NET interface cannot load",
        NotApplicable.ReferenceImports => "it needs imports that the .NET interface of Wasmtime's component runtime cannot define",
        NotApplicable.ReferenceTasks => "it needs the event loop of Wasmtime, in which its .NET interface runs no call",
        NotApplicable.ReferenceFeature => "it needs a feature that the package of Wasmtime has no switch for",
        NotApplicable.NotFused => "it needs a component that cannot be fused",
        _ => throw new UnreachableException(),
    };
}
