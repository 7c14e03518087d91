using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Sources;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication;

/// <summary>
/// Selects the authentication type: that of <c>auth_type</c>, or the first that returns a token (authentication reference §5).
/// </summary>
internal sealed class StrategyChain(CredentialSourceContext context, ILogger logger)
{
    // The order of AuthTypeTable.
    private static readonly CredentialSource[] InOrder =
    [
        new PatCredentialSource(),
        new BasicCredentialSource(),
        new OAuthM2MCredentialSource(),
        new DatabricksCliCredentialSource(),
        new MetadataServiceCredentialSource(),
        new GitHubOidcCredentialSource(),
        new AzureDevOpsOidcCredentialSource(),
        new EnvOidcCredentialSource(),
        new FileOidcCredentialSource(),
        new GitHubOidcAzureCredentialSource(),
        new AzureMsiCredentialSource(),
        new AzureClientSecretCredentialSource(),
        new AzureCliCredentialSource(),
        new ModelServingCredentialSource(),
    ];

    // Authentication types of other clients, with the alternative to use here.
    private static readonly Dictionary<string, string> NotOffered = new(StringComparer.Ordinal)
    {
        ["external-browser"] = "would open a browser; log in with 'databricks auth login' and use databricks-cli",
        ["google-credentials"] = "is not offered by this connector; use oauth-m2m with a Databricks service principal",
        ["google-id"] = "is not offered by this connector; use oauth-m2m with a Databricks service principal",
        ["runtime"] = "takes the token from a notebook's own process, which .NET cannot reach; use pat or oauth-m2m",
        ["runtime-oauth"] = "takes the token from a notebook's own process, which .NET cannot reach; use pat or oauth-m2m",
    };

    public static IEnumerable<string> AuthTypes => InOrder.Select(source => source.AuthType);

    /// <summary>Validates what can be validated without a request.</summary>
    /// <exception cref="DatabricksCredentialException">The authentication type is not supported, or no host is configured.</exception>
    public static void Check(ResolvedSettings settings)
    {
        if (settings[SettingTable.AuthType] is { } wanted && !AuthTypes.Contains(wanted))
        {
            throw CredentialExceptions.UnknownAuthType(
                wanted,
                NotOffered.TryGetValue(wanted, out var reason)
                    ? $"{reason}."
                    : $"is unknown. The known ones: {string.Join(", ", AuthTypes)}.",
                settings);
        }

        if (settings.Host is null && settings[SettingTable.AzureWorkspaceResourceId] is null)
        {
            throw CredentialExceptions.NoHost(settings);
        }
    }

    /// <summary>
    /// Selects a configured token, which needs no request and no other thread; null if there is none, it is invalid, or token requests are
    /// observed. <see cref="SelectAsync"/> would select the same.
    /// </summary>
    public Selection? SelectConfiguredToken()
    {
        var settings = context.Settings;
        if (settings.Host is null || settings[SettingTable.AuthType] is not (null or PatCredentialSource.Name)
            || settings[SettingTable.Token] is not { } text || TokenTelemetry.IsObserved || !DatabricksAccessToken.IsValid(text))
        {
            return null;
        }

        var token = new DatabricksAccessToken(text);
        var pat = new PatCredentialSource();
        var selection = NewSelection(pat, TokenSource.Fixed(pat.AuthType, token));
        Remember(token);
        selection.Tokens.Store(token);
        AuthenticationLog.Selected(logger, pat.AuthType, settings.Host.GetLeftPart(UriPartial.Authority));
        return selection with { Attempts = [Selected(pat)] };
    }

    /// <summary>Selects an authentication type and acquires the first token, so that the selection is known to work.</summary>
    /// <exception cref="DatabricksCredentialException">None returned a token; the message lists each with its reason.</exception>
    public async Task<Selection> SelectAsync(CancellationToken cancellationToken)
    {
        var wanted = context.Settings[SettingTable.AuthType];
        var attempts = new List<DatabricksCredentialAttempt>();
        DatabricksCredentialException? cause = null;
        foreach (var candidate in InOrder.Where(candidate => wanted is null || candidate.AuthType == wanted))
        {
            var (selected, attempt, failure) = await TryAsync(candidate, cancellationToken).ConfigureAwait(false);
            attempts.Add(attempt);
            cause ??= failure;
            if (selected is not null)
            {
                AuthenticationLog.Selected(logger, attempt.AuthType, context.Settings.Host?.GetLeftPart(UriPartial.Authority));
                return selected with { Attempts = attempts };
            }

            if (wanted is not null)
            {
                throw CredentialExceptions.Forced(attempt, context.Settings, cause);
            }

            Report(attempt);
        }

        throw CredentialExceptions.Exhausted(attempts, context.Settings, cause);
    }

