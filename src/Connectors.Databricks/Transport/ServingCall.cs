using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>One call to the workspace: what to send, and the words to report it with.</summary>
/// <param name="Operation">What is being done, as a message starts with it: "Chat", "Streaming chat".</param>
/// <param name="EndpointName">The endpoint, as the caller wrote it; empty when the call is not to one.</param>
/// <param name="Uri">Where it goes; without a host while the workspace is not known.</param>
/// <param name="Body">The JSON document, owned by the caller of the transport; null for a call without one.</param>
/// <param name="IsStream">Whether events are asked for.</param>
internal sealed record ServingCall(string Operation, string EndpointName, Uri Uri, RequestBody? Body, bool IsStream)
{
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>The surface that answers, which decides how large a document may be.</summary>
    public ResponseSurface Surface { get; init; }

    /// <summary>What is asked for, where it is no JSON.</summary>
    public string? Accept { get; init; }

    /// <summary>Which failures leave the call free to be sent again.</summary>
    public RetrySafety RetrySafety { get; init; } = RetrySafety.Inference;

    /// <summary>Whether a model is asked: only such calls are limited and broken off, and only they may be billed.</summary>
    public bool IsInference => RetrySafety == RetrySafety.Inference && EndpointName.Length > 0;

    /// <summary>Whether the operation names the endpoint itself: "Getting endpoint 'churn-v1'".</summary>
    public bool IsSentence { get; init; }

    /// <summary>
    /// What the feature knows to try after an error; null, or an answer of null, leaves it to the general <see cref="Transport.ErrorHints"/>.
    /// </summary>
    public Func<int, ServiceError, string?>? Advise { get; init; }

    /// <summary>Removes secrets from what is told about the call; set when it is sent.</summary>
    public Redaction Redaction { get; set; } = Redaction.OfNone;

    /// <summary>The name of the endpoint for an exception; null when the call is not to one.</summary>
    public string? Target => EndpointName.Length == 0 ? null : EndpointName;

    /// <summary>What was being done, and on which endpoint: how each message starts.</summary>
    public override string ToString() => IsSentence ? Operation : $"{Operation} on endpoint '{EndpointName}'";
}
