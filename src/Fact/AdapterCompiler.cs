using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Fact.Emit;
using Fact.Ir;
using Fact.Lower;
using LanguageExt;
using Compiled = LanguageExt.Either<Fact.Ir.EquatableArray<Fact.Ir.Diagnostic>, Fact.AdapterModule>;

namespace Fact;

/// <summary>
/// Compiles adapters to core WebAssembly modules: the whole pipeline in one call. There is no state: calls may run at
/// the same time, and equal input gives equal bytes.
/// </summary>
public static class AdapterCompiler
{
    /// <summary>Compiles a set of adapters into one module, in which they share imports and helpers.</summary>
    /// <param name="adapters">The adapters.</param>
    /// <param name="options">How the module is compiled.</param>
    /// <returns>The module; or everything that is wrong with the adapters, with paths; or which limit of engines (<see cref="EngineLimits"/>) or of code the module
    /// would exceed.</returns>
    /// <exception cref="ArgumentException">An argument, or one of the adapters, is null.</exception>
    public static Either<EquatableArray<Diagnostic>, AdapterModule> Compile(EquatableArray<Adapter> adapters, CompileOptions options)
    {
        RequireAll(adapters, nameof(adapters));
        ArgumentNullException.ThrowIfNull(options);
        return Compile(adapters, options, new CodeBudget(adapters.Length));
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="adapters">The adapters.</param>
    /// <param name="options">How the module is compiled.</param>
    /// <param name="module">The module.</param>
    /// <param name="diagnostics">What is wrong; empty where there is a module.</param>
    /// <returns>Whether there is a module.</returns>
    /// <exception cref="ArgumentException">An argument, or one of the adapters, is null.</exception>
    public static bool TryCompile(
        EquatableArray<Adapter> adapters, CompileOptions options, [NotNullWhen(true)] out AdapterModule? module, out EquatableArray<Diagnostic> diagnostics) =>
        Compile(adapters, options).Try(out module, out diagnostics);

    /// <summary>
    /// Compiles several sets of adapters, each into a module of its own, on as many threads as there are processors. Their code is limited together, as that
    /// of one component.
    /// </summary>
    /// <param name="sets">The adapters of each module.</param>
    /// <param name="options">How the modules are compiled.</param>
    /// <param name="cancellationToken">Stops compilation between functions.</param>
    /// <returns>The modules in the order of the sets; or the errors of all sets, in that order.</returns>
    /// <exception cref="ArgumentException">An argument, or one of the adapters, is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Either<EquatableArray<Diagnostic>, EquatableArray<AdapterModule>> CompileAll(
        IReadOnlyList<EquatableArray<Adapter>> sets,
        CompileOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var set in sets)
            RequireAll(set, nameof(sets));
        var results = new Either<EquatableArray<Diagnostic>, AdapterModule>[sets.Count];
        var budget = new CodeBudget(sets.Sum(set => set.Length), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (sets.Count == 1)
            results[0] = Compile(sets[0], options, budget);
        else
            Parallel.For(0, sets.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => results[i] = Compile(sets[i], options, budget));

        // Who finds it spent depends on the threads; that it is does not.
        if (budget.IsSpent)
            return (EquatableArray<Diagnostic>)[budget.Error];
        var errors = results.SelectMany(result => result.Match(Right: _ => [], Left: found => found)).Distinct().ToEquatableArray();
        if (!errors.IsEmpty)
            return errors;
        return results.SelectMany(result => result.Match(Right: module => new[] { module }, Left: _ => [])).ToEquatableArray();
    }

    /// <summary>The same, without <c>Either</c>.</summary>
    /// <param name="sets">The adapters of each module.</param>
    /// <param name="options">How the modules are compiled.</param>
    /// <param name="modules">The modules in the order of the sets.</param>
    /// <param name="diagnostics">What is wrong; empty where there are modules.</param>
    /// <param name="cancellationToken">Stops compilation between functions.</param>
    /// <returns>Whether there are modules.</returns>
    /// <exception cref="ArgumentException">An argument, or one of the adapters, is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryCompileAll(
        IReadOnlyList<EquatableArray<Adapter>> sets,
        CompileOptions options,
        out EquatableArray<AdapterModule> modules,
        out EquatableArray<Diagnostic> diagnostics,
        CancellationToken cancellationToken = default) =>
        CompileAll(sets, options, cancellationToken).Try(out modules, out diagnostics);

    private static void RequireAll(EquatableArray<Adapter> adapters, string name)
    {
        foreach (var adapter in adapters)
        {
            if (adapter is null)
                throw new ArgumentException("one of the adapters is null", name);
        }
    }

    private static Either<EquatableArray<Diagnostic>, AdapterModule> Compile(EquatableArray<Adapter> adapters, CompileOptions options, CodeBudget budget) =>
        Compile(adapters, options.Lower, options.Emit, budget);

    internal static Either<EquatableArray<Diagnostic>, AdapterModule> Compile(EquatableArray<Adapter> adapters, LowerOptions lower, EmitOptions emit, CodeBudget budget)
    {
        if (budget.IsSpent)
            return (EquatableArray<Diagnostic>)[budget.Error];
        var lowered = Lowering.Run(adapters, lower, budget);
        if (lowered.IsLeft)
            return (EquatableArray<Diagnostic>)lowered;
        var emitted = Emitter.Emit((AdapterProgram)lowered, emit);
        return emitted.IsRight ? Describe((EmittedModule)emitted) : Error((ExceededLimit)emitted, adapters);
    }

    private static Compiled Error(ExceededLimit exceeded, EquatableArray<Adapter> adapters) =>
        (EquatableArray<Diagnostic>)[new(DiagnosticCode.EngineLimit, exceeded.ToString(), Adapter: exceeded.Adapter is { } i ? adapters[i].Name : null)];

    private static Compiled Describe(EmittedModule emitted)
    {
        var (imports, exports) = ModuleInterfaces.Of(emitted.Module);
        return new AdapterModule(emitted.Bytes, imports, exports, emitted.Module);
    }
}
