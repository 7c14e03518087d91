using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>A token request.</summary>
/// <param name="Purpose">The purpose, which starts messages: "Requesting a token".</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Address">The URL.</param>
internal sealed record TokenCall(string Purpose, HttpMethod Method, Uri Address)
{
    /// <summary>Sent form-encoded; null for no body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; init; }

    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>The timeout of one attempt.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether transient failures are retried.</summary>
    public bool Repeats { get; init; } = true;

    /// <summary>Whether the URL is a secret that messages must not contain.</summary>
    public bool HidesAddress { get; init; }

    /// <summary>The URL for messages, without query and user info, which may contain secrets.</summary>
    public string ShownAddress => HidesAddress ? "***" : Shown(Address);

    /// <summary>A URL without query and user info.</summary>
    public static string Shown(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    // Form and headers hold secrets.
    public override string ToString() => $"{Purpose} ({Method} {ShownAddress})";
}
