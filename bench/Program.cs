using System;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Fact.Bench;
using Fact.Bench.Adapters;
using Fact.Bench.Host;

Console.OutputEncoding = System.Text.Encoding.UTF8;
if (args is ["quick", .. var files])
    Quick.Run(files);
else if (args is ["merge", .. var modules])
    MergeBench.Run(modules);
else if (args is ["host", .. var hosting])
    return HostBench.Run(hosting);
else if (args is ["adapters", .. var rest])
    return AdapterBench.Run(rest);
else
    // Its projects are built anew for every run, which takes long where other things run too.
    BenchmarkSwitcher.FromAssembly(typeof(PipelineBenchmarks).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));
return 0;
