using System.Collections.Concurrent;

namespace Connectors.Databricks.Transport.Limits;

/// <summary>A gate for each endpoint that is called, and none for calls that are not inference.</summary>
internal sealed class CallGates(DatabricksCallLimits limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, CallGate> _gates = new(StringComparer.Ordinal);

    public CallGate? For(ServingCall call) => call.IsInference
        ? _gates.GetOrAdd(call.EndpointName, static (_, state) => new CallGate(state.Limits, state.Clock), (Limits: limits, Clock: clock))
        : null;
}
