using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication;

/// <summary>Acquires a token and creates the report, without throwing if the credential fails.</summary>
internal static class AuthenticationReport
{
    public static async Task<DatabricksAuthenticationReport> MakeAsync(
        RequestAuthenticator authenticator, CancellationToken cancellationToken)
    {
        try
        {
            var token = await TokenAsync(authenticator, cancellationToken).ConfigureAwait(false);
            var host = await authenticator.GetHostAsync(cancellationToken).ConfigureAwait(false);
            return Report(authenticator, host, token.ExpiresOn, error: null);
        }
        catch (DatabricksCredentialException exception)
        {
            return Report(authenticator, authenticator.Host, expiresOn: null, exception);
        }
    }

    private static async ValueTask<DatabricksAccessToken> TokenAsync(
        RequestAuthenticator authenticator, CancellationToken cancellationToken)
    {
        try
        {
            var token = await authenticator.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            RequestAuthenticator.Checked(token);
            return token;
        }
        catch (Exception exception) when (exception is not (DatabricksCredentialException or OperationCanceledException))
        {
            // A custom credential may throw any exception, and its message may contain a token.
            var text = $"The credential {authenticator.Credential.GetType().Name} threw {exception.GetType().Name}: {exception.Message}";
            throw CredentialExceptions.Provider(authenticator.Redaction.Clean(text), authenticator.Redaction.Redact(exception));
        }
    }

    private static DatabricksAuthenticationReport Report(
        RequestAuthenticator authenticator, Uri? host, DateTimeOffset? expiresOn, DatabricksCredentialException? error)
    {
        var unified = authenticator.Credential as UnifiedCredential;
        var settings = unified?.Settings ?? authenticator.Settings;
        var selection = unified?.Selection;
        var used = selection?.CredentialSource.Groups ?? [];
        return new DatabricksAuthenticationReport
        {
            Host = host,
            AuthType = error is null ? authenticator.AuthType : null,
            ExpiresOn = expiresOn,
            Profile = settings.Profile,
            Settings = settings.Shown,
            Warnings = [.. settings.Remarks.Select(settings.Redaction.Redact)],
            UnusedSettings = unified is not null && selection is null
                ? []
                : [.. settings.Present.Where(pair => pair.Key.Group is { } group && !used.Contains(group)).Select(pair => pair.Key.Name)],
            Attempts = error is { Attempts.Count: > 0 } ? error.Attempts : selection?.Attempts ?? [],
            Error = error,
        };
    }
}
