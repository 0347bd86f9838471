using System;
using System.Linq;
using Fact.Host;
using Fact.Values;
using Fact.Wasi.Errors;
using Fact.Wasi.Instance;

namespace Fact.Wasi.Interfaces;

/// <summary>Spec: the package <c>wasi:cli</c>.</summary>
internal static class CliInterfaces
{
    public static HostImports AddTo(HostImports imports, HostState<WasiState> state) => Terminals(Standard(Environment(imports, state), state), state);

    private static HostImports Environment(HostImports imports, HostState<WasiState> state)
    {
        imports = new InterfaceImports(imports, state, "wasi:cli/environment")
            .Function("get-environment", (s, _) => ComponentValues.List(
                s.Options.Environment.Items.Select(variable => ComponentValues.Tuple(ComponentValues.String(variable.Name), ComponentValues.String(variable.Value)))))
            .Function("get-arguments", (s, _) => ComponentValues.List(s.Options.Arguments.Items.Select(ComponentValues.String)))
            .Function("initial-cwd", (s, _) => Wit.OptionOf(s.Options.InitialFolder is { } folder ? ComponentValues.String(folder) : null))
            .Imports;
        return new InterfaceImports(imports, state, "wasi:cli/exit")
            .Function("exit", (_, a) => throw new ComponentExitException(a.At(0) is ComponentValue.Ok ? 0 : 1))
            .Function(
                "exit-with-code",
                (_, a) => throw new ComponentExitException(a.At(0) is ComponentValue.U8(var code) ? code : throw new WasiTrapException("a u8 is expected")))
            .Imports;
    }

    private static HostImports Standard(HostImports imports, HostState<WasiState> state)
    {
        imports = new InterfaceImports(imports, state, "wasi:cli/stdin").Function("get-stdin", (s, _) => s.Inputs.New(s.Stdin)).Imports;
        imports = new InterfaceImports(imports, state, "wasi:cli/stdout").Function("get-stdout", (s, _) => s.Outputs.New(s.Stdout)).Imports;
        return new InterfaceImports(imports, state, "wasi:cli/stderr").Function("get-stderr", (s, _) => s.Outputs.New(s.Stderr)).Imports;
    }

    private static HostImports Terminals(HostImports imports, HostState<WasiState> state)
    {
        imports = new InterfaceImports(imports, state, "wasi:cli/terminal-input").Resource("terminal-input", s => s.TerminalInputs).Imports;
        imports = new InterfaceImports(imports, state, "wasi:cli/terminal-output").Resource("terminal-output", s => s.TerminalOutputs).Imports;
        foreach (var (name, isTerminal) in (ReadOnlySpan<(string, Func<WasiOptions, bool>)>)[("stdout", o => o.StdoutIsTerminal), ("stderr", o => o.StderrIsTerminal)])
        {
            imports = new InterfaceImports(imports, state, "wasi:cli/terminal-" + name)
                .Function("get-terminal-" + name, (s, _) => Wit.OptionOf(isTerminal(s.Options) ? s.TerminalOutputs.New(new(name)) : null))
                .Imports;
        }
        return new InterfaceImports(imports, state, "wasi:cli/terminal-stdin")
            .Function("get-terminal-stdin", (s, _) => Wit.OptionOf(s.Options.StdinIsTerminal ? s.TerminalInputs.New(new("stdin")) : null))
            .Imports;
    }
}
