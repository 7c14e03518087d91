using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Connectors.Databricks.Benchmarks.Measuring;

/// <summary>
/// In one process: the usual toolchain generates a project and restores it, which fails without a network and under central package
/// versions. Few iterations, because the ratios are what counts and all contenders run side by side.
/// </summary>
internal sealed class BenchmarkConfig : ManualConfig
{
    public BenchmarkConfig()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(8)
            .WithIterationCount(12)
            .WithId("InProcess"));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumn(PerPartColumn.Time, PerPartColumn.Bytes);
    }
}
