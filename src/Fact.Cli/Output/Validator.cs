using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Fact.Ir;
using Wasmtime;

namespace Fact.Cli.Output;

/// <summary>Holds what the compiler made against an engine that others wrote.</summary>
internal static class Validator
{
    /// <summary>Validates modules.</summary>
    /// <param name="modules">The modules, with the names of their files.</param>
    /// <param name="terminal">For a note about modules that the engine cannot judge.</param>
    /// <param name="progress">Is told which module it is at.</param>
    /// <param name="cancellation">Stops between modules.</param>
    /// <returns>What is wrong, or null.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Failure? Run(IReadOnlyList<ModuleFile> modules, Terminal terminal, Progress progress, CancellationToken cancellation)
    {
        try
        {
            using var engine = new Engine();
            foreach (var module in modules)
            {
                string name = module.Name;
                cancellation.ThrowIfCancellationRequested();
                progress.Now("validating " + name);
                if (HasCustomPages(module))
                    terminal.Note($"{name} was not validated: a memory has pages of a size of its own, which the engine does not take");
                else if (Module.Validate(engine, module.Bytes.AsSpan()) is { } problem)
                    return Failure.Bug($"{name} would not be valid WebAssembly ({problem.ReplaceLineEndings(" ")}), so nothing was written");
            }
            return null;
        }
        catch (Exception e) when (EngineLibrary.IsMissing(e))
        {
            return EngineLibrary.Needed("validating modules", "use --no-validate to write them unseen");
        }
    }

    /// <summary>Validates what a component was fused to.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="fused">The module.</param>
    /// <param name="input">What messages call the component.</param>
    /// <param name="progress">Is told that it is at it.</param>
    /// <returns>What is wrong, or null. Code of core modules is taken as it is, so their mistakes show here: then the component is at fault.</returns>
    public static Failure? Run(string name, FusedComponent fused, string input, Progress progress)
    {
        try
        {
            using var engine = new Engine(new Config()
                .WithGc(true).WithFunctionReferences(true).WithExceptions(true).WithTailCalls(true).WithMemory64(true).WithMultiMemory(true).WithWasmThreads(true));
            progress.Now("validating " + name);
            if (Module.Validate(engine, fused.Bytes.AsSpan()) is not { } problem)
                return null;
            foreach (var module in fused.Plan.CoreModules)
            {
                if (Module.Validate(engine, module.Bytes.Span) is { } fault)
                {
                    return Failure.Input(
                        $"{input}: the engine does not take the core module at offset 0x{module.Offset:x} ({fault.ReplaceLineEndings(" ")}); "
                        + "use --no-validate to write what is made of it unseen");
                }
            }
            return Failure.Bug($"{name} would not be valid WebAssembly ({problem.ReplaceLineEndings(" ")}), so nothing was written");
        }
        catch (Exception e) when (EngineLibrary.IsMissing(e))
        {
            return EngineLibrary.Needed("validating the module", "use --no-validate to write it unseen");
        }
    }

    private static bool HasCustomPages(ModuleFile module) =>
        module.Imports.Items.Any(import => import.Type is ModuleImportType.Memory { Type.PageSizeLog2: not 16 });
}
