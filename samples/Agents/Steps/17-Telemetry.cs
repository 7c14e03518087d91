using System.Diagnostics;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Agents.Steps;

/// <summary>
/// One chat, traced: the span of the chat, and below it those of its attempts. An app exports them by OTLP instead of keeping them.
/// </summary>
internal sealed class Telemetry : IStep
{
    public string Title => "Traces with OpenTelemetry";

    public async Task RunAsync(Workspace workspace)
    {
        List<Activity> spans = [];
        using (Sdk.CreateTracerProviderBuilder()
            .AddSource("Connectors.Databricks")
            .AddSource("Experimental.Microsoft.Extensions.AI")
            .AddInMemoryExporter(spans)
            .Build())
        {
            // The emulator throttles the first attempt, so that the trace shows a retry.
            workspace.Emulator?.Endpoint(Endpoints.Llama).Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromMilliseconds(200));
            using IChatClient chat = workspace.Chat(Endpoints.Llama).AsBuilder().UseOpenTelemetry().Build();
            await chat.GetResponseAsync("Say \"traced\".");
        }

        var call = spans.SingleOrDefault(span => span.OperationName.StartsWith("chat", StringComparison.Ordinal));
        StepFailedException.Unless(call is not null, "The chat has no span.");
        Print(call!, indent: 0);
        var attempts = spans.Where(span => span.OperationName == "databricks.attempt" && span.ParentSpanId == call!.SpanId).ToList();
        attempts.ForEach(attempt => Print(attempt, indent: 2));

        StepFailedException.Unless(attempts.Count == (workspace.Emulator is null ? 1 : 2), $"The chat has {attempts.Count} attempts.");
    }

    private static void Print(Activity span, int indent)
    {
        var tags = span.TagObjects.Where(
            tag => tag.Key is "gen_ai.response.model" or "gen_ai.usage.output_tokens" or "http.response.status_code");
        Console.WriteLine($"{new string(' ', indent)}{span.DisplayName}  {span.Duration.TotalMilliseconds:0} ms  "
            + Terminal.Dim(string.Join("  ", tags.Select(tag => $"{tag.Key}={tag.Value}"))));
    }
}
