using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication;

/// <summary>Adds the token of the credential to requests to its host, and rejects other hosts.</summary>
internal sealed class RequestAuthenticator : ICallAuthenticator
{
    public const string LoggerName = "Connectors.Databricks.Authentication";

    private const string CredentialOrigin = "The credential's token";

    private readonly DatabricksCredential _credential;
    private readonly RequestHeader? _workspaceHeader;
    private CachedHeader? _lastHeader;

    // The last URI that matched the host, which does not change: a client sends every request to the same one.
    private Uri? _lastOwn;

    private RequestAuthenticator(DatabricksCredential credential, ResolvedSettings settings, Uri? host)
    {
        Redaction = (credential as UnifiedCredential)?.Redaction ?? settings.Redaction;
        _credential = credential;
        _workspaceHeader = WorkspaceHeaderOf(settings[SettingTable.WorkspaceId]);
        Settings = settings;
        Host = host;
    }

    public ResolvedSettings Settings { get; }

    /// <summary>Redacts every token that was sent, and every secret that is configured.</summary>
    public Redaction Redaction { get; }

    /// <summary>The workspace; null if it must be looked up.</summary>
    public Uri? Host { get; }

    /// <summary>The workspace, if known yet.</summary>
    public Uri? KnownHost => Host ?? (_credential as UnifiedCredential)?.Host;

    public DatabricksCredential Credential => _credential;

    public string? AuthType => _credential.AuthType;

    /// <summary>Whether tokens are refreshed before they expire.</summary>
    public bool RenewsAhead => !Settings.IsOn(SettingTable.DisableAsyncTokenRefresh);

    /// <summary>Merges the options with the environment and the configuration file.</summary>
    /// <exception cref="DatabricksCredentialException">What is configured cannot be used; the message names its source.</exception>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static RequestAuthenticator For(DatabricksServingOptions options, IPlatform platform)
    {
        var code = SettingTable.FromCode(options);
        if (options.Credential is { } credential)
        {
            return For(credential.Inner, options, code, platform);
        }

        var settings = SettingsResolver.Resolve(code, hasCredential: false, platform);
        var unified = new UnifiedCredential(settings, platform, options.LoggerFactory.CreateLogger(LoggerName));
        return new RequestAuthenticator(unified, settings, settings.Host);
    }

    private static RequestAuthenticator For(
        DatabricksCredential credential, DatabricksServingOptions options, KeyValuePair<Setting, string?>[] code,
        IPlatform platform)
    {
        if (code.FirstOrDefault(pair => pair.Value is { Length: > 0 } value && SaysWho(pair.Key, value)).Key is { } other)
        {
            throw new ArgumentException(
                $"Credential is set, and so is {other.Name} of Authentication. Set one of them: only the credential would be used.");
        }

        var own = (credential as UnifiedCredential)?.Host;

        // When both are set in code, the environment is ignored: its workspace id may belong to another host.
        var settings = (options.Host is null && own is null) || !string.IsNullOrEmpty(options.Authentication.Profile)
            ? SettingsResolver.Resolve(code, hasCredential: true, platform)
            : SettingsResolver.ResolveCodeAlone(code, platform);
        var host = settings.Host ?? own ?? throw CredentialExceptions.NoHost(settings);
        foreach (var remark in settings.Remarks)
        {
            AuthenticationLog.Remark(options.LoggerFactory.CreateLogger(LoggerName), remark);
        }

        return own is null || own == host
            ? new RequestAuthenticator(credential, settings, host)
            : throw new ArgumentException(
                $"The credential is for {own.Host}, and Host is {host.Host}. Tokens go to no other host than their own.");
    }

    private static bool SaysWho(Setting setting, string value) => setting.GroupOf(value) is not null || setting == SettingTable.AuthType;

    public ValueTask<Uri> GetHostAsync(CancellationToken cancellationToken) =>
        Host is { } host ? new ValueTask<Uri>(host) : ((UnifiedCredential)_credential).GetHostAsync(cancellationToken);

