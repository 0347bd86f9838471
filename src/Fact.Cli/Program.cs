using Fact.Cli;

using var terminal = Terminal.OfProcess();
return Tool.Run(args, terminal);
