namespace Connectors.Databricks.Transport.Limits;

/// <summary>A gate for each endpoint that is called, and none for calls that are not inference.</summary>
internal sealed class CallGates(DatabricksCallLimits limits, TimeProvider clock)
{
    private readonly PerEndpoint<CallGate> _gates = new(_ => new CallGate(limits, clock), static gate => gate.IsAtRest);

    public CallGate? For(ServingCall call) => call.IsInference ? _gates.For(call.EndpointName) : null;
}
