using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore;

/// <summary>Options of the routes that <c>MapOpenAICompatibility</c> adds: which endpoints they serve, and their limits.</summary>
public sealed class DatabricksOpenAIOptions
{
    /// <summary>Gets the names of the endpoints and model services that clients may use as <c>model</c>.</summary>
    /// <value>Default: empty. Names are required, unless <see cref="AllowAnyEndpoint"/> is set.</value>
    public ISet<string> Endpoints { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether clients may use every endpoint that the credential of the app may query.</summary>
    /// <value>Default: <see langword="false"/>, because each call is billed to the workspace of the app.</value>
    public bool AllowAnyEndpoint { get; set; }

    /// <summary>Gets the names of members without an option that are passed on to the endpoint; others are rejected with 400.</summary>
    /// <value>Default: empty, because members may change what a call costs and returns.</value>
    public ISet<string> AllowedAdditionalProperties { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether reasoning is returned.</summary>
    /// <value>Default: <see langword="true"/>. Clients that do not know it ignore it.</value>
    public bool IncludeReasoning { get; set; } = true;

    /// <summary>Gets or sets the maximum size of a request body, in bytes.</summary>
    /// <value>Default: 32 MiB, enough for several images.</value>
    public long MaxRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Gets or sets the maximum number of messages, or of input items of the Responses API.</summary>
    /// <value>Default: 2048.</value>
    public int MaxMessages { get; set; } = 2048;

    /// <summary>Gets or sets the maximum number of tools.</summary>
    /// <value>Default: 128, as at OpenAI.</value>
    public int MaxTools { get; set; } = 128;

    /// <summary>Gets or sets the maximum number of inputs of an embeddings request.</summary>
    /// <value>Default: 2048, as at OpenAI.</value>
    public int MaxEmbeddingInputs { get; set; } = 2048;

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

    /// <summary>Gets or sets the function that returns the chat client for an endpoint; it is called for each request.</summary>
    /// <value>Default: <see langword="null"/>, for the chat client of the registered <see cref="DatabricksServingClient"/>.</value>
    public Func<IServiceProvider, string, IChatClient>? ChatClientFactory { get; set; }

    /// <summary>Gets or sets the function that returns the embedding generator for an endpoint; it is called for each request.</summary>
    /// <value>Default: <see langword="null"/>, for the generator of the registered <see cref="DatabricksServingClient"/>.</value>
    public Func<IServiceProvider, string, IEmbeddingGenerator<string, Embedding<float>>>? EmbeddingGeneratorFactory { get; set; }
}
