using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks;

/// <summary>How a <see cref="DatabricksServingClient"/> reaches its workspace. Copied when the client is created.</summary>
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
    /// The workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>. Path and query are cut off; the ids of workspace
    /// and account that the query gives are kept. The scheme may be left out.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>: the host of the environment or of a profile (<c>DATABRICKS_HOST</c>). Plain <c>http</c> is accepted
    /// for loopback addresses alone.
    /// </value>
    public Uri? Host { get; set; }

    /// <summary>Where bearer tokens come from.</summary>
    /// <value>Default: <see langword="null"/>: unified authentication, as <see cref="Authentication"/> and the environment say.</value>
    public DatabricksCredential? Credential { get; set; }

    /// <summary>
    /// The settings of unified authentication that are given in code; the environment and a profile complete them, setting by setting. With
    /// a <see cref="Credential"/> those that say who you are must be unset.
    /// </summary>
    /// <value>Default: everything unset.</value>
    public DatabricksAuthenticationOptions Authentication { get; set; } = new();

    /// <summary>
    /// Whether each endpoint is asked, once and before its first call, for an address of its own; a route-optimised endpoint is then called
    /// there, with a token made for it. Newer ones answer nowhere else. It takes an OAuth way to log in.
    /// </summary>
    /// <value>Default: <see langword="false"/>: every endpoint is called at the workspace.</value>
    public bool UseRouteOptimization { get; set; }

    /// <summary>
    /// An HTTP client of yours; it is never disposed here. Its <see cref="HttpClient.Timeout"/> limits the wait for response headers:
    /// raise the 100-second default for reasoning models. Switch the redirects of its handler off: one would carry a prompt to another host.
    /// </summary>
    /// <value>Default: <see langword="null"/>, one client shared by the process, without redirects or a time-out of its own.</value>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Receives attempts at Debug, and retries and refused fields at Warning; prompts, completions and tokens are never logged.
    /// </summary>
    /// <value>Default: no logging.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The clock of every time-out and delay. Its timers and timestamps go together, as those of FakeTimeProvider do.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Your application in the User-Agent header, as <c>name/version</c> or <c>name</c>.</summary>
    /// <value>Default: <see langword="null"/>, no application token.</value>
    public string? ApplicationName { get; set; }

    /// <summary>Writes tool arguments, tool results and additional properties of your own types.</summary>
    /// <value>Default: <see cref="AIJsonUtilities.DefaultOptions"/>.</value>
    public JsonSerializerOptions SerializerOptions { get; set; } = AIJsonUtilities.DefaultOptions;

    /// <summary>Gets or sets the resilience strategies: timeouts, retries, rate limiter and circuit breaker.</summary>
    /// <value>Default: a total timeout of 10 minutes and 2 retries of failures that are safe to repeat.</value>
    public DatabricksResilienceOptions Resilience { get; set; } = new();

    /// <summary>The longest silence between two pieces of a stream.</summary>
    /// <value>Default: 5 minutes. <see cref="Timeout.InfiniteTimeSpan"/> switches it off.</value>
    public TimeSpan StreamIdleTimeout { get; set; } = DefaultStreamIdleTimeout;

    /// <summary>The longest a connection may take to come about. An <see cref="HttpClient"/> of yours has its own.</summary>
    /// <value>Default: 15 seconds. <see cref="Timeout.InfiniteTimeSpan"/> leaves it to the operating system.</value>
    public TimeSpan ConnectTimeout { get; set; } = DefaultConnectTimeout;

    /// <summary>How much of an answer is taken in before the call fails.</summary>
    /// <value>Default: bounds that no sound answer comes near.</value>
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
    /// Whether an endpoint whose name says nothing is asked, once and before its first chat, which model it serves. It takes the permission to
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

    /// <summary>Puts a note in the place of an image or another medium that the model cannot take, which the service would refuse.</summary>
    /// <value>Default: <see langword="false"/>: the answer to a question without its image may be wrong.</value>
    public bool ReplaceUnsupportedMedia { get; set; }

    /// <summary>
    /// Fetches an image whose address stands in a message to a model that takes images as data alone, as Claude does. Which addresses are
    /// followed is yours to decide: they may come from a stranger.
    /// </summary>
    /// <value>Default: <see langword="null"/>: addresses are sent as they are.</value>
    public Func<Uri, CancellationToken, Task<DataContent>>? FetchImage { get; set; }
}
