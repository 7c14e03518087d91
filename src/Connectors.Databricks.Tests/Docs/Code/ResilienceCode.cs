using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/resilience.md and docs/observability.md.</summary>
internal static class ResilienceCode
{
    internal static IChatClient Resilience(Uri host, string token)
    {
        // <resilience>
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = host,
            Credential = DatabricksCredential.FromToken(token),
            Resilience =
            {
                TotalRequestTimeout = new() { Timeout = TimeSpan.FromMinutes(5) },
                Retry = new() { MaxRetryAttempts = 4 },
                RateLimiter = new() { DefaultRateLimiterOptions = { PermitLimit = 32, QueueLimit = 1000 } },   // per endpoint
                CircuitBreaker = new() { BreakDuration = TimeSpan.FromSeconds(30) },                           // per endpoint
                RetryBudget = 60,                                                                              // per minute, over all calls
            },
        });

        // The second endpoint is called when the first one fails.
        IChatClient chat = serving.GetFallbackChatClient(["system.ai.claude-sonnet-4-5", "system.ai.gpt-5-2"]);
        // </resilience>
        return chat;
    }

    internal static void Listen()
    {
        // <listen>
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == "Connectors.Databricks")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, state) =>
            Console.WriteLine($"{instrument.Name} {value:0.000} {instrument.Unit}"));
        listener.Start();
        // </listen>
    }
}
