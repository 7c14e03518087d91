using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>The result of <see cref="CredentialSource.TryCreateAsync"/>: a token source, or the reason why there is none.</summary>
internal readonly record struct CredentialSourceResult
{
    public TokenSource? Source { get; private init; }

    /// <summary>Why the credential source does not apply; null if it does.</summary>
    public string? Reason { get; private init; }

    public static CredentialSourceResult Created(TokenSource source) => new() { Source = source };

    public static CredentialSourceResult Declined(string reason) => new() { Reason = reason };
}
