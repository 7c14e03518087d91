using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>How often a rate limit starts anew (<c>renewal_period</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<RateLimitRenewalPeriod>))]
public readonly record struct RateLimitRenewalPeriod(string Value) : IOpenText<RateLimitRenewalPeriod>
{
    /// <summary>Every minute: the only one that is known.</summary>
    public static RateLimitRenewalPeriod Minute { get; } = new("minute");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static RateLimitRenewalPeriod IOpenText<RateLimitRenewalPeriod>.From(string value) => new(value);
}
