namespace Connectors.Databricks.Transport;

/// <summary>One call to an endpoint: what to send, and the words to report it with.</summary>
/// <param name="Operation">What is being done, as a message starts with it: "Chat", "Streaming chat".</param>
/// <param name="EndpointName">The endpoint, as the caller wrote it.</param>
/// <param name="Uri">Where it goes; without a host while the workspace is not known.</param>
/// <param name="Body">The JSON document; owned by the caller of the transport.</param>
/// <param name="IsStream">Whether events are asked for.</param>
internal sealed record ServingCall(string Operation, string EndpointName, Uri Uri, RequestBody Body, bool IsStream)
{
    /// <summary>
    /// What the feature knows to try after an error; null, or an answer of null, leaves it to the general <see cref="Transport.Advice"/>.
    /// </summary>
    public Func<int, ServiceError, string?>? Advise { get; init; }
}
