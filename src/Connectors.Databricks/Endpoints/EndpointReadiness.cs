using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>Whether an endpoint answers calls (<c>state.ready</c>). An endpoint that has scaled to zero is ready.</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<EndpointReadiness>))]
public readonly record struct EndpointReadiness(string Value) : IOpenText<EndpointReadiness>
{
    /// <summary>It answers calls.</summary>
    public static EndpointReadiness Ready { get; } = new("READY");

    /// <summary>It does not: it is being deployed, has failed, or is stopped.</summary>
    public static EndpointReadiness NotReady { get; } = new("NOT_READY");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static EndpointReadiness IOpenText<EndpointReadiness>.From(string value) => new(value);
}
