using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>A bearer token for a Databricks workspace, with the moment it stops working when that is known.</summary>
/// <remarks>The token itself never appears in <see cref="ToString"/> or in JSON.</remarks>
[JsonConverter(typeof(SecretConverter<DatabricksAccessToken>))]
public readonly record struct DatabricksAccessToken
{
    /// <summary>Wraps a token.</summary>
    /// <param name="value">The bearer token, without the word <c>Bearer</c>.</param>
    /// <param name="expiresOn">When the token stops working; <see langword="null"/> when unknown or never.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, or holds characters that no HTTP header may carry.</exception>
    public DatabricksAccessToken(string value, DateTimeOffset? expiresOn = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            // A line break pasted with the token is the usual cause; the value itself must not be quoted here.
            throw new ArgumentException(
                "The token holds white space or characters outside printable ASCII. Check for a line break at its end.", nameof(value));
        }

        Value = value;
        ExpiresOn = expiresOn;
    }

    /// <summary>The bearer token, without the word <c>Bearer</c>.</summary>
    public string Value { get; }

    /// <summary>When the token stops working; <see langword="null"/> when unknown or never.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The word before it in the header; null means <c>Bearer</c>.</summary>
    internal string? Scheme { get; init; }

    /// <summary>What some ways to log in send besides; null for most. They may hold secrets, too.</summary>
    internal IReadOnlyList<RequestHeader>? Headers { get; init; }

    /// <summary>Names the type and the expiry; never the token.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() =>
        ExpiresOn is { } expiresOn ? $"DatabricksAccessToken(***, expires {expiresOn:O})" : "DatabricksAccessToken(***)";
}
