using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication.Hosts;

/// <summary>
/// The properties of the host: settings, completed by host metadata, which is optional and is requested once, when an authentication type
/// first needs it.
/// </summary>
internal sealed class HostFacts
{
    // Best effort: a host that does not respond must not delay the first request for long.
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(5);

    private readonly ResolvedSettings _settings;
    private readonly TokenRequests _requests;
    private readonly ILogger _logger;
    private readonly SingleFlight<HostMetadata> _metadataFlight;
    private volatile HostMetadata? _metadata;

    public HostFacts(ResolvedSettings settings, TokenRequests requests, ILogger logger)
    {
        _settings = settings;
        _requests = requests;
        _logger = logger;
        _metadataFlight = new SingleFlight<HostMetadata>(AskAsync);
    }

    /// <summary>Sent with every request if known.</summary>
    public string? WorkspaceId => _settings[SettingTable.WorkspaceId] ?? _metadata?.WorkspaceId;

    public string? AccountId => _settings[SettingTable.AccountId] ?? _metadata?.AccountId;

    public async ValueTask<HostMetadata> GetMetadataAsync(CancellationToken cancellationToken) =>
        _metadata ?? (_settings.Host is null ? HostMetadata.None : await _metadataFlight.RunAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Whether the workspace is Azure's: by its resource id, by the cloud that is set or that it names, by its address.</summary>
    public async ValueTask<bool> IsAzureAsync(CancellationToken cancellationToken)
    {
        if (_settings[SettingTable.AzureWorkspaceResourceId] is not null)
        {
            return true;
        }

        // The suffix takes precedence over the metadata, unlike in the SDKs, which request it for every client anyway: each suffix is a
        // domain of one cloud, so the host could only agree, and one more request would delay the first token (decision 0010).
        var cloud = _settings[SettingTable.Cloud] ?? (_settings.Host is { } host ? DatabricksCloud.Of(host) : null);
        cloud ??= (await GetMetadataAsync(cancellationToken).ConfigureAwait(false)).Cloud;
        return string.Equals(cloud, DatabricksCloud.Azure, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<HostMetadata> AskAsync(CancellationToken cancellationToken)
    {
        if (_metadata is { } known)
        {
            return known;
        }

        var call = new TokenCall(
            "Requesting the metadata of the host", HttpMethod.Get, new Uri(_settings.Host!, "/.well-known/databricks-config"))
        {
            AttemptTimeout = MetadataTimeout,
            Repeats = false,
        };
        try
        {
            var document = await _requests.GetObjectAsync(call, cancellationToken).ConfigureAwait(false);
            var metadata = HostMetadata.Read(document, _settings[SettingTable.AccountId]);
            if (_settings[SettingTable.WorkspaceId] is null && metadata.WorkspaceId is { } workspace)
            {
                var setting = SettingTable.WorkspaceId;
                RequestHeader.Create(setting.Header!, workspace, $"{setting.Name} (from the host's metadata, {call.ShownAddress})");
            }

            _metadata = metadata;
        }
        catch (TokenCallException exception)
        {
            AuthenticationLog.NoHostMetadata(_logger, exception.Message);

            // A transient failure is retried by the next token request; a missing document is not.
            if (!exception.IsTransient)
            {
                _metadata = HostMetadata.None;
            }

            return HostMetadata.None;
        }

        return _metadata;
    }
}
