using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>A credential source of the chain: one authentication type. Creates a token source if the settings for it are present.</summary>
/// <param name="authType">The authentication type, as a value of <c>auth_type</c>.</param>
internal abstract class CredentialSource(string authType)
{
    public string AuthType => authType;

    /// <summary>The setting groups that it reads in addition to ungrouped settings.</summary>
    public IReadOnlyList<string> Groups => AuthTypeTable.GroupsOf(authType);

    /// <summary>Whether it can discover the host when none is configured.</summary>
    public virtual bool FindsHost => false;

    /// <summary>Creates a token source, or returns why the credential source does not apply.</summary>
    /// <exception cref="TokenCallException">The credential source is configured but fails.</exception>
    /// <exception cref="DatabricksCredentialException">The credential source is configured but fails.</exception>
    public abstract ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken);

    protected CredentialSourceResult Create(Func<CancellationToken, Task<DatabricksAccessToken>> fetch) =>
        CredentialSourceResult.Created(new TokenSource(AuthType, fetch));

    /// <summary>Returns a declined result that names the missing settings and their environment variables.</summary>
    protected static CredentialSourceResult Missing(ResolvedSettings settings, params IEnumerable<Setting> needed)
    {
        var missing = needed.Where(setting => settings[setting] is null)
            .Select(setting => setting.Variable is null ? setting.Name : $"{setting.Name} ({setting.Variable})");
        return CredentialSourceResult.Declined($"{string.Join(" and ", missing)} not set");
    }
}
