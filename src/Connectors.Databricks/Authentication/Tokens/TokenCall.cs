using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>A request on the way to a token.</summary>
/// <param name="Purpose">What it is for, as a message starts with it: "Asking for a token".</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Address">Where it goes.</param>
internal sealed record TokenCall(string Purpose, HttpMethod Method, Uri Address)
{
    /// <summary>Sent form-encoded; null for no body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Form { get; init; }

    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>The longest one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether a failure that may pass is worth another attempt.</summary>
    public bool Repeats { get; init; } = true;

    /// <summary>Whether the address itself is a secret and may not be named.</summary>
    public bool HidesAddress { get; init; }

    /// <summary>The address for messages: without its query and its user and password, which may hold anything.</summary>
    public string ShownAddress => HidesAddress ? "***" : Shown(Address);

    /// <summary>An address without its query and its user and password.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    // Form and headers hold secrets.
    public override string ToString() => $"{Purpose} ({Method} {ShownAddress})";
}
