using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Transport.Resilience;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Tests.Transport.Resilience;

/// <summary>One pipeline per endpoint, in bounded memory, with Polly's telemetry.</summary>
public class EndpointPipelinesTests
{
    [Fact]
    public void Thirty_thousand_endpoint_names_leave_memory_flat()
    {
        var options = new DatabricksServingOptions();
        options.Concurrency(8);
        options.BreaksAfter(2);
        var pipelines = new EndpointPipelines(
            options.CopyValidated(), new RedactingLoggerFactory(NullLoggerFactory.Instance, Redaction.OfNone), NullLogger.Instance);
        var first = Call(pipelines, 30_000);

        GC.Collect();

        Assert.InRange(pipelines.Count, 1, EndpointCache<EndpointPipeline>.Capacity);
        Assert.False(first.IsAlive);
    }

    [Fact]
    public void An_endpoint_keeps_its_pipeline_and_management_calls_share_theirs()
    {
        var pipelines = new EndpointPipelines(
            new DatabricksServingOptions().CopyValidated(), new RedactingLoggerFactory(NullLoggerFactory.Instance, Redaction.OfNone),
            NullLogger.Instance);

        Assert.Same(pipelines.For(Inference("a")), pipelines.For(Inference("a")));
        Assert.NotSame(pipelines.For(Inference("a")), pipelines.For(Inference("b")));
        Assert.Same(
            pipelines.For(Inference("a") with { RetrySafety = RetrySafety.Idempotent }),
            pipelines.For(Inference("b") with { RetrySafety = RetrySafety.NonIdempotent }));
    }

    [Fact]
    public async Task Polly_reports_attempts_retries_and_timeouts()
    {
        var log = new FakeLoggerFactory();
        var clock = new FakeClock();
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable).NeverAnswers();
        var failing = Failure.Of(service, options =>
        {
            (options.LoggerFactory, options.TimeProvider) = (log, clock);
            options.RetriesAtOnce(1);
            options.TotalTimeout(TimeSpan.FromSeconds(20));
        });
        await clock.TimerDueIn(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(20));
        await failing;

        var events = log.Collector.GetSnapshot().Where(record => record.Category == "Polly").ToList();
        Assert.Contains(events, record => record.Message.Contains("'OnRetry'", StringComparison.Ordinal));
        Assert.Contains(events, record => record.Message.StartsWith("Execution attempt.", StringComparison.Ordinal));
        Assert.Contains(events, record => record.Message.Contains("'OnTimeout'", StringComparison.Ordinal));
        Assert.All(events, record => Assert.Contains("Source: 'Connectors.Databricks/", record.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_meter_of_Polly_has_no_tag_with_the_name_of_an_endpoint()
    {
        var endpoint = $"endpoint-{Guid.NewGuid():N}";
        var tags = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Meter.Name == "Polly")
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, values, _) => Keep(values));
        listener.SetMeasurementEventCallback<int>((_, _, values, _) => Keep(values));
        listener.Start();

        await new VerbatimService().Answers(Some.ChatBody).Client(options => options.RetriesAtOnce(1)).GetChatClient(endpoint)
            .GetResponseAsync(Some.Question());

        lock (tags)
        {
            Assert.Contains("operation.key=Chat", tags);
            Assert.DoesNotContain(tags, tag => tag.Contains(endpoint, StringComparison.Ordinal));
        }

        void Keep(ReadOnlySpan<KeyValuePair<string, object?>> values)
        {
            lock (tags)
            {
                foreach (var (name, value) in values)
                {
                    tags.Add($"{name}={value}");
                }
            }
        }
    }

    // Not inlined, so that no local keeps a pipeline alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Call(EndpointPipelines pipelines, int names)
    {
        var first = new WeakReference(pipelines.For(Inference("untrusted-0")));
        for (var i = 1; i < names; i++)
        {
            pipelines.For(Inference($"untrusted-{i}"));
        }

        return first;
    }

    private static ServingCall Inference(string endpointName) => new("Chat", endpointName, Some.Host, null, false);
}
