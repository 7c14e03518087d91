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
/// Databricks unified authentication as a credential: picks a way to log in at the first request, and from then on gives its tokens.
/// A pick that failed is not remembered, so the next request tries again.
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

    /// <exception cref="DatabricksCredentialException">The settings cannot be used, which shows without asking anybody.</exception>
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
            // Who saw nothing picked may arrive here only after the pick.
            async stop => _selection ??= await _chain.SelectAsync(stop).ConfigureAwait(false));
        _findingHost = new SingleFlight<Uri>(FindHostAsync);
        foreach (var remark in settings.Remarks)
        {
            Log.Remark(logger, remark);
        }
    }

    public ResolvedSettings Settings => _settings;

    /// <summary>Knows every token that was fetched, and every secret that is configured.</summary>
    public Redaction Redaction => _settings.Redaction;

    /// <summary>The one workspace that the tokens may go to; null while it is not known.</summary>
    public Uri? Host => _settings.Host ?? _foundHost;

    /// <summary>Sent with requests, so that a host that serves several workspaces knows which; null when not known.</summary>
    public string? WorkspaceId => _hostFacts.WorkspaceId;

    internal override string? AuthType => _selection?.AuthType;

    /// <summary>What was picked; null before the first pick.</summary>
    public StrategyChain.Selection? Selection => _selection;

    public override ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
        _selection is { } selection ? Given(selection, selection.Tokens.GetAsync(cancellationToken)) : SelectAndGetAsync(cancellationToken);

    public override ValueTask<DatabricksAccessToken> RefreshTokenAsync(
        DatabricksAccessToken rejected, CancellationToken cancellationToken = default) =>
        _selection is { } selection
            ? Given(selection, selection.Tokens.RefreshAsync(rejected, cancellationToken))
            : SelectAndGetAsync(cancellationToken);

    /// <summary>The workspace; Azure is asked for it when only its resource id is configured.</summary>
    public async ValueTask<Uri> GetHostAsync(CancellationToken cancellationToken) =>
        Host ?? await _findingHost.RunAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Names the way to log in and the host; never a secret.</summary>
    public override string ToString() => $"UnifiedCredential({AuthType ?? "not picked yet"}, {Host?.Host ?? "host not known yet"})";

    // Nothing is allocated for a token that is at hand.
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