    private async Task<(Selection?, DatabricksCredentialAttempt, DatabricksCredentialException?)> TryAsync(
        CredentialSource candidate, CancellationToken cancellationToken)
    {
        DatabricksCredentialAttempt Attempt(DatabricksCredentialOutcome outcome, string reason) =>
            new(candidate.AuthType, outcome, context.Redaction.Redact(reason));

        if (context.Settings.Host is null && !candidate.FindsHost)
        {
            return (null, Attempt(DatabricksCredentialOutcome.Declined, "host (DATABRICKS_HOST) not set"), null);
        }

        try
        {
            var result = await candidate.TryCreateAsync(context, cancellationToken).ConfigureAwait(false);
            if (result.Source is null)
            {
                return (null, Attempt(DatabricksCredentialOutcome.Declined, result.Reason!), null);
            }

            var selection = NewSelection(candidate, result.Source);
            await selection.Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            return (selection, Selected(candidate), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var failure = Clean(exception);
            return (null, Attempt(DatabricksCredentialOutcome.Failed, failure.Message), failure);
        }
    }

    private static DatabricksCredentialAttempt Selected(CredentialSource candidate) =>
        new(candidate.AuthType, DatabricksCredentialOutcome.Selected, "returned a token");

    private Selection NewSelection(CredentialSource candidate, TokenSource tokens)
    {
        var source = tokens with { FetchAsync = stop => FetchAsync(tokens, stop) };
        return new Selection(candidate, source, new TokenCache(
            source, context.Platform.Clock, logger, !context.Settings.IsOn(SettingTable.DisableAsyncTokenRefresh)));
    }

    private async Task<DatabricksAccessToken> FetchAsync(TokenSource source, CancellationToken cancellationToken)
    {
        try
        {
            var token = await source.FetchAsync(cancellationToken).ConfigureAwait(false);
            Remember(token);
            return token;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw Clean(exception);
        }
    }

    private void Remember(DatabricksAccessToken token)
    {
        context.Redaction.Add(token.Value);
        foreach (var header in token.Headers?.Where(header => header.Name.EndsWith("Token", StringComparison.Ordinal)) ?? [])
        {
            context.Redaction.Add(header.Value);
        }
    }

    /// <summary>
    /// Redacts configured secrets from every exception of a credential source, including unexpected ones. The
    /// exceptions below are not kept as they are: their texts have not passed here.
    /// </summary>
    public DatabricksCredentialException Clean(Exception exception) => new(context.Redaction, context.Redaction.Clean(Text(exception)))
    {
        Failure = exception is DatabricksCredentialException { Failure: not DatabricksCredentialFailure.Other } ours
            ? ours.Failure
            : DatabricksCredentialFailure.ProviderFailed,
    };

    private static string Text(Exception exception) => exception is TokenCallException or DatabricksCredentialException
        ? exception.Message
        : $"{exception.GetType().Name}: {exception.Message}";

    private void Report(DatabricksCredentialAttempt attempt)
    {
        if (attempt.Outcome == DatabricksCredentialOutcome.Failed)
        {
            AuthenticationLog.Failed(logger, attempt.AuthType, attempt.Reason);
        }
        else
        {
            AuthenticationLog.Declined(logger, attempt.AuthType, attempt.Reason);
        }
    }

    /// <summary>The selected authentication type.</summary>
    internal sealed record Selection(CredentialSource CredentialSource, TokenSource TokenSource, TokenCache Tokens)
    {
        public string AuthType => CredentialSource.AuthType;

        public IReadOnlyList<DatabricksCredentialAttempt> Attempts { get; init; } = [];
    }
}
