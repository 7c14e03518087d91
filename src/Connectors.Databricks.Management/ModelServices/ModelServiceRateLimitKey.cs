using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>What a rate limit of a model service is counted for (<c>key</c>).</summary>
[JsonConverter(typeof(OpenTextConverter<ModelServiceRateLimitKey>))]
public readonly struct ModelServiceRateLimitKey : IEquatable<ModelServiceRateLimitKey>, IOpenText<ModelServiceRateLimitKey>
{
    /// <summary>Initializes a new instance of the <see cref="ModelServiceRateLimitKey"/> struct.</summary>
    /// <param name="value">The value of the service; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public ModelServiceRateLimitKey(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>All requests to the service together.</summary>
    public static ModelServiceRateLimitKey Service { get; } = new("RATE_LIMIT_KEY_SERVICE");

    /// <summary>Each user without a limit of their own.</summary>
    public static ModelServiceRateLimitKey UserDefault { get; } = new("RATE_LIMIT_KEY_USER_DEFAULT");

    /// <summary>The user that is named.</summary>
    public static ModelServiceRateLimitKey User { get; } = new("RATE_LIMIT_KEY_USER");

    /// <summary>The group that is named.</summary>
    public static ModelServiceRateLimitKey UserGroup { get; } = new("RATE_LIMIT_KEY_USER_GROUP");

    /// <summary>The service principal that is named.</summary>
    public static ModelServiceRateLimitKey ServicePrincipal { get; } = new("RATE_LIMIT_KEY_SERVICE_PRINCIPAL");

    /// <summary>Requests with a request tag; current versions of the API no longer list it.</summary>
    public static ModelServiceRateLimitKey RequestTag { get; } = new("RATE_LIMIT_KEY_REQUEST_TAG");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(ModelServiceRateLimitKey left, ModelServiceRateLimitKey right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(ModelServiceRateLimitKey left, ModelServiceRateLimitKey right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ModelServiceRateLimitKey other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModelServiceRateLimitKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;

    static ModelServiceRateLimitKey IOpenText<ModelServiceRateLimitKey>.From(string value) =>
        string.IsNullOrWhiteSpace(value) ? default : new(value);
}
