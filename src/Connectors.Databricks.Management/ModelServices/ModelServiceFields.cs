namespace Connectors.Databricks.Management;

/// <summary>
/// The parts of a model service that an update can replace, for the update mask. The service accepts no others: neither <c>*</c> nor
/// parts between these, such as <c>config.routing</c>.
/// </summary>
public static class ModelServiceFields
{
    /// <summary>The description.</summary>
    public const string Comment = "comment";

    /// <summary>The whole configuration: what the update leaves out is cleared.</summary>
    public const string Config = "config";

    /// <summary>The destinations.</summary>
    public const string Destinations = "config.routing.destinations";

    /// <summary>The fallback destinations.</summary>
    public const string Fallbacks = "config.routing.fallback.destinations";

    /// <summary>The rate limits.</summary>
    public const string RateLimits = "config.rate_limits";

    /// <summary>The inference table.</summary>
    public const string InferenceTable = "config.inference_table";

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Comment, Config, Destinations, Fallbacks, RateLimits, InferenceTable];
}
