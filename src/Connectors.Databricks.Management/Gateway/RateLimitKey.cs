using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The scope of a rate limit (<c>key</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<RateLimitKey>))]
public readonly struct RateLimitKey : IEquatable<RateLimitKey>, IOpenText<RateLimitKey>
{
    /// <summary>Initializes a new instance of the <see cref="RateLimitKey"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public RateLimitKey(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>All calls to the endpoint.</summary>
    public static RateLimitKey Endpoint { get; } = new("endpoint");

    /// <summary>Each user, or the user that <see cref="RateLimit.Principal"/> names.</summary>
    public static RateLimitKey User { get; } = new("user");

    /// <summary>The group that <see cref="RateLimit.Principal"/> names.</summary>
    public static RateLimitKey UserGroup { get; } = new("user_group");

    /// <summary>The service principal that <see cref="RateLimit.Principal"/> names.</summary>
    public static RateLimitKey ServicePrincipal { get; } = new("service_principal");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(RateLimitKey left, RateLimitKey right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RateLimitKey left, RateLimitKey right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RateLimitKey other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RateLimitKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static RateLimitKey IOpenText<RateLimitKey>.From(string value) => string.IsNullOrWhiteSpace(value) ? default : new(value);
}
