using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Cases;

/// <summary>What listeners of the activity sources and meters see. They belong to the process, so these cases run alone.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public class TelemetryTests
{
    private const string OfChatClients = "Experimental.Microsoft.Extensions.AI";

    [Fact]
    public Task Functions_start_the_same_activities_and_requests_those_of_their_connector() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")],
        async app =>
        {
            var activities = new ConcurrentQueue<Activity>();
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => IsOfSemanticKernel(source.Name) || source.Name == OfChatClients,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activities.Enqueue,
            };
            ActivitySource.AddActivityListener(listener);
            await app.Kernel.CreateFunctionFromPrompt("Weather?", Ask.Auto, "Ask").InvokeAsync(app.Kernel);
            var bySource = activities.ToLookup(activity => activity.Source.Name == "Microsoft.SemanticKernel", Snapshot.Activity);
            return new { Functions = bySource[true], Requests = bySource[false] };
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
        var measurements = new ConcurrentQueue<(string Name, long Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (IsOfSemanticKernel(instrument.Meter.Name) || instrument.Meter.Name == OfChatClients)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measurements.Enqueue((instrument.Name, value)));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => measurements.Enqueue((instrument.Name, 1)));
        listener.Start();
        await program(app);
        var totals = measurements.GroupBy(one => one.Name, one => one.Value).ToDictionary(group => group.Key, group => group.Sum());
        return new
        {
            Functions = totals.Where(total => total.Key.StartsWith("semantic_kernel.function", StringComparison.Ordinal)),
            Tokens = totals.Where(total => total.Key.Contains("token", StringComparison.Ordinal)).ToDictionary(),
        };
    }

    private static bool IsOfSemanticKernel(string name) => name.StartsWith("Microsoft.SemanticKernel", StringComparison.Ordinal);
}
