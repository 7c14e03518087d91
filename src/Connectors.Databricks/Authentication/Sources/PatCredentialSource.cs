using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>A personal access token, or any bearer token that was issued elsewhere (authentication reference §6.1).</summary>
internal sealed class PatCredentialSource() : CredentialSource(Name)
{
    public const string Name = "pat";

    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        if (context.Settings[SettingTable.Token] is not { } token)
        {
            return new(Missing(context.Settings, SettingTable.Token));
        }

        try
        {
            return new(CredentialSourceResult.Created(TokenSource.Fixed(AuthType, new DatabricksAccessToken(token))));
        }
        catch (ArgumentException)
        {
            throw CredentialExceptions.Provider(
                $"{context.Settings.Origin(SettingTable.Token)} holds white space or characters outside printable ASCII. " +
                "Check for a line break at its end.");
        }
    }
}
