using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks;

/// <summary>The result of one request of a batch: a response or an error.</summary>
/// <typeparam name="TResponse">The type of the response.</typeparam>
public sealed class DatabricksBatchResult<TResponse>
    where TResponse : class
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksBatchResult{TResponse}"/> class for a response.</summary>
    /// <param name="id">The id of the request.</param>
    /// <param name="response">The response.</param>
    public DatabricksBatchResult(string id, TResponse response)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(response);
        Id = id;
        Response = response;
    }

    /// <summary>Initializes a new instance of the <see cref="DatabricksBatchResult{TResponse}"/> class for an error.</summary>
    /// <param name="id">The id of the request.</param>
    /// <param name="error">The error.</param>
    public DatabricksBatchResult(string id, DatabricksServingException error)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(error);
        Id = id;
        Error = error;
    }

    /// <summary>Gets the id of the request.</summary>
    public string Id { get; }

    /// <summary>
    /// Gets the response; <see langword="null"/> when the request failed. From a checkpoint, it has no <c>RawRepresentation</c> and no raw
    /// responses.
    /// </summary>
    public TResponse? Response { get; }

    /// <summary>
    /// Gets the error; <see langword="null"/> when the request succeeded. An exception of another type, such as an
    /// <see cref="ArgumentException"/> for a message that cannot be sent, is its <see cref="Exception.InnerException"/>. From a checkpoint,
    /// it has no inner exception.
    /// </summary>
    public DatabricksServingException? Error { get; }

    /// <summary>Gets a value indicating whether the request succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Gets a value indicating whether the result is from the checkpoint, so that no request was sent in this run.</summary>
    public bool IsFromCheckpoint { get; init; }
}
