using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>A circuit for each endpoint that is called, and none for calls that are not inference.</summary>
internal sealed class CircuitBreakers(DatabricksCircuitBreakerOptions options, TimeProvider clock, ILogger logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Circuit>> _circuits = new(StringComparer.Ordinal);

    public Circuit? For(ServingCall call) => call.IsInference
        ? _circuits.GetOrAdd(call.EndpointName, static (name, self) => self.New(name), this).Value
        : null;

    private Lazy<Circuit> New(string name) => new(() => new Circuit(name, options, clock, logger));
}
