using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>
/// An OIDC token in a file, such as a projected volume of Kubernetes, read for each exchange (authentication reference §6.8).
/// </summary>
internal sealed class FileOidcCredentialSource() : CredentialSource("file-oidc")
{
    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (context.Settings[SettingTable.OidcTokenFilePath] is not { } path)
        {
            return new(Missing(context.Settings, SettingTable.OidcTokenFilePath));
        }

        return new(Create(async stop =>
            await TokenExchange.ExchangeAsync(context, Read(context, path), stop).ConfigureAwait(false)));
    }

    private static string Read(CredentialSourceContext context, string path)
    {
        try
        {
            return TokenExchange.Checked(context.Platform.ReadFile(path), $"File '{path}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CredentialExceptions.Provider($"File '{path}' (oidc_token_filepath) cannot be read: {exception.Message}", exception);
        }
    }
}