    public ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Allocates nothing for a cached token.
            var token = _credential.GetTokenAsync(cancellationToken);
            return token.IsCompletedSuccessfully ? token : AwaitedAsync(token, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GaveUp(exception);
        }
    }

    public ValueTask<DatabricksAccessToken> RefreshAsync(DatabricksAccessToken rejected, CancellationToken cancellationToken)
    {
        try
        {
            return AwaitedAsync(_credential.RefreshTokenAsync(rejected, cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GaveUp(exception);
        }
    }

    private async ValueTask<DatabricksAccessToken> AwaitedAsync(ValueTask<DatabricksAccessToken> token, CancellationToken cancellationToken)
    {
        try
        {
            return await token.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw GaveUp(exception);
        }
    }

    // A timeout of a custom credential's HTTP client is thrown as a cancellation, although the caller did not cancel.
    private DatabricksCredentialException GaveUp(OperationCanceledException exception) =>
        new(Redaction, $"The credential timed out waiting for a token: {exception.Message}", exception)
        {
            Failure = DatabricksCredentialFailure.ProviderFailed,
        };

    public void Authorize(HttpRequestMessage request, DatabricksAccessToken token)
    {
        var value = Checked(token);
        if (KnownHost is not { } host
            || request.RequestUri is not { } address || !(ReferenceEquals(address, _lastOwn) || IsSameServer(address, host)))
        {
            throw new InvalidOperationException(
                $"A request to {request.RequestUri?.Host} would carry the token of {KnownHost?.Host ?? "another host"}.");
        }

        _lastOwn = address;
        HeaderOf(token.Scheme ?? "Bearer", value).AddTo(request);
        if (token.Headers is { } headers)
        {
            foreach (var header in headers)
            {
                header.AddTo(request);
            }
        }

        AddWorkspaceId(request);
    }

    /// <summary>Whether two addresses have the same scheme, host and port. Uri.Compare would make two texts of them.</summary>
    public static bool IsSameServer(Uri one, Uri other) =>
        one.Port == other.Port && one.Scheme == other.Scheme && one.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds the workspace id, which hosts that serve several workspaces require.</summary>
    public void AddWorkspaceId(HttpRequestMessage request)
    {
        WorkspaceHeader?.AddTo(request);
    }

    /// <summary>The headers of a request to the workspace that is part of acquiring a token.</summary>
    public IReadOnlyList<RequestHeader> HeadersOf(DatabricksAccessToken token)
    {
        Redaction.Add(token.Value);
        var authorization = RequestHeader.Authorization(token.Scheme ?? "Bearer", Checked(token), CredentialOrigin);
        return WorkspaceHeader is { } workspace
            ? [authorization, .. token.Headers ?? [], workspace]
            : [authorization, .. token.Headers ?? []];
    }

    // Built once if it is configured; if it comes from the host metadata, it may become available later.
    private RequestHeader? WorkspaceHeader => _workspaceHeader ?? WorkspaceHeaderOf((_credential as UnifiedCredential)?.WorkspaceId);

    private static RequestHeader? WorkspaceHeaderOf(string? workspaceId) => workspaceId is null
        ? null
        : RequestHeader.Create(SettingTable.WorkspaceId.Header!, workspaceId, SettingTable.WorkspaceId.Name);

    /// <exception cref="DatabricksCredentialException">There is no token in it.</exception>
    public static string Checked(DatabricksAccessToken token) => token.Value ?? throw new DatabricksCredentialException(
        Redaction.OfNone, "The credential returned an empty token. A DatabricksCredential must return new DatabricksAccessToken(value).");

    // Tokens last for many requests, so the header does, too: it is checked and put together once.
    private RequestHeader HeaderOf(string scheme, string token)
    {
        var last = _lastHeader;
        if (last is null || !ReferenceEquals(last.Token, token) || last.Scheme != scheme)
        {
            Redaction.Add(token);
            _lastHeader = last = new CachedHeader(scheme, token, RequestHeader.Authorization(scheme, token, CredentialOrigin));
        }

        return last.Value;
    }

    // Not a record, whose ToString would contain the token.
    private sealed class CachedHeader(string scheme, string token, RequestHeader value)
    {
        public string Scheme => scheme;

        public string Token => token;

        public RequestHeader Value => value;
    }
}
