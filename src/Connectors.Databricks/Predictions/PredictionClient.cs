using Connectors.Databricks.Predictions.Inbound;
using Connectors.Databricks.Predictions.Outbound;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Predictions;

/// <summary>Entry point of predictions: selects the path, and connects batching, the transport and the inbound mapping.</summary>
internal sealed class PredictionClient(DatabricksServingOptions settings, ServingTransport transport)
{
    private static readonly ReadOnlyMemory<byte> NoRows = "[]"u8.ToArray();

    public async Task<DatabricksPrediction> PredictAsync(
        string endpointName, DatabricksPredictionInput input, DatabricksPredictionOptions options, CancellationToken cancellationToken)
    {
        options = options.CopyValidated();
        var uri = Address(endpointName, options);
        cancellationToken.ThrowIfCancellationRequested();
        using var batches = new PredictionBatches(input, options, settings.SerializerOptions);
        if (!batches.TryNext(out var first))
        {
            return new DatabricksPrediction([NoRows], "predictions", []);
        }

        var answers = first.IsOnly
            ? [await SendAsync(first, cancellationToken).ConfigureAwait(false)]
            : await BoundedParallel.RunAsync(first, batches.TryNext, SendAsync, options.MaxConcurrentRequests, cancellationToken)
                .ConfigureAwait(false);
        return new DatabricksPrediction(
            [.. answers.Select(answer => answer.Value)], answers[0].ResultName, [.. answers.Select(answer => answer.Raw)]);

        async Task<PredictionAnswer> SendAsync(PredictionBatch batch, CancellationToken stopped)
        {
            using var body = batch.Body;
            var call = new ServingCall(Operation(batch, options.ServedModelName), endpointName, uri, body, IsStream: false)
            {
                Advise = PredictionErrorHints.For,
            };
            int? rows = batch.IsOnly ? null : batch.Rows;
            return await transport.GetDocumentAsync(
                call, (call, rows), static (document, state, stop) => PredictionFromWire.Read(state.call, document, state.rows, stop),
                stopped)
                .ConfigureAwait(false);
        }
    }

    private Uri Address(string endpointName, DatabricksPredictionOptions options)
    {
        if (options.ServedModelName is not { } servedModel)
        {
            return EndpointPath.Invocations(settings.Host!, endpointName);
        }

        return EndpointPath.IsName(servedModel)
            ? EndpointPath.Invocations(settings.Host!, endpointName, servedModel)
            : throw new ArgumentException($"ServedModelName is '{servedModel}', which is not the name of a served model.", nameof(options));
    }

    private static string Operation(PredictionBatch batch, string? servedModelName) =>
        servedModelName is null ? batch.Operation : $"{batch.Operation} by served model '{servedModelName}'";
}
