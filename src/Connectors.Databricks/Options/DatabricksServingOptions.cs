using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks;

/// <summary>Options of a <see cref="DatabricksServingClient"/>. Copied when the client is created.</summary>
public sealed partial class DatabricksServingOptions
{
    /// <summary>Five minutes: reasoning models may think for minutes without sending a byte.</summary>
    internal static readonly TimeSpan DefaultStreamIdleTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Fifteen seconds: a connection that takes longer will not come.</summary>
    internal static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(15);

    // Created when it is first read: few apps do, and copying and validating strategies takes a noticeable part of a process start.
    private DatabricksResilienceOptions? _resilience;
    private bool _isResilienceSet;

    /// <summary>Initializes a new instance of the <see cref="DatabricksServingOptions"/> class with default values.</summary>
    public DatabricksServingOptions()
    {
    }

    /// <summary>
    /// Gets or sets the workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>. Path and query are removed; workspace
    /// and account ids of the query are kept. The scheme is optional.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>: the host of the environment (<c>DATABRICKS_HOST</c>) or of a profile. <c>http</c> is accepted only
    /// for loopback addresses.
    /// </value>
    public Uri? Host { get; set; }

    /// <summary>Gets or sets the credential.</summary>
    /// <value>Default: <see langword="null"/>: unified authentication with <see cref="Authentication"/> and the environment.</value>
    public DatabricksCredential? Credential { get; set; }

    /// <summary>
    /// Gets or sets the settings of unified authentication. They take precedence over the environment and a profile, setting by setting.
    /// With a <see cref="Credential"/>, settings that select a credential must be unset.
    /// </summary>
    /// <value>Default: no setting has a value.</value>
    public DatabricksAuthenticationOptions Authentication { get; set; } = new();

    /// <summary>
    /// Gets or sets a value indicating whether route-optimized endpoints are called at their own URL with a token issued for it. The URL is
    /// looked up once per endpoint, before its first request. Newer route-optimized endpoints are available only there. Requires an OAuth
    /// credential; personal access tokens cannot be exchanged.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because it costs one extra request per endpoint.</value>
    public bool UseRouteOptimization { get; set; }

    /// <summary>Gets or sets when chat and embeddings are sent to Unity Gateway.</summary>
    /// <value>Default: <see cref="DatabricksGatewayMode.Auto"/>.</value>
    public DatabricksGatewayMode Gateway { get; set; }

    /// <summary>
    /// Gets or sets a custom HTTP client, which is not disposed. Its <see cref="HttpClient.Timeout"/> limits the wait for response headers:
    /// raise the default of 100 seconds for reasoning models. Disable redirects of its handler, which would send prompts to another host.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>: one client shared by the process, without redirects and without a timeout of its own.
    /// </value>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Gets or sets the logger factory. Attempts are logged at Debug, retries and rejected fields at Warning; prompts, completions and
    /// tokens are never logged.
    /// </summary>
    /// <value>Default: no logging.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Gets or sets the clock for all timeouts and delays. Its timers and timestamps must be consistent, as those of FakeTimeProvider are.
    /// </summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets the application in the User-Agent header, as <c>name/version</c> or <c>name</c>.</summary>
    /// <value>Default: <see langword="null"/>, no application token.</value>
    public string? ApplicationName { get; set; }

    /// <summary>Gets or sets the options for serializing tool arguments, tool results and additional properties of custom types.</summary>
    /// <value>Default: <see cref="AIJsonUtilities.DefaultOptions"/>.</value>
    public JsonSerializerOptions SerializerOptions { get; set; } = AIJsonUtilities.DefaultOptions;

    /// <summary>Gets or sets the resilience strategies: timeouts, retries, rate limiter and circuit breaker.</summary>
    /// <value>Default: a total timeout of 10 minutes and 2 retries of failures that are safe to repeat.</value>
    public DatabricksResilienceOptions Resilience
    {
        get => _isResilienceSet ? _resilience! : _resilience ??= new();
        set => (_resilience, _isResilienceSet) = (value, true);
    }

    /// <summary>Gets or sets the idle timeout of streams: the maximum time between two reads.</summary>
    /// <value>Default: 5 minutes. <see cref="Timeout.InfiniteTimeSpan"/> disables it.</value>
    public TimeSpan StreamIdleTimeout { get; set; } = DefaultStreamIdleTimeout;

    /// <summary>Gets or sets the connect timeout. Not used with a custom <see cref="HttpClient"/>.</summary>
    /// <value>Default: 15 seconds. <see cref="Timeout.InfiniteTimeSpan"/> uses the timeout of the operating system.</value>
    public TimeSpan ConnectTimeout { get; set; } = DefaultConnectTimeout;

    /// <summary>Gets or sets the size limits of responses.</summary>
    /// <value>Default: 256 MiB per response, 32 MiB per event, JSON depth 64.</value>
    public DatabricksResponseLimitOptions ResponseLimits { get; set; } = new();

    /// <summary>Gets or sets the known models and their capabilities, which requests are adapted to.</summary>
    /// <value>Default: <see cref="DatabricksModelCapabilities.BuiltIn"/>.</value>
    public DatabricksModelCapabilities Models { get; set; } = DatabricksModelCapabilities.BuiltIn;

    /// <summary>
    /// Gets or sets the options of chat clients that are created without options of their own, such as by <c>GetChatClient(name)</c> and by
    /// dependency injection.
    /// </summary>
    /// <value>Default: every option at its default.</value>
    public DatabricksChatOptions Chat { get; set; } = new();
}
