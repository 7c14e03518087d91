using BenchmarkDotNet.Running;
using Connectors.Databricks.Benchmarks.Classes;
using Connectors.Databricks.Benchmarks.Loopback;
using Connectors.Databricks.Benchmarks.Measuring;

switch (args)
{
    case ["quick", ..]:
        return await QuickRun.RunAsync(filter: args.ElementAtOrDefault(1) ?? "");
    case ["check"]:
        return await AllocationCheck.RunAsync(Console.Out) ? 0 : 1;
    case ["loopback"]:
        await LoopbackRun.RunAsync(new LoopbackPlan(), Console.Out);
        return 0;
    case ["serve"]:
        await LoopbackServer.RunAsync();
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(FloorAndConnector).Assembly).Run(args);
        return 0;
}
