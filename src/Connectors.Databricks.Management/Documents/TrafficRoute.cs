using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>The share of the calls that goes to one served entity.</summary>
public sealed record TrafficRoute : EndpointDocument
{
    /// <summary>Creates a route to fill in.</summary>
    public TrafficRoute()
    {
    }

    /// <summary>Creates a route.</summary>
    /// <param name="servedEntityName">The served entity.</param>
    /// <param name="percentage">Its share, from 0 to 100.</param>
    public TrafficRoute(string servedEntityName, int percentage)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servedEntityName);
        ServedEntityName = servedEntityName;
        Percentage = percentage;
    }

    /// <summary>The served entity.</summary>
    // Sent in the older spelling, which every version of the service takes; it answers in both (serving reference §9.3).
    [JsonPropertyName("served_model_name")]
    public string ServedEntityName { get => field ?? string.Empty; init; }

    /// <summary>Gets the percentage of traffic, from 0 to 100.</summary>
    [JsonPropertyName("traffic_percentage")]
    public int Percentage { get; init; }

    [JsonInclude]
    [JsonPropertyName("served_entity_name")]
    internal string? NewerName
    {
        get => null;
        init => ServedEntityName = value ?? ServedEntityName;
    }

    /// <summary>Name and share.</summary>
    /// <returns>For a log: <c>champion 90 %</c>.</returns>
    public override string ToString() => $"{ServedEntityName} {Percentage} %";
}
