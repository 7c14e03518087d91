using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>Configures the tools with which a model lists and inspects endpoints.</summary>
public sealed class EndpointToolOptions
{
    /// <summary>The minimum of <see cref="MaxResultLength"/>: an error message with its advice fits into it.</summary>
    internal const int MinResultLength = 500;

    /// <summary>8,000 characters: about 2,000 tokens.</summary>
    internal const int DefaultMaxResultLength = 8_000;

    /// <summary>
    /// Gets or sets a value indicating whether there is a tool <c>query_endpoint</c>, with which a model queries the model of another
    /// endpoint. Each query is billed like any other request.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowQueries { get; set; }

    /// <summary>
    /// Gets or sets the maximum length of every result, in characters of JSON. Longer lists, objects and texts are truncated, errors
    /// included, and
    /// the result has a note; it stays valid JSON.
    /// </summary>
    /// <value>Default: 8,000, about 2,000 tokens. Minimum: 500.</value>
    public int MaxResultLength { get; set; } = DefaultMaxResultLength;

    /// <summary>
    /// Gets or sets a factory of the chat clients of <c>query_endpoint</c>: a place for middleware, such as telemetry or a
    /// limit.
    /// </summary>
    /// <value>Default: <see langword="null"/>, <see cref="DatabricksServingClient.GetChatClient(string, DatabricksChatOptions?)"/>.</value>
    public Func<string, IChatClient>? ChatClientFactory { get; set; }

    internal EndpointToolOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResultLength, MinResultLength);
        return (EndpointToolOptions)MemberwiseClone();
    }
}
