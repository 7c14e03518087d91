using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>A bearer token for a Databricks workspace, with its expiry if known.</summary>
/// <remarks>The token itself never appears in <see cref="ToString"/> or in JSON.</remarks>
[JsonConverter(typeof(SecretConverter<DatabricksAccessToken>))]
public readonly record struct DatabricksAccessToken
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksAccessToken"/> struct.</summary>
    /// <param name="value">The bearer token, without the word <c>Bearer</c>.</param>
    /// <param name="expiresOn">The expiry; <see langword="null"/> if it is unknown or the token does not expire.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="value"/> is empty, or contains characters that are invalid in an HTTP header.
    /// </exception>
    public DatabricksAccessToken(string value, DateTimeOffset? expiresOn = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (!IsValid(value))
        {
            // Usually caused by a line break pasted with the token. The message must not contain the value.
            throw new ArgumentException(
                "The token holds white space or characters outside printable ASCII. Check for a line break at its end.", nameof(value));
        }

        Value = value;
        ExpiresOn = expiresOn;
    }

    /// <summary>Gets the bearer token, without the word <c>Bearer</c>.</summary>
    public string Value { get; }

    /// <summary>Gets the expiry; <see langword="null"/> if it is unknown or the token does not expire.</summary>
    public DateTimeOffset? ExpiresOn { get; }

    /// <summary>The authentication scheme in the header; null means <c>Bearer</c>.</summary>
    internal string? Scheme { get; init; }

    /// <summary>Additional request headers of some authentication types; null for most. They may contain secrets.</summary>
    internal IReadOnlyList<RequestHeader>? Headers { get; init; }

    /// <summary>Whether a text consists of visible ASCII characters.</summary>
    internal static bool IsValid(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Returns the type and the expiry, never the token.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString() =>
        ExpiresOn is { } expiresOn ? $"DatabricksAccessToken(***, expires {expiresOn:O})" : "DatabricksAccessToken(***)";
}
