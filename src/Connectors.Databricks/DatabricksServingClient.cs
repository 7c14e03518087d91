using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.DataPlane;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Models;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks;

/// <summary>
/// The client of a Databricks workspace: chat, embeddings, text completions, predictions and discovery. Thread-safe; use it as a singleton.
/// </summary>
/// <example>
/// <code>
/// var serving = DatabricksServingClient.FromEnvironment();
/// IChatClient chat = serving.GetChatClient("system.ai.claude-sonnet-4-5");
/// </code>
/// </example>
public partial class DatabricksServingClient
{
    private readonly DatabricksServingOptions? _options;
    private readonly RequestAuthenticator? _authenticator;
    private readonly ServingTransport? _transport;
    private readonly Func<double> _random = Random.Shared.NextDouble;
    private readonly EndpointModels? _models;
    private readonly ServingSurfaces? _surfaces;
    private readonly LearnedApis? _learnedApis;

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServingClient"/> class for a workspace, with default options.
    /// </summary>
    /// <param name="host">The workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.</param>
    /// <param name="credential">The credential.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is not an https address (loopback may use http).</exception>
    public DatabricksServingClient(Uri host, DatabricksCredential credential)
        : this(new DatabricksServingOptions
        {
            Host = host ?? throw new ArgumentNullException(nameof(host)),
            Credential = credential ?? throw new ArgumentNullException(nameof(credential)),
        })
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServingClient"/> class for a workspace. Host and authentication settings
    /// without a value are read from the environment and a profile of <c>~/.databrickscfg</c>, unless both <see
    /// cref="DatabricksServingOptions.Host"/> and <see cref="DatabricksServingOptions.Credential"/> are set.
    /// </summary>
    /// <param name="options">The options. They are copied, so later changes have no effect.</param>
    /// <exception cref="ArgumentException">An option is missing or invalid; the message contains its name.</exception>
    /// <exception cref="DatabricksCredentialException">
    /// No host is configured, several authentication types are configured, or a profile or value is invalid; the message contains its
    /// source.
    /// No token is acquired until the first request.
    /// </exception>
    public DatabricksServingClient(DatabricksServingOptions options)
        : this(options, platform: null)
    {
    }

    internal DatabricksServingClient(DatabricksServingOptions options, IPlatform? platform)
    {
        ArgumentNullException.ThrowIfNull(options);
        var copy = options.CopyValidated();
        platform ??= new SystemPlatform(copy.TimeProvider);
        _random = platform.NextRandom;
        _authenticator = RequestAuthenticator.For(copy, platform);
        copy.Host = _authenticator.Host;
        _options = copy;
        var routes = copy.UseRouteOptimization ? DataPlaneRoutes.For(_authenticator, platform, copy.LoggerFactory) : null;
        _transport = new ServingTransport(copy, _authenticator, new UserAgent(copy.ApplicationName, platform), routes);
        _surfaces = new ServingSurfaces(copy, _transport);
        _learnedApis = new LearnedApis(copy.TimeProvider);
        _models = new EndpointModels(copy.Models, copy.TimeProvider, new EndpointEntities(this));
    }

    /// <summary>Redacts secrets of the workspace; for a mock, only strings that look like tokens.</summary>
    internal Redaction Redaction => _transport?.Redaction ?? Redaction.OfNone;

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksServingClient"/> class for mocks and decorators: every member must be
    /// overridden.
    /// </summary>
    protected DatabricksServingClient()
    {
    }

    /// <summary>Gets the scheme and authority of the workspace.</summary>
    /// <exception cref="InvalidOperationException">
    /// Only the Azure resource id of the workspace is configured, and no request has discovered the host yet.
    /// </exception>
    public virtual Uri Host => Connected(_authenticator).KnownHost ?? throw new InvalidOperationException(
        "The host of the workspace is not known yet, because only azure_workspace_resource_id is configured. Set DATABRICKS_HOST.");

