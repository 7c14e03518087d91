using System.Text;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication;

/// <summary>Creates the exceptions of authentication, with the settings found, their sources, what was tried, and what to do.</summary>
internal static class CredentialExceptions
{
    private const string Help = "https://docs.databricks.com/dev-tools/auth/unified-auth.html";

    /// <summary>The settings are invalid, so nothing was tried.</summary>
    public static DatabricksCredentialException Unresolved(DatabricksCredentialFailure failure, string message, ResolvedSettings found) =>
        new(found.Redaction, message + Found(found)) { Failure = failure, Settings = found.Shown };

    public static DatabricksCredentialException Conflict(ResolvedSettings found)
    {
        var groups = found.Groups;
        var text = new StringBuilder("Settings of more than one authentication type are configured: ").AppendJoin(" and ", groups)
            .Append('.');
        foreach (var group in groups)
        {
            var members = found.Present.Where(pair => pair.Key.GroupOf(pair.Value.Text) == group)
                .Select(pair => $"{pair.Key.Name} from {pair.Value.Source.Description}");
            text.Append(' ').Append(group).Append(": ").AppendJoin(", ", members).Append('.');
        }

        text.Append(" Unset all but one of them, or set DATABRICKS_AUTH_TYPE to the one you mean: ")
            .AppendJoin(", ", AuthTypeTable.WithAnyOf(groups)).Append('.').Append(Found(found));
        return new DatabricksCredentialException(found.Redaction, text.ToString())
        {
            Failure = DatabricksCredentialFailure.Conflict,
            Settings = found.Shown,
            ConflictingMethods = groups,
        };
    }

    public static DatabricksCredentialException NoHost(ResolvedSettings found) => Unresolved(
        DatabricksCredentialFailure.NoHost,
        "No workspace is configured: set DATABRICKS_HOST, the Host option, or a profile of ~/.databrickscfg that has a host " +
        "('databricks auth login' makes one)." + Unread(found) + Hint(found),
        found);

    // The two cases in which a profile with a host is not read.
    private static string Unread(ResolvedSettings found)
    {
        if (found.Profile is not null)
        {
            return string.Empty;
        }

        if (found[SettingTable.Profile] is { } named)
        {
            return $" Profile '{named}' was not read: there is no file {found[SettingTable.ConfigFile] ?? ConfigProfile.DefaultPath}.";
        }

        return found.Groups.Count == 0
            ? string.Empty
            : " The default profile is not read if another setting selects a credential; DATABRICKS_CONFIG_PROFILE names one to join " +
                "with it.";
    }

    public static DatabricksCredentialException UnknownAuthType(string authType, string message, ResolvedSettings found) => Unresolved(
        DatabricksCredentialFailure.UnknownAuthType,
        $"Authentication type '{authType}' (from {found.Source(SettingTable.AuthType)?.Description}) {message}",
        found);

    /// <summary>The selected authentication type failed.</summary>
    public static DatabricksCredentialException Forced(
        DatabricksCredentialAttempt attempt,
        ResolvedSettings found,
        DatabricksCredentialException? cause,
        params IEnumerable<DatabricksCredentialAttempt> before)
    {
        var isDeclined = attempt.Outcome == DatabricksCredentialOutcome.Declined;
        var verb = isDeclined ? "is not configured" : "failed";
        return new DatabricksCredentialException(
            found.Redaction, $"Authentication type '{attempt.AuthType}' {verb}: {attempt.Reason.TrimEnd('.')}.{Found(found)}", cause)
        {
            Failure = isDeclined ? DatabricksCredentialFailure.NotConfigured : cause?.Failure ?? DatabricksCredentialFailure.ProviderFailed,
            Attempts = [.. before.Append(attempt).Select(each => Redacted(each, found))],
            Settings = found.Shown,
        };
    }

    /// <summary>No authentication type returned a token.</summary>
    public static DatabricksCredentialException Exhausted(
        IReadOnlyList<DatabricksCredentialAttempt> attempts, ResolvedSettings found, DatabricksCredentialException? cause)
    {
        var text = new StringBuilder("No authentication type returned a token. Tried in order of precedence:");
        foreach (var attempt in attempts)
        {
            var what = attempt.Outcome == DatabricksCredentialOutcome.Declined ? "not used" : "FAILED";
            text.Append("\n  ").Append(attempt.AuthType).Append(": ").Append(what).Append(": ").Append(attempt.Reason);
        }

        text.Append("\nTo log in as a user, run 'databricks auth login --host ")
            .Append(found.Host?.GetLeftPart(UriPartial.Authority) ?? "<workspace>")
            .Append("'; for other authentication types see ").Append(Help).Append('.')
            .Append(Hint(found))
            .Append(Found(found));
        var hasFailed = attempts.Any(attempt => attempt.Outcome == DatabricksCredentialOutcome.Failed);
        return new DatabricksCredentialException(found.Redaction, text.ToString(), cause)
        {
            Failure = hasFailed ? DatabricksCredentialFailure.ProviderFailed : DatabricksCredentialFailure.NoCredentials,
            Attempts = [.. attempts.Select(attempt => Redacted(attempt, found))],
            Settings = found.Shown,
        };
    }

    /// <summary>A token source failed; the chain adds the configured settings and redacts secrets.</summary>
    public static DatabricksCredentialException Provider(string message, Exception? inner = null) =>
        new(Redaction.OfNone, message, inner) { Failure = DatabricksCredentialFailure.ProviderFailed };

    private static DatabricksCredentialAttempt Redacted(DatabricksCredentialAttempt attempt, ResolvedSettings found) =>
        attempt with { Reason = found.Redaction.Redact(attempt.Reason) };

    private static string Hint(ResolvedSettings found) => found.UnreadVariables is { } hint ? $" {hint}" : string.Empty;

    private static string Found(ResolvedSettings found)
    {
        var settings = found.Shown is { Count: > 0 } shown
            ? $" Configured: {string.Join(", ", shown)}."
            : " Nothing is configured in code, environment or profile.";
        return found.Remarks.Count == 0 ? settings : $"{settings} Note: {string.Join(' ', found.Remarks)}";
    }
}
