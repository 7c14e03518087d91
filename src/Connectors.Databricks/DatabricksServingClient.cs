using Connectors.Databricks.Authentication;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>The front door to the models that a Databricks workspace serves. Thread-safe; create one and keep it.</summary>
/// <example>
/// <code>
/// var serving = new DatabricksServingClient(new Uri("https://my-workspace"), DatabricksCredential.FromToken(token));
/// IChatClient chat = serving.GetChatClient("databricks-claude-sonnet-4-5");
/// </code>
/// </example>
public class DatabricksServingClient
{
    private readonly DatabricksServingOptions? _options;
    private readonly ServingTransport? _transport;
    private readonly LearnedRefusals _refusals = new();

    /// <summary>Connects to a workspace with every default.</summary>
    /// <param name="host">The workspace, such as <c>https://adb-1234567890123456.7.azuredatabricks.net</c>.</param>
    /// <param name="credential">Where bearer tokens come from.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is not an https address (loopback may use http).</exception>
    public DatabricksServingClient(Uri host, DatabricksCredential credential)
        : this(new DatabricksServingOptions
        {
            Host = host ?? throw new ArgumentNullException(nameof(host)),
            Credential = credential ?? throw new ArgumentNullException(nameof(credential)),
        })
    {
    }

    /// <summary>Connects to a workspace.</summary>
    /// <param name="options">Copied: later changes to it have no effect.</param>
    /// <exception cref="ArgumentException">An option is missing or makes no sense; the message names it.</exception>
    public DatabricksServingClient(DatabricksServingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.CopyValidated();
        _transport = new ServingTransport(_options, new RequestAuthenticator(_options.Credential!));
    }

    /// <summary>For mocks and decorators alone: every member must be overridden.</summary>
    protected DatabricksServingClient()
    {
    }

    /// <summary>The workspace, reduced to scheme and authority.</summary>
    public virtual Uri Host => Connected(_options).Host!;

    /// <summary>Opens a chat with a serving endpoint: a foundation model, an external model, or an agent that speaks chat.</summary>
    /// <param name="endpointName">The name of the endpoint; <c>ChatOptions.ModelId</c> overrides it per call.</param>
    /// <returns>A thread-safe client. No request is made until it is used; disposing it is not needed.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    public virtual IChatClient GetChatClient(string endpointName)
    {
        EndpointPath.Require(endpointName);
        return new DatabricksChatClient(endpointName, Connected(_options), Connected(_transport), _refusals, owner: this);
    }

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This DatabricksServingClient was created without a workspace, as mocks are. Override the member that was called.");
}
