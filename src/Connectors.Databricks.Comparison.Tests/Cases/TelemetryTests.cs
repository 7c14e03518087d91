using System.Diagnostics;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>What OpenTelemetry exports. Activity sources and meters belong to the process, so these cases run alone.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public class TelemetryTests
{
    private static readonly string[] Names = ["Microsoft.SemanticKernel*", "Experimental.Microsoft.Extensions.AI"];

    [Fact]
    public Task Functions_start_the_same_activities_and_requests_those_of_their_connector() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        async app =>
        {
            var activities = new List<Activity>();
            using (Sdk.CreateTracerProviderBuilder().AddSource(Names).AddInMemoryExporter(activities).Build())
            {
                await app.Kernel.CreateFunctionFromPrompt("Weather?", Ask.Auto, "Ask").InvokeAsync(app.Kernel);
            }

            var ofFunctions = activities.ToLookup(activity => activity.Source.Name == "Microsoft.SemanticKernel", Snapshot.Activity);
            Assert.Equal(2, ofFunctions[true].Count());
            return new { Functions = ofFunctions[true], Requests = ofFunctions[false] };
        },
        AcceptedDifferences.Activities);

    [Fact]
    public Task Functions_and_tokens_are_measured() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        app => MeasureAsync(app, Ask.NonStreaming(Ask.Auto)),
        AcceptedDifferences.TokenMeters);

    [Fact]
    public Task Functions_and_tokens_of_a_stream_are_measured() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Weather()), Reply.Streamed("Sunny.")],
        app => MeasureAsync(app, Ask.Streaming(Ask.Auto)),
        AcceptedDifferences.TokenMeters);

    private static async Task<object?> MeasureAsync(App app, Func<App, Task<object?>> program)
    {
        var metrics = new List<MetricSnapshot>();
        using (Sdk.CreateMeterProviderBuilder().AddMeter(Names).AddInMemoryExporter(metrics).Build())
        {
            await program(app);
        }

        var functions = metrics.Where(metric => metric.Name.StartsWith("semantic_kernel.function", StringComparison.Ordinal))
            .ToDictionary(metric => metric.Name, metric => metric.MetricPoints.Sum(point => point.GetHistogramCount()));
        Assert.NotEmpty(functions);
        var tokens = metrics.Where(metric => metric.Name.Contains("token", StringComparison.Ordinal))
            .ToDictionary(metric => metric.Name, metric => metric.MetricPoints.Sum(point => Total(metric, point)));
        return new { Functions = functions, Tokens = tokens, TotalTokens = tokens.Values.Max() };
    }

    private static double Total(MetricSnapshot metric, MetricPoint point) =>
        metric.MetricType is MetricType.Histogram ? point.GetHistogramSum() : point.GetSumLong();
}
