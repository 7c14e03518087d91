using System.Text;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>User name and password, which current workspaces reject (authentication reference §6.2).</summary>
internal sealed class BasicCredentialSource() : CredentialSource("basic")
{
    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (settings[SettingTable.Username] is not { } user || settings[SettingTable.Password] is not { } password)
        {
            return new(Missing(settings, SettingTable.Username, SettingTable.Password));
        }

        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return new(CredentialSourceResult.Created(TokenSource.Fixed(AuthType, new DatabricksAccessToken(pair, null) { Scheme = "Basic" })));
    }
}
