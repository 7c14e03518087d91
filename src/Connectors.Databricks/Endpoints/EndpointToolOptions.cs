using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Endpoints;

/// <summary>What <see cref="DatabricksEndpointClient.AsTools"/> lets a model do.</summary>
public sealed class EndpointToolOptions
{
    /// <summary>
    /// Whether there is <c>query_endpoint</c>, with which a model asks another one. Each question is billed as any other call.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowQueries { get; set; }

    /// <summary>
    /// Whether there are tools that start, stop and delete endpoints, share out their traffic and tag them. <see cref="ApproveChange"/> must
    /// be set as well: it is asked before each change.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowChanges { get; set; }

    /// <summary>
    /// Decides about a change that a model asks for: show it to a person, or hold it against your rules. A model that is refused reads so.
    /// </summary>
    /// <value>Default: <see langword="null"/>; with <see cref="AllowChanges"/> it is required.</value>
    public Func<EndpointChange, CancellationToken, ValueTask<bool>>? ApproveChange { get; set; }

    /// <summary>
    /// Gets or sets the maximum length of every result, in characters of JSON. Longer lists, objects and texts are cut, errors included, and the
    /// result says so; it stays valid JSON.
    /// </summary>
    /// <value>Default: 8,000, about 2,000 tokens. Minimum: 500.</value>
    public int MaxResultLength { get; set; } = 8_000;

    /// <summary>Where the tools read which endpoints there are.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="DatabricksEndpointClient.Catalog"/>.</value>
    public ServingCatalog? Catalog { get; set; }

    /// <summary>
    /// Opens the chat client with which <c>query_endpoint</c> asks: a place for middleware, such as telemetry or a limit.
    /// </summary>
    /// <value>Default: <see langword="null"/>, <see cref="DatabricksServingClient.GetChatClient(string, DatabricksChatOptions?)"/>.</value>
    public Func<string, IChatClient>? OpenChat { get; set; }

    /// <summary>Removes secrets from results.</summary>
    internal Redaction Redaction { get; set; } = Redaction.OfNone;

    internal EndpointToolOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResultLength, 500);
        return !AllowChanges || ApproveChange is not null
            ? (EndpointToolOptions)MemberwiseClone()
            : throw new ArgumentException(
                $"{nameof(AllowChanges)} needs {nameof(ApproveChange)}: a model must not change endpoints on its own.");
    }
}
