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

    /// <summary>One day: models change what they take, and a request too many a day is cheap.</summary>
    internal static readonly TimeSpan DefaultCorrectionLifetime = TimeSpan.FromDays(1);

    /// <summary>Creates options with every default.</summary>
    public DatabricksServingOptions()
    {
    }

    /// <summary>
    /// Gets or sets the workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>. Path and query are removed; workspace
    /// and account ids of the query are kept. The scheme is optional.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>: the host of the environment (<c>DATABRICKS_HOST</c>) or of a profile. <c>http</c> is accepted only
    /// for
    /// loopback addresses.
    /// </value>
    public Uri? Host { get; set; }

    /// <summary>Gets or sets the credential.</summary>
    /// <value>Default: <see langword="null"/>: unified authentication with <see cref="Authentication"/> and the environment.</value>
    public DatabricksCredential? Credential { get; set; }

    /// <summary>
    /// Gets or sets the settings of unified authentication. They take precedence over the environment and a profile, setting by setting.
    /// With
    /// a <see cref="Credential"/>, settings that select a credential must be unset.
    /// </summary>
    /// <value>Default: no setting has a value.</value>
    public DatabricksAuthenticationOptions Authentication { get; set; } = new();

    /// <summary>
    /// Gets or sets whether route-optimized endpoints are called at their own URL with a token issued for it. The URL is looked up once per
    /// endpoint, before its first request. Newer route-optimized endpoints are available only there. Requires an OAuth credential; personal
    /// access tokens cannot be exchanged.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because it costs one extra request per endpoint.</value>
    public bool UseRouteOptimization { get; set; }

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
    /// tokens
    /// are never logged.
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
    public DatabricksResilienceOptions Resilience { get; set; } = new();

    /// <summary>Gets or sets the idle timeout of streams: the maximum time between two reads.</summary>
    /// <value>Default: 5 minutes. <see cref="Timeout.InfiniteTimeSpan"/> disables it.</value>
    public TimeSpan StreamIdleTimeout { get; set; } = DefaultStreamIdleTimeout;

    /// <summary>Gets or sets the connect timeout. Not used with a custom <see cref="HttpClient"/>.</summary>
    /// <value>Default: 15 seconds. <see cref="Timeout.InfiniteTimeSpan"/> uses the timeout of the operating system.</value>
    public TimeSpan ConnectTimeout { get; set; } = DefaultConnectTimeout;

    /// <summary>Gets or sets the size limits of responses.</summary>
    /// <value>Default: see <see cref="DatabricksResponseLimits"/>.</value>
    public DatabricksResponseLimits ResponseLimits { get; set; } = new();

    /// <summary>
    /// Asks streams for token counts (<c>stream_options.include_usage</c>). Endpoints that refuse the field are asked again without
    /// it, and remembered.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeUsageInStreams { get; set; } = true;

    /// <summary>
    /// Keeps the JSON of each event of a stream on its update as a <see cref="DatabricksServingResponse"/>. It costs a copy each.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IncludeRawUpdates { get; set; }

    /// <summary>What is known of the models behind endpoints; requests are shaped by it.</summary>
    /// <value>Default: <see cref="DatabricksModelCapabilities.BuiltIn"/>.</value>
    public DatabricksModelCapabilities Models { get; set; } = DatabricksModelCapabilities.BuiltIn;

    /// <summary>
    /// Writes chat requests so that the model takes them: options that it refuses are left out, others are said in its words. The response
    /// tells what was changed; <see cref="DatabricksPropertyNames.ShapeRequest"/> decides for one call.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool ShapeRequests { get; set; } = true;

    /// <summary>
    /// Understands a 400 that names what it refuses, mends the request, sends it once more and remembers. What would change the meaning of
    /// a request is never mended so. It takes <see cref="ShapeRequests"/>.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool CorrectRejectedParameters { get; set; } = true;

    /// <summary>How long a correction is kept; then the endpoint is asked anew.</summary>
    /// <value>Default: 1 day. <see cref="Timeout.InfiniteTimeSpan"/> keeps it as long as the client.</value>
    public TimeSpan CorrectionLifetime { get; set; } = DefaultCorrectionLifetime;

    /// <summary>
    /// Whether an endpoint whose name says nothing is asked, once and before its first chat, which model it serves. It takes the permission
    /// to
    /// view the endpoint; without it nothing is known, and nothing fails.
    /// </summary>
    /// <value>Default: <see langword="false"/>: one more request is made only for those who ask for it.</value>
    public bool LookUpServedEntities { get; set; }

    /// <summary>
    /// Marks chat prompts for the prompt cache of models that have one: the system message, the last tool, the last two user turns. Marks
    /// of your own in a request replace these.
    /// </summary>
    /// <value>Default: <see langword="false"/>: writing to the cache costs more than reading saves where prompts do not repeat.</value>
    public bool CachePrompts { get; set; }

    /// <summary>
    /// Puts a note in the place of an image or another medium that the model cannot take, which the service would refuse.
    /// </summary>
    /// <value>Default: <see langword="false"/>: the answer to a question without its image may be wrong.</value>
    public bool ReplaceUnsupportedMedia { get; set; }

    /// <summary>
    /// Fetches an image whose address stands in a message to a model that takes images as data alone, as Claude does. Which addresses are
    /// followed is yours to decide: they may come from a stranger.
    /// </summary>
    /// <value>Default: <see langword="null"/>: addresses are sent as they are.</value>
    public Func<Uri, CancellationToken, Task<DataContent>>? FetchImage { get; set; }
}
