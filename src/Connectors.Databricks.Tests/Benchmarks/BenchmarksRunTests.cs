using System.Reflection;
using BenchmarkDotNet.Attributes;
using Connectors.Databricks.Benchmarks.Classes;
using Connectors.Databricks.Benchmarks.ColdStarts;
using Connectors.Databricks.Benchmarks.Loopback;
using Connectors.Databricks.Benchmarks.Measuring;
using Connectors.Databricks.Benchmarks.Scenarios;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Benchmarks;

/// <summary>Each benchmark runs once, and its contenders produce the same: so they cannot rot.</summary>
[Collection(nameof(RunsAlone))]
public class BenchmarksRunTests
{
    public static TheoryData<string> Names => [.. Suite.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_contender_of_a_scenario_does_what_the_floor_does(string name)
    {
        await using var scenario = Suite.New(name);
        await scenario.PrepareAsync();

        await scenario.CheckAsync();

        foreach (var contender in scenario.Contenders)
        {
            await contender.Act();
        }
    }

    [Fact]
    public void Every_scenario_is_measured_by_one_class()
    {
        var measured = Classes.SelectMany(type => New(type).Names).Order();

        Assert.Equal(Suite.All.Select(scenario => scenario.Name).Order(), measured);
    }

    [Fact]
    public void Every_class_has_a_method_for_each_contender()
    {
        Assert.All(Classes, type =>
        {
            var methods = type.GetMethods().Where(method => method.IsDefined(typeof(BenchmarkAttribute))).Select(method => method.Name)
                .Order();
            Assert.All(
                New(type).Names, name => Assert.Equal(Suite.New(name).Contenders.Select(contender => contender.Name).Order(), methods));
        });
    }

    [Fact]
    public async Task A_class_prepares_measures_and_cleans_up()
    {
        foreach (var type in new[] { typeof(Streams), typeof(Tokens) })
        {
            var benchmark = New(type);
            benchmark.Scenario = benchmark.Names.First();
            await benchmark.PrepareAsync();
            foreach (var method in type.GetMethods().Where(method => method.IsDefined(typeof(BenchmarkAttribute))))
            {
                await (Task)method.Invoke(benchmark, null)!;
            }

            await benchmark.CleanUpAsync();
        }
    }

    [Fact]
    public async Task The_ratio_check_has_a_row_for_each_pair()
    {
        using var output = new StringWriter();

        await RatioCheck.RunAsync("Semantic Kernel", new PairedRun(warmUp: TimeSpan.FromTicks(1), measuring: TimeSpan.Zero), output);

        var rows = output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(
            ["Semantic Kernel, 1,000 deltas | KernelOpenAI", "Semantic Kernel, chat | KernelOpenAI"],
            rows[2..].Select(row => string.Join(" | ", row.Split('|', StringSplitOptions.TrimEntries)[1..3])));
    }

    [Fact]
    public async Task The_loopback_table_has_a_row_for_each_question()
    {
        using var output = new StringWriter();

        await LoopbackRun.RunAsync(new LoopbackPlan(WarmUps: 2, FirstUpdates: 4, Streams: 8, Rounds: 1), output);

        var rows = output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal(
            [
                "First update over a plain HttpClient", "First update over an HttpClient without a timeout",
                "First update over connections of their own", "8 streams at once, deltas a second", "8 streams that wait, bytes each",
            ],
            rows[2..].Select(row => row.Split('|')[1].Trim()));
    }

    /// <summary>The time is not judged: the programs send the same request, and print the same token.</summary>
    [Fact]
    public async Task The_cold_start_table_has_a_row_for_the_jit()
    {
        using var output = new StringWriter();

        Assert.True(await ColdStartRun.RunAsync(new ColdStartPlan(Rounds: 1, IsJudged: false), output));

        Assert.StartsWith("| JIT |", output.ToString().ReplaceLineEndings("\n").Split('\n')[2], StringComparison.Ordinal);
    }

    private static Type[] Classes =>
        [.. typeof(ScenarioBenchmark).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ScenarioBenchmark)) && !type.IsAbstract)];

    private static ScenarioBenchmark New(Type type) => (ScenarioBenchmark)Activator.CreateInstance(type)!;
}