    /// <summary>
    /// Creates a client with Databricks unified authentication, as the Databricks CLI and SDKs: environment variables
    /// (<c>DATABRICKS_HOST</c>,
    /// <c>DATABRICKS_TOKEN</c>, …) and a profile of <c>~/.databrickscfg</c>.
    /// </summary>
    /// <param name="profile">
    /// The profile; <see langword="null"/> for <c>DATABRICKS_CONFIG_PROFILE</c>, or the default profile if no other setting has a value.
    /// </param>
    /// <exception cref="DatabricksCredentialException">
    /// No host is configured, several authentication types are configured, or a profile or value is invalid; the message contains its
    /// source.
    /// No token is acquired until the first request.
    /// </exception>
    public static DatabricksServingClient FromEnvironment(string? profile = null) =>
        new(new DatabricksServingOptions { Authentication = { Profile = profile } });

    /// <summary>
    /// Describes the credential in use: acquires a token as a request does, and lists the settings with their sources and the result of
    /// each authentication type. <c>Console.WriteLine(await serving.DescribeAuthenticationAsync())</c> prints the report, which contains no
    /// secrets.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait for a token.</param>
    /// <returns>A report. If no token was acquired, <see cref="DatabricksAuthenticationReport.Error"/> contains the reason.</returns>
    public virtual Task<DatabricksAuthenticationReport> DescribeAuthenticationAsync(CancellationToken cancellationToken = default) =>
        AuthenticationReport.MakeAsync(Connected(_authenticator), cancellationToken);

    /// <summary>
    /// Gets a chat client for a serving endpoint: a foundation model, an external model, or an agent with the chat-completions API.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint; <c>ChatOptions.ModelId</c> overrides it per call.</param>
    /// <param name="options">
    /// The options, or <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/>, which they replace. They are copied.
    /// </param>
    /// <returns>A thread-safe client. No request is sent until it is used, and it need not be disposed.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>, or an option is invalid.
    /// </exception>
    public virtual IChatClient GetChatClient(string endpointName, DatabricksChatOptions? options = null)
    {
        EndpointPath.Require(endpointName);
        var settings = Connected(_options);
        return new DatabricksChatClient(
            endpointName, settings, options?.CopyValidated() ?? settings.Chat, Connected(_transport), Connected(_surfaces),
            Connected(_models), Connected(_learnedApis), owner: this);
    }

    /// <summary>
    /// Gets a chat client that falls back to the next endpoint when one fails for a reason that may not affect another: it is throttled,
    /// overloaded, unreachable or missing, the response is truncated, or the call times out. A stream falls back only before its first
    /// update. Each endpoint is first retried as the resilience options define, so an endpoint that failed may have billed the call.
    /// </summary>
    /// <param name="endpointNames">
    /// The endpoints, in order of preference. A call with <c>ChatOptions.ModelId</c> is sent to that endpoint only.
    /// </param>
    /// <param name="options">
    /// The options, or <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/>, which they replace. They are copied.
    /// </param>
    /// <returns>
    /// A thread-safe client. Responses report the failed endpoints in <see cref="DatabricksPropertyNames.FallbackHops"/>. When all
    /// endpoints fail, the exception of the last one is thrown, with the failed endpoints in its <see cref="Exception.Data"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The list is empty, a name in it is empty, <c>.</c> or <c>..</c>, or an option is invalid.
    /// </exception>
    public virtual IChatClient GetFallbackChatClient(IReadOnlyList<string> endpointNames, DatabricksChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpointNames);
        var chain = endpointNames.Select(name => (name, GetChatClient(name, options))).ToList();
        return chain.Count > 0
            ? new FallbackChatClient(chain, Connected(_transport).Logger)
            : throw new ArgumentException("The list of endpoints is empty.", nameof(endpointNames));
    }

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This DatabricksServingClient was created without a workspace, as mocks are. Override the member that was called.");
}
