using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>The percentage of traffic that is routed to one served entity.</summary>
public sealed record TrafficRoute : EndpointDocument
{
    /// <summary>Initializes a new instance of the <see cref="TrafficRoute"/> class, for an object initializer.</summary>
    public TrafficRoute()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TrafficRoute"/> class.</summary>
    /// <param name="servedEntityName">The served entity.</param>
    /// <param name="percentage">The percentage, from 0 to 100.</param>
    public TrafficRoute(string servedEntityName, int percentage)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servedEntityName);
        ServedEntityName = servedEntityName;
        Percentage = percentage;
    }

    /// <summary>Gets the name of the served entity.</summary>
    // Sent under the older name, which every version of the service accepts; responses contain both (serving reference §9.3).
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

    /// <summary>Returns name and percentage.</summary>
    /// <returns>Text for a log: <c>champion 90 %</c>.</returns>
    public override string ToString() => $"{ServedEntityName} {Percentage} %";
}
