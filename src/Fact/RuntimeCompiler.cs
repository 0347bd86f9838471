using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Fact.Emit;
using Fact.Ir;
using Fact.Lower.Runtime.Handles;
using LanguageExt;

namespace Fact;

/// <summary>
/// Compiles the runtime module that keeps the handles of resources: what a compiler links its adapter modules to that has no host which does. There is no state, as in
/// <see cref="AdapterCompiler"/>; <see cref="ComponentCompiler"/> calls it by itself.
/// </summary>
public static class RuntimeCompiler
{
    /// <summary>Compiles a runtime module.</summary>
    /// <param name="runtime">What it keeps handles of.</param>
    /// <param name="options">How it is compiled, as the adapters that are linked to it: <see cref="CompileOptions.ExceptionBarrier"/>,
    /// <see cref="CompileOptions.TrapInfo"/>, <see cref="CompileOptions.Names"/> and <see cref="CompileOptions.Reentrance"/> count.</param>
    /// <param name="cancellationToken">Stops compilation between functions.</param>
    /// <returns>The module; or everything that is wrong with what it is to keep; or which limit of engines (<see cref="EngineLimits"/>) it would exceed.</returns>
    /// <exception cref="ArgumentException">An argument, or one of what it is to keep, is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, RuntimeModule> Compile(HandleRuntime runtime, CompileOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(options);
        if (runtime.Resources.Items.Contains(null!) || runtime.Tables.Items.Contains(null!) || runtime.Builtins.Items.Contains(null!))
            throw new ArgumentException("one of the resource types, tables or built-ins is null", nameof(runtime));
        return Compile(runtime, options, HandleLowering.MaxIndex, cancellationToken);
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="runtime">What it keeps handles of.</param>
    /// <param name="options">How it is compiled.</param>
    /// <param name="module">The module.</param>
    /// <param name="diagnostics">What is wrong; empty where there is a module.</param>
    /// <param name="cancellationToken">Stops compilation between functions.</param>
    /// <returns>Whether there is a module.</returns>
    /// <exception cref="ArgumentException">An argument, or one of what it is to keep, is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryCompile(
        HandleRuntime runtime,
        CompileOptions options,
        [NotNullWhen(true)] out RuntimeModule? module,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        Compile(runtime, options, cancellationToken).Try(out module, out diagnostics);

    internal static Either<EquatableArray<Diagnostic>, RuntimeModule> Compile(
        HandleRuntime runtime, CompileOptions options, uint maxIndex, CancellationToken cancellationToken = default) =>
        HandleLowering.Run(runtime, options.Lower, maxIndex, cancellationToken).Bind(program => Emitter.Emit(program, options.Emit).Map(Describe).MapLeft(TooMuch));

    private static EquatableArray<Diagnostic> TooMuch(ExceededLimit exceeded) =>
        [new Diagnostic(DiagnosticCode.EngineLimit, (exceeded with { Remedy = "use fewer resource types in fewer instances" }).ToString(), "runtime module")];

    private static RuntimeModule Describe(EmittedModule emitted)
    {
        var (imports, exports) = ModuleInterfaces.Of(emitted.Module);
        return new(emitted.Bytes, imports, exports, emitted.Module);
    }
}
