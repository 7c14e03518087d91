using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore;

/// <summary>Options of the route that <c>MapDatabricksChat</c> adds: which endpoints it serves, what it returns, and its limits.</summary>
public sealed class DatabricksChatRouteOptions
{
    /// <summary>Gets the names of the endpoints and model services that clients may use as <c>endpoint</c>.</summary>
    /// <value>
    /// Default: empty. Names are required, unless <see cref="AllowAnyEndpoint"/> or <see cref="UseRegisteredChatClient"/> is set. A single
    /// name is the default of <c>endpoint</c>.
    /// </value>
    public ISet<string> Endpoints { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether clients may use every endpoint that the credential of the app may query.</summary>
    /// <value>Default: <see langword="false"/>, because each call is billed to the workspace of the app.</value>
    public bool AllowAnyEndpoint { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the route calls the registered <see cref="IChatClient"/>, with its functions and middleware.
    /// Requests then have no <c>endpoint</c>.
    /// </summary>
    /// <value>Default: <see langword="false"/>, for the registered <see cref="DatabricksServingClient"/>.</value>
    public bool UseRegisteredChatClient { get; set; }

    /// <summary>Gets or sets the function that returns the chat client for an endpoint; it is called for each request.</summary>
    /// <value>Default: <see langword="null"/>, for the chat client of the registered <see cref="DatabricksServingClient"/>.</value>
    public Func<IServiceProvider, string, IChatClient>? ChatClientFactory { get; set; }

    /// <summary>
    /// Gets or sets the function that changes the options of each call, such as <see cref="ChatOptions.Instructions"/> for the system
    /// prompt and <see cref="ChatOptions.Tools"/>. It is called after the request was read, so its values take precedence.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Action<HttpContext, ChatOptions>? ConfigureOptions { get; set; }

    /// <summary>Gets or sets a value indicating whether clients may send messages of the role <c>system</c>.</summary>
    /// <value>Default: <see langword="false"/>, because the system prompt is the app's.</value>
    public bool AllowSystemMessages { get; set; }

    /// <summary>Gets or sets a value indicating whether reasoning is returned.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeReasoning { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether tool calls are returned, with their arguments.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeToolCalls { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the results of tools that the app or an agent ran are returned.</summary>
    /// <value>Default: <see langword="false"/>, because results may contain data that is not for the client.</value>
    public bool IncludeToolResults { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether errors contain the message of the service about a rejected request, which may repeat the
    /// request, the system prompt included.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IncludeServiceMessages { get; set; }

    /// <summary>Gets or sets the maximum of <c>maxOutputTokens</c>, which is also its default.</summary>
    /// <value>Default: <see langword="null"/>, for the limit of the model.</value>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets the maximum number of messages.</summary>
    /// <value>Default: 256.</value>
    public int MaxMessages { get; set; } = 256;

    /// <summary>Gets or sets the maximum size of a request body, in bytes. It replaces the limit of the server.</summary>
    /// <value>Default: 1 MiB, enough for long conversations; images as data URLs require more.</value>
    public long MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Gets or sets how long the status of a stream waits for the first update of the model. After that, the response starts with status
    /// 200 and comments, and a later failure is an error event.
    /// </summary>
    /// <value>
    /// Default: 15 seconds, below the timeout of common proxies for the first byte. <see cref="Timeout.InfiniteTimeSpan"/> waits without
    /// limit, so that each failure before the first update has its own status; zero starts each stream at once.
    /// </value>
    public TimeSpan FirstUpdateGracePeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets the interval of comments that keep a silent stream open while the model thinks.</summary>
    /// <value>Default: 15 seconds, below the idle timeout of common proxies.</value>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);
}
