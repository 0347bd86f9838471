using System;
using Fact.Emit;
using Fact.Ir;

namespace Fact.Properties.Generators;

/// <summary>Unpacks what the emitter returns.</summary>
public static class Emitted
{
    /// <summary>The module; fails with the limit that it exceeds.</summary>
    internal static EmittedModule Of(AdapterProgram program, EmitOptions options) => Emitter.Emit(program, options).Match(
        Right: module => module,
        Left: exceeded => throw new InvalidOperationException(exceeded.ToString()));
}
