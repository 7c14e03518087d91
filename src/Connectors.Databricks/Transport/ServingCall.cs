using Connectors.Databricks.Authentication;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>One call to the workspace: what to send, and how it is described in messages.</summary>
/// <param name="Operation">The operation, as messages start with it: "Chat", "Streaming chat".</param>
/// <param name="EndpointName">The endpoint, as the caller wrote it; empty when the call is not to one.</param>
/// <param name="Uri">The address; without a host while the workspace is unknown.</param>
/// <param name="Body">The JSON document, owned by the caller of the transport; null for a call without one.</param>
/// <param name="IsStream">Whether a stream of events is requested.</param>
internal sealed record ServingCall(string Operation, string EndpointName, Uri Uri, RequestBody? Body, bool IsStream)
{
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>The surface, which determines the maximum size of a document.</summary>
    public ResponseSurface Surface { get; init; }

    /// <summary>Whether the call goes to Unity Gateway, and not to a serving endpoint.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Whether the call goes to the API of model services in Unity Catalog.</summary>
    public bool IsCatalog { get; init; }

    /// <summary>Whether the call is rejected when the object was changed since it was read, as its etag shows.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Tags of the request for the usage table of Unity Gateway, as JSON in ASCII; null for none.</summary>
    public string? RequestTags { get; init; }

    /// <summary>Whether the call goes to the Statement Execution API.</summary>
    public bool IsStatement { get; init; }

    /// <summary>
    /// The SQL statement that the call concerns, for exceptions; null for others, and before the service has assigned an id.
    /// </summary>
    public string? StatementId { get; init; }

    /// <summary>
    /// Whether the address is a presigned link to cloud storage: it carries its own credential, and the storage rejects an
    /// <c>Authorization</c> header (serving reference §13.2).
    /// </summary>
    public bool IsPresigned { get; init; }

    /// <summary>Provides the tokens of a call to another host than the workspace, which is an app; null for the workspace.</summary>
    public ICallAuthenticator? Authenticator { get; init; }

    /// <summary>Whether the call goes to an app, and not to the workspace.</summary>
    public bool IsApp => Authenticator is not null;

    /// <summary>Headers that the address requires, such as those of a presigned link or the session of an agent.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>The requested media type, if it is not JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>Which failures of the call are safe to retry.</summary>
    public RetrySafety RetrySafety { get; init; } = RetrySafety.Inference;

    /// <summary>
    /// Whether it is an inference call: only those have a rate limiter and a circuit breaker, and only those may be billed.
    /// </summary>
    public bool IsInference => (RetrySafety is RetrySafety.Inference or RetrySafety.Agent) && EndpointName.Length > 0;

    /// <summary>Whether the operation names the endpoint itself: "Getting endpoint 'churn-v1'".</summary>
    public bool IsSentence { get; init; }

    /// <summary>
    /// The feature's hint for an error; null, or a result of null, uses the general <see cref="Transport.ErrorHints"/>.
    /// </summary>
    public Func<int, ServiceError, string?>? Advise { get; init; }

    /// <summary>The feature's hint for a response that ends early or is lost; null for the general one.</summary>
    public string? AdviceWhenCut { get; init; }

    /// <summary>Removes secrets from messages about the call; set when it is sent.</summary>
    public Redaction Redaction { get; set; } = Redaction.OfNone;

    /// <summary>The name of the endpoint for an exception; null when the call is not to one.</summary>
    public string? Target => EndpointName.Length == 0 ? null : EndpointName;

    /// <summary>The operation and the endpoint: the start of each message.</summary>
    public override string ToString() => IsSentence ? Operation : $"{Operation} on endpoint '{EndpointName}'";
}
