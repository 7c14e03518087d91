using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Strategies;

/// <summary>One way to log in. It looks whether it applies, and if so offers a source of tokens.</summary>
/// <param name="authType">Its name, as <c>auth_type</c> takes it.</param>
/// <param name="groups">The groups of settings that it reads, besides those of no group.</param>
internal abstract class Strategy(string authType, params string[] groups)
{
    public string AuthType => authType;

    /// <summary>The groups of settings that it reads, besides those of no group.</summary>
    public IReadOnlyList<string> Groups => groups;

    /// <summary>Whether it can do without a configured host.</summary>
    public virtual bool FindsHost => false;

    /// <exception cref="TokenCallException">It applies, and does not work.</exception>
    /// <exception cref="DatabricksCredentialException">It applies, and does not work.</exception>
    public abstract ValueTask<StrategyOffer> OfferAsync(StrategyContext context, CancellationToken cancellationToken);

    protected StrategyOffer Offer(Func<CancellationToken, Task<DatabricksAccessToken>> fetch) => StrategyOffer.Of(new TokenSource(AuthType, fetch));

    /// <summary>Declines for settings that are not set, each named with its variable.</summary>
    protected static StrategyOffer Missing(ResolvedSettings settings, params IEnumerable<Setting> needed)
    {
        var missing = needed.Where(setting => settings[setting] is null)
            .Select(setting => setting.Variable is null ? setting.Name : $"{setting.Name} ({setting.Variable})");
        return StrategyOffer.Decline($"{string.Join(" and ", missing)} not set");
    }
}
