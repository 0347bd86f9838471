using Fact.Cli;
using Fact.Cli.Input;

if (TextParserProcess.IsThis(args))
    return TextParserProcess.Run(args);
using var terminal = Terminal.OfProcess();
return Tool.Run(args, terminal);
