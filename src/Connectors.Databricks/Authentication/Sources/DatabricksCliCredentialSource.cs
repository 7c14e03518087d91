using System.Text.Json;
using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>
/// The token of the user who is logged in with the Databricks CLI, which caches and refreshes the token (authentication reference §6.4).
/// </summary>
internal sealed class DatabricksCliCredentialSource() : CredentialSource("databricks-cli")
{
    private const string Purpose = "Requesting a token from the Databricks CLI";

    // A stable message of the CLI: no user is logged in to this host.
    private const string NotLoggedIn = "databricks OAuth is not configured for this host";

    private const string OfflineAccess = "offline_access";

    public override async ValueTask<CredentialSourceResult> TryCreateAsync(
        CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var (path, reason) = DatabricksCli.Find(context.Platform, context.Settings[SettingTable.DatabricksCliPath]);
        if (path is null)
        {
            return CredentialSourceResult.Declined(reason!);
        }

        if (context.Settings.Source(SettingTable.Scopes) == SettingSource.Code)
        {
            return CredentialSourceResult.Declined("scopes are set in code, and the CLI takes none");
        }

        var cli = new DatabricksCli(context.Platform, path);
        var probe = await cli.GetTokenAsync(
            context.Settings, DatabricksCloud.IsAccounts(context.Host), cancellationToken).ConfigureAwait(false);
        if (IsNotLoggedIn(probe))
        {
            return CredentialSourceResult.Declined(
                $"no user is logged in to {context.Host.Host}; run 'databricks auth login --host " +
                $"{context.Host.GetLeftPart(UriPartial.Authority)}'");
        }

        var first = Read(context, probe);
        if (!HasScopes(context, first.Value) && !context.IsForced)
        {
            return CredentialSourceResult.Declined("the CLI's token is for other scopes than the profile requires");
        }

        // The token that proved that the CLI works is used first; another request would start the program again.
        return Create(async stop =>
        {
            if (Interlocked.Exchange(ref probe, null) is not null)
            {
                return Wanted(context, first);
            }

            var result = await cli.GetTokenAsync(context.Settings, DatabricksCloud.IsAccounts(context.Host), stop).ConfigureAwait(false);
            return Wanted(context, Read(context, result));
        });
    }

    private static bool IsNotLoggedIn(ProgramResult result) =>
        result.ExitCode != 0 && result.Error.Contains(NotLoggedIn, StringComparison.OrdinalIgnoreCase);

    private static DatabricksAccessToken Read(CredentialSourceContext context, ProgramResult result)
    {
        if (result.ExitCode != 0)
        {
            throw CredentialExceptions.Provider($"{Purpose} failed: cannot get access token: {context.Redaction.Clean(result.ErrorText)}");
        }

        try
        {
            using var document = TokenJson.Parse(result.Output);
            var expiry = Expiry(document.RootElement, context.Platform.Clock.LocalTimeZone);
            return TokenFromWire.Bearer(document.RootElement, "access_token", "token_type", expiry, Purpose);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The output is not quoted: it may be the token.
            throw CredentialExceptions.Provider($"{Purpose} failed: its output is not the expected JSON.");
        }
    }

    // Local time with an offset, or UTC, with up to nanoseconds. Some versions omit the offset and mean local time.
    private static DateTimeOffset Expiry(JsonElement answer, TimeZoneInfo zone) =>
        LocalTime.Read(TokenFromWire.Text(answer, "expiry"), zone)
        ?? throw CredentialExceptions.Provider($"{Purpose} failed: its output has no 'expiry' that is a moment.");

    private static DatabricksAccessToken Wanted(CredentialSourceContext context, DatabricksAccessToken token) =>
        HasScopes(context, token.Value)
            ? token
            : throw CredentialExceptions.Provider(
                $"{Purpose} failed: the token is for other scopes than '{context.Scope}', which the profile requires.");

    // The CLI accepts no scopes. If its token is a JSON web token, the scopes are in its claims.
    private static bool HasScopes(CredentialSourceContext context, string token)
    {
        if (context.Settings[SettingTable.Scopes] is null || WebToken.Scopes(token) is not { } given)
        {
            return true;
        }

        return given.Where(scope => scope != OfflineAccess).ToHashSet(StringComparer.Ordinal)
            .SetEquals(context.Scope.Split(' ').Where(scope => scope != OfflineAccess));
    }
}
