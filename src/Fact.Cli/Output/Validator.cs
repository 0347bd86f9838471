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

    private static bool HasCustomPages(ModuleFile module) =>
        module.Imports.Items.Any(import => import.Type is ModuleImportType.Memory { Type.PageSizeLog2: not 16 });
}
