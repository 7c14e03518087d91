using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>What a rate limit is counted for (<c>key</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<RateLimitKey>))]
public readonly record struct RateLimitKey(string Value) : IOpenText<RateLimitKey>
{
    /// <summary>All calls to the endpoint together.</summary>
    public static RateLimitKey Endpoint { get; } = new("endpoint");

    /// <summary>Each user by itself, or the one that is named.</summary>
    public static RateLimitKey User { get; } = new("user");

    /// <summary>The group that is named.</summary>
    public static RateLimitKey UserGroup { get; } = new("user_group");

    /// <summary>The service principal that is named.</summary>
    public static RateLimitKey ServicePrincipal { get; } = new("service_principal");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static RateLimitKey IOpenText<RateLimitKey>.From(string value) => new(value);
}
