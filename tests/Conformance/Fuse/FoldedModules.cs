using Wasmtime;

namespace Fact.Conformance.Fuse;

/// <summary>What modules need whose memories are folded.</summary>
internal static class FoldedModules
{
    /// <summary>An engine that has one memory, and all else.</summary>
    public static Engine Engine { get; } = new(new Config()
        .WithGc(true).WithFunctionReferences(true).WithExceptions(true).WithTailCalls(true).WithMemory64(true).WithMultiMemory(false).WithWideArithmetic(true));
}
