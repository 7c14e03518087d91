using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>A circuit for each endpoint that is called, and none for calls that are not inference.</summary>
internal sealed class CircuitBreakers(DatabricksCircuitBreakerOptions options, TimeProvider clock, ILogger logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Circuit>> _circuits = new(StringComparer.Ordinal);

    public Circuit? For(ServingCall call) => call is { Resend: Resend.UnlessBilled, EndpointName.Length: > 0 }
        ? _circuits.GetOrAdd(call.EndpointName, name => new Lazy<Circuit>(() => new Circuit(name, options, clock, logger))).Value
        : null;
}
