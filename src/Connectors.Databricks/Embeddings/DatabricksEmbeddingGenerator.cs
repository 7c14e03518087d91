using Connectors.Databricks.Embeddings.Inbound;
using Connectors.Databricks.Embeddings.Outbound;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings;

/// <summary>The door of embeddings: chooses the endpoint, and joins the cutting into requests, the transport and the reading.</summary>
internal sealed class DatabricksEmbeddingGenerator(
    string endpointName, DatabricksEmbeddingOptions limits, DatabricksServingOptions settings, ServingTransport transport, object owner)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ProviderName = "databricks";

    private readonly EmbeddingGeneratorMetadata _metadata = new(ProviderName, settings.Host, endpointName, limits.Dimensions);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return EmbedAsync(values, options, cancellationToken);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = NewRequest(options);
        using var batches = new EmbeddingBatches(values, request, limits, settings.SerializerOptions);
        if (!batches.TryNext(out var first))
        {
            return [];
        }

        return first.IsOnly
            ? Gathered([await SendAsync(request, first, cancellationToken).ConfigureAwait(false)], first.Count)
            : await SendAllAsync(request, batches, first, cancellationToken).ConfigureAwait(false);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> SendAllAsync(
        EmbeddingRequest request, EmbeddingBatches batches, EmbeddingBatch first, CancellationToken cancellationToken)
    {
        var answers = await BoundedParallel.RunAsync(
            first, batches.TryNext, (batch, stopped) => SendAsync(request, batch, stopped), limits.MaxConcurrentRequests, cancellationToken)
            .ConfigureAwait(false);
        return Gathered(answers, answers.Sum(answer => answer.Vectors.Length));
    }

    private async Task<EmbeddingsAnswer> SendAsync(EmbeddingRequest request, EmbeddingBatch batch, CancellationToken cancellationToken)
    {
        using var body = batch.Body;
        var call = new ServingCall(
            batch.Operation, request.EndpointName, EndpointPath.Invocations(settings.Host!, request.EndpointName), body, IsStream: false)
        {
            Advise = EmbeddingErrorHints.For,
        };
        return await transport.ReadBodyAsync(
            call,
            (stream, limited) =>
            {
                var reading = new EmbeddingsFromWire(
                    call, stream.Reply, batch.Count, request.Dimensions, settings.TimeProvider.GetUtcNow());
                return reading.ReadAsync(stream, limited);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static GeneratedEmbeddings<Embedding<float>> Gathered(IReadOnlyList<EmbeddingsAnswer> answers, int count)
    {
        var all = new GeneratedEmbeddings<Embedding<float>>(count);
        foreach (var answer in answers)
        {
            all.AddRange(answer.Vectors);
        }

        all.Usage = GatheredUsage.Of(answers);
        Add(DatabricksPropertyNames.RequestId, answer => answer.RequestId);
        Add(DatabricksPropertyNames.ServedModelName, answer => answer.ServedModelName);
        return all;

        void Add(string name, Func<EmbeddingsAnswer, string?> fact)
        {
            if (string.Join(",", answers.Select(fact).OfType<string>().Distinct()) is { Length: > 0 } text)
            {
                (all.AdditionalProperties ??= [])[name] = text;
            }
        }
    }

    private EmbeddingRequest NewRequest(EmbeddingGenerationOptions? options)
    {
        var chosen = endpointName;
        if (options?.ModelId is { } modelId)
        {
            chosen = EndpointPath.IsName(modelId) ? modelId : throw new ArgumentException(
                $"EmbeddingGenerationOptions.ModelId is '{modelId}', which is not a valid endpoint name.", nameof(options));
        }

        // Later requests are written while the caller may already fill the options for another call.
        AdditionalPropertiesDictionary? additional = options?.AdditionalProperties is { } given ? new(given) : null;
        var dimensions = options?.Dimensions ?? limits.Dimensions;
        return new EmbeddingRequest(chosen, dimensions, limits.Instruction, additional, EmbeddingBaseDocument.From(options, this));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null :
            serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata :
            serviceType.IsInstanceOfType(this) ? this :
            serviceType.IsInstanceOfType(owner) ? owner : null;
    }

    /// <summary>Nothing is owned here: the HTTP client is the user's or the process's.</summary>
    public void Dispose()
    {
    }
}
