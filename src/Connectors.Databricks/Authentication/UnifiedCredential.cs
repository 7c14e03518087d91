using System.Text.Json.Serialization;
using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Sources;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication;

/// <summary>
/// Databricks unified authentication as a credential: selects an authentication type at the first request and then returns its tokens.
/// A failed selection is not cached, so the next request tries again.
/// </summary>
[JsonConverter(typeof(SecretConverter<UnifiedCredential>))]
internal sealed class UnifiedCredential : DatabricksCredential
{
    private readonly ResolvedSettings _settings;
    private readonly HostFacts _hostFacts;
    private readonly StrategyChain _chain;
    private readonly SingleFlight<StrategyChain.Selection> _selecting;
    private readonly SingleFlight<Uri> _findingHost;
    private volatile StrategyChain.Selection? _selection;
    private volatile Uri? _foundHost;

    /// <exception cref="DatabricksCredentialException">The settings are invalid, which is detected without a request.</exception>
    public UnifiedCredential(ResolvedSettings settings, IPlatform platform, ILogger logger)
    {
        StrategyChain.Check(settings);
        _settings = settings;
        logger = RedactingLogger.Over(logger, Redaction);
        var requests = new TokenRequests(platform, logger, Redaction);
        _hostFacts = new HostFacts(settings, requests, logger);
        var oauth = new OAuthEndpoints(settings, _hostFacts, requests);
        _chain = new StrategyChain(new CredentialSourceContext(settings, platform, requests, _hostFacts, oauth, Redaction), logger);
        _selecting = new SingleFlight<StrategyChain.Selection>(
            // Re-check: another caller may have completed the selection.
            async stop => _selection ??= await _chain.SelectAsync(stop).ConfigureAwait(false));
        _findingHost = new SingleFlight<Uri>(FindHostAsync);
        foreach (var remark in settings.Remarks)
        {
            AuthenticationLog.Remark(logger, remark);
        }
    }

    public ResolvedSettings Settings => _settings;

    /// <summary>Redacts every acquired token and every configured secret.</summary>
    public Redaction Redaction => _settings.Redaction;

    /// <summary>The only workspace that tokens are sent to; null if not known yet.</summary>
    public Uri? Host => _settings.Host ?? _foundHost;

    /// <summary>Sent with requests for hosts that serve several workspaces; null if unknown.</summary>
    public string? WorkspaceId => _hostFacts.WorkspaceId;

    internal override string? AuthType => _selection?.AuthType;

    /// <summary>The selection; null before the first one.</summary>
    public StrategyChain.Selection? Selection => _selection;

    public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
        (_selection ?? SelectConfiguredToken()) is { } selection
            ? Given(selection, selection.Tokens.GetAsync(cancellationToken))
            : SelectAndGetAsync(cancellationToken);

    public override ValueTask<DatabricksAccessToken> RefreshTokenAsync(
        DatabricksAccessToken rejected, CancellationToken cancellationToken = default) =>
        _selection is { } selection
            ? Given(selection, selection.Tokens.RefreshAsync(rejected, cancellationToken))
            : SelectAndGetAsync(cancellationToken);

    /// <summary>The workspace; looked up in Azure if only its resource id is configured.</summary>
    public async ValueTask<Uri> GetHostAsync(CancellationToken cancellationToken) =>
        Host ?? await _findingHost.RunAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the authentication type and the host; never a secret.</summary>
    public override string ToString() => $"UnifiedCredential({AuthType ?? "not picked yet"}, {Host?.Host ?? "host not known yet"})";

    // Allocates nothing for a cached token.
    private ValueTask<DatabricksAccessToken> Given(StrategyChain.Selection selection, ValueTask<DatabricksAccessToken> token) =>
        token.IsCompletedSuccessfully ? token : ExplainedAsync(selection, token);

    private async ValueTask<DatabricksAccessToken> ExplainedAsync(StrategyChain.Selection selection, ValueTask<DatabricksAccessToken> token)
    {
        try
        {
            return await token.ConfigureAwait(false);
        }
        catch (DatabricksCredentialException exception)
        {
            var attempt = new DatabricksCredentialAttempt(selection.AuthType, DatabricksCredentialOutcome.Failed, exception.Message);
            throw CredentialExceptions.Forced(attempt, _settings, exception);
        }
    }

    private StrategyChain.Selection? SelectConfiguredToken()
    {
        lock (_chain)
        {
            if (_selection is null && _chain.SelectConfiguredToken() is { } selected)
            {
                Interlocked.CompareExchange(ref _selection, selected, null);
            }

            // Null, or what a selection in flight has just completed.
            return _selection;
        }
    }

    private async ValueTask<DatabricksAccessToken> SelectAndGetAsync(CancellationToken cancellationToken)
    {
        var selection = _selection ?? await _selecting.RunAsync(cancellationToken).ConfigureAwait(false);
        return await Given(selection, selection.Tokens.GetAsync(cancellationToken)).ConfigureAwait(false);
    }

    private async Task<Uri> FindHostAsync(CancellationToken cancellationToken)
    {
        var selection = _selection ?? await _selecting.RunAsync(cancellationToken).ConfigureAwait(false);
        if (selection.TokenSource.FindHostAsync is not { } find)
        {
            throw CredentialExceptions.NoHost(_settings);
        }

        try
        {
            return _foundHost ??= await find(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var cause = _chain.Clean(exception);
            var failed = new DatabricksCredentialAttempt(selection.AuthType, DatabricksCredentialOutcome.Failed, cause.Message);
            throw CredentialExceptions.Forced(
                failed, _settings, cause, selection.Attempts.Where(attempt => attempt.Outcome != DatabricksCredentialOutcome.Selected));
        }
    }
}
