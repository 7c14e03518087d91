using BenchmarkDotNet.Running;
using Connectors.Databricks.Benchmarks.Batches;
using Connectors.Databricks.Benchmarks.Classes;
using Connectors.Databricks.Benchmarks.ColdStarts;
using Connectors.Databricks.Benchmarks.Loopback;
using Connectors.Databricks.Benchmarks.Measuring;

switch (args)
{
    case ["check"]:
        return await AllocationCheck.RunAsync(Console.Out) ? 0 : 1;
    case ["ratios", ..]:
        var run = new PairedRun(warmUp: TimeSpan.FromSeconds(1), measuring: TimeSpan.FromSeconds(2.5));
        return await RatioCheck.RunAsync(filter: args.ElementAtOrDefault(1) ?? "", run, Console.Out) ? 0 : 1;
    case ["loopback"]:
        return await LoopbackRun.RunAsync(new LoopbackPlan(), Console.Out) ? 0 : 1;
    case ["coldstart"]:
        return await ColdStartRun.RunAsync(new ColdStartPlan(), Console.Out) ? 0 : 1;
    case ["batch", .. var rest]:
        var items = rest is [var number, ..] && int.TryParse(number, out var count) && count >= 1_000 ? count : 100_000;
        var ratio = new BatchRatio(items, rounds: items > 500_000 ? 3 : 5, overLoopback: rest is [.., "loopback"]);
        return await ratio.RunAsync(Console.Out) ? 0 : 1;
    case ["serve"]:
        await LoopbackServer.RunAsync();
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ScenarioBenchmark).Assembly).Run(args);
        return 0;
}
