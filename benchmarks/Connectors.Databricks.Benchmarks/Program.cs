using BenchmarkDotNet.Running;
using Connectors.Databricks.Benchmarks;
using Connectors.Databricks.Benchmarks.Measuring;

if (args is ["quick", ..])
{
    return await QuickRun.RunAsync(filter: args.ElementAtOrDefault(1) ?? "");
}

BenchmarkSwitcher.FromAssembly(typeof(StreamingDeltas).Assembly).Run(args);
return 0;
