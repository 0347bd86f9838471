using System;
using BenchmarkDotNet.Running;
using Fact.Bench;

Console.OutputEncoding = System.Text.Encoding.UTF8;
if (args is ["quick"])
    Quick.Run();
else
    BenchmarkSwitcher.FromAssembly(typeof(PipelineBenchmarks).Assembly).Run(args);
