using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>A circuit for each endpoint that is called, and none for calls that are not inference.</summary>
internal sealed class CircuitBreakers(DatabricksCircuitBreakerOptions options, TimeProvider clock, ILogger logger)
{
    private readonly PerEndpoint<Circuit> _circuits = new(name => new Circuit(name, options, clock, logger), static circuit => circuit.IsAtRest);

    public Circuit? For(ServingCall call) => call.IsInference ? _circuits.For(call.EndpointName) : null;
}
