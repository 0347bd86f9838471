using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Fact.Cli;

/// <summary>Prints the version of the tool, whichever process it runs in.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(
            typeof(PrintVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        return ExitCode.Done;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;
}
