using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Batch.Running;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Embeddings;
using Connectors.Databricks.Predictions;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>
    /// Sends many requests to an endpoint or a model service with bounded concurrency, which adapts to 429 responses, and returns a result
    /// for each: a response or an error. With a checkpoint, a batch that was interrupted continues without sending again what has a result.
    /// </summary>
    /// <typeparam name="TResponse">The type of the responses: chat, embeddings or predictions.</typeparam>
    /// <param name="endpointName">The name of the endpoint or the model service.</param>
    /// <param name="requests">
    /// The requests, each with an id that is unique in the batch. They are read while the batch runs, on a thread of the pool.
    /// </param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults. They are copied.</param>
    /// <param name="cancellationToken">
    /// Cancels the requests in flight. Results that are complete are in the checkpoint, and the next run continues after them. Leaving the
    /// loop over the results has the same effect.
    /// </param>
    /// <returns>
    /// The results, as they complete, or in order with <see cref="DatabricksBatchOptions.PreserveOrder"/>. Nothing is sent before the
    /// enumeration; each enumeration is a run. A request that fails is a result with an error, and does not end the batch.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The name or an option is invalid; during the enumeration, two requests have the same id, or a request is null.
    /// </exception>
    /// <exception cref="DatabricksCheckpointException">
    /// During the enumeration: the checkpoint is in use, belongs to another batch, or cannot be read or written.
    /// </exception>
    /// <remarks>
    /// The requests share a resilience pipeline of their own: <see cref="DatabricksServingOptions.Resilience"/>, with a rate limiter of
    /// <see cref="DatabricksBatchOptions.MaxConcurrentRequests"/>, and with 8 retries unless retries are configured. Only what is safe to
    /// repeat is retried; an agent that may have run its tools is not called again.
    /// </remarks>
    public virtual IAsyncEnumerable<DatabricksBatchResult<TResponse>> RunBatchAsync<TResponse>(
        string endpointName,
        IEnumerable<DatabricksBatchRequest<TResponse>> requests,
        DatabricksBatchOptions? options = null,
        CancellationToken cancellationToken = default)
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(requests);
        long? total = requests.TryGetNonEnumeratedCount(out var count) ? count : null;
        return RunBatch(endpointName, new RequestSequence<DatabricksBatchRequest<TResponse>>(requests), total, options, cancellationToken);
    }

    /// <summary>Sends many requests from an asynchronous source; otherwise as the overload for a collection.</summary>
    /// <typeparam name="TResponse">The type of the responses: chat, embeddings or predictions.</typeparam>
    /// <param name="endpointName">The name of the endpoint or the model service.</param>
    /// <param name="requests">
    /// The requests, each with an id that is unique in the batch. They are read while the batch runs; the source gets a token that is
    /// canceled when the batch ends early.
    /// </param>
    /// <param name="options">
    /// The options, or <see langword="null"/> for the defaults. <see cref="DatabricksBatchOptions.TotalRequests"/> makes the remaining time
    /// known.
    /// </param>
    /// <param name="cancellationToken">Cancels the requests in flight; the next run continues after the results in the checkpoint.</param>
    /// <returns>A result for each request.</returns>
    /// <exception cref="ArgumentException">
    /// The name or an option is invalid; during the enumeration, two requests have the same id, or a request is null.
    /// </exception>
    /// <exception cref="DatabricksCheckpointException">
    /// During the enumeration: the checkpoint is in use, belongs to another batch, or cannot be read or written.
    /// </exception>
    public virtual IAsyncEnumerable<DatabricksBatchResult<TResponse>> RunBatchAsync<TResponse>(
        string endpointName,
        IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests,
        DatabricksBatchOptions? options = null,
        CancellationToken cancellationToken = default)
        where TResponse : class
    {
        ArgumentNullException.ThrowIfNull(requests);
        return RunBatch(endpointName, requests, total: null, options, cancellationToken);
    }

    private IAsyncEnumerable<DatabricksBatchResult<TResponse>> RunBatch<TResponse>(
        string endpointName, IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests, long? total, DatabricksBatchOptions? options,
        CancellationToken cancellationToken)
        where TResponse : class
    {
        EndpointPath.Require(endpointName);
        var copy = (options ?? new DatabricksBatchOptions()).CopyValidated();
        copy.Chat ??= Connected(_options).Chat;
        copy.Embeddings ??= new DatabricksEmbeddingOptions();
        var transport = Connected(_transport);
        return BatchRun<TResponse>.ReadAsync(
            new BatchPlan
            {
                Workspace = WorkspaceOfCheckpoints(Connected(_authenticator)),
                EndpointName = endpointName,
                Options = copy,
                Clients = NewBatchClients(endpointName, copy),
                Errors = new ItemErrors(endpointName, transport.Redaction),
                TimeProvider = Connected(_options).TimeProvider,
                Total = copy.TotalRequests ?? total,
            },
            ResponseFormats.For<TResponse>(), requests, cancellationToken);
    }

    // A host of several workspaces has an id for each. An emulator has another port each time it starts.
    private static string WorkspaceOfCheckpoints(RequestAuthenticator authenticator)
    {
        var host = authenticator.Host is not { } uri ? authenticator.Settings[SettingTable.AzureWorkspaceResourceId]
            : uri.IsLoopback ? "localhost"
            : uri.Authority;
        return authenticator.Settings[SettingTable.WorkspaceId] is { } id ? $"{host}/{id}" : $"{host}";
    }

    private BatchClients NewBatchClients(string endpointName, DatabricksBatchOptions options)
    {
        var settings = Connected(_options);
        settings = settings.With(settings.Resilience.ForBatch(options.MaxConcurrentRequests));
        var (transport, surfaces, models) = (Connected(_transport).WithPipelinesOf(settings), Connected(_surfaces), Connected(_models));
        var predictions = new PredictionClient(settings, transport);
        return new BatchClients
        {
            Chat = new DatabricksChatClient(
                endpointName, settings, options.Chat!, transport, surfaces, models, Connected(_learnedApis), owner: this),
            Embeddings = new DatabricksEmbeddingGenerator(
                endpointName, options.Embeddings!, settings, transport, surfaces, models, owner: this),
            Predict = (input, rows, cancellationToken) => predictions.PredictAsync(endpointName, input, rows, cancellationToken),
        };
    }
}
