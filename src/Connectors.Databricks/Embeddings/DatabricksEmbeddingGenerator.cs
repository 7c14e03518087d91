using Connectors.Databricks.Embeddings.Inbound;
using Connectors.Databricks.Embeddings.Outbound;
using Connectors.Databricks.Models;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Embeddings;

/// <summary>
/// The <see cref="IEmbeddingGenerator"/>: selects the endpoint, and connects batching, the transport and the inbound mapping.
/// </summary>
internal sealed class DatabricksEmbeddingGenerator(
    string endpointName, DatabricksEmbeddingOptions limits, DatabricksServingOptions settings, ServingTransport transport,
    ServingSurfaces surfaces, EndpointModels endpoints, object owner) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ProviderName = "databricks";

    private readonly ServingRoute _defaultRoute = surfaces.DefaultFor(endpointName);
    private readonly string? _tags = RequestTags.ToHeader(limits.RequestTags);
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

        // Another batch may have cached a route since this one was written.
        var route = surfaces.Current(request.Route);
        for (var reroutes = 0; ; reroutes++)
        {
            using var rewritten = ReferenceEquals(route, request.Route)
                ? null
                : EmbeddingRequestToWire.Rewrite(body, batch.HeadLength, request with { Route = route }, settings.SerializerOptions);
            var call = NewCall(route, request, batch, rewritten ?? body);
            try
            {
                var answer = await ReadAsync(call, request, batch, cancellationToken).ConfigureAwait(false);
                return route.IsMapped ? answer with { Route = route } : answer;
            }
            catch (DatabricksServingException exception) when (surfaces.CanReroute(route, exception, reroutes))
            {
                route = await surfaces.RerouteAsync(call, route, exception, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static ServingCall NewCall(ServingRoute route, EmbeddingRequest request, EmbeddingBatch batch, RequestBody body) =>
        new(batch.Operation, route.Name, route.Address(SurfaceTask.Embeddings), body, IsStream: false)
        {
            IsGateway = route.IsGateway,
            RequestTags = route.IsGateway ? request.Tags : null,
            Advise = EmbeddingErrorHints.For,
        };

    private ValueTask<EmbeddingsAnswer> ReadAsync(
        ServingCall call, EmbeddingRequest request, EmbeddingBatch batch, CancellationToken cancellationToken) => transport.ReadBodyAsync(
            call,
            (stream, limited) =>
            {
                var reading = new EmbeddingsFromWire(
                    call, stream.Reply, batch.Count, request.Dimensions, limits.NormalizeVectors, settings.TimeProvider.GetUtcNow());
                return reading.ReadAsync(stream, limited);
            },
            cancellationToken);

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
        Add(DatabricksPropertyNames.TraceResponse, answer => answer.TraceResponse);
        if (answers.Select(answer => answer.Route?.Adjustment).FirstOrDefault(adjustment => adjustment is not null) is { } mapping)
        {
            (all.AdditionalProperties ??= [])[DatabricksPropertyNames.RequestAdjustments] = AdjustmentsToWire.ToElement([mapping]);
        }

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

        // Copied, because later requests are written while the caller may already modify the options for another call.
        AdditionalPropertiesDictionary? additional = options?.AdditionalProperties is { } given ? new(given) : null;
        var dimensions = options?.Dimensions ?? limits.Dimensions;
        var model = endpoints.For(chosen).Record?.Embeddings;
        return new EmbeddingRequest(
            chosen == endpointName ? surfaces.Current(_defaultRoute) : surfaces.Current(chosen),
            dimensions, limits.Instruction, additional, EmbeddingBaseDocument.From(options, this))
        {
            // The length that the model has anyway is no reason for a 400.
            SendsDimensions = model is not { SupportsDimensions: false } || model.Dimensions != dimensions,
            Tags = RequestTags.ToHeader(limits.RequestTags, _tags, additional, nameof(EmbeddingGenerationOptions.AdditionalProperties)),
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null :
            serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata :
            serviceType.IsInstanceOfType(this) ? this :
            serviceType.IsInstanceOfType(owner) ? owner : null;
    }

    /// <summary>Does nothing: the HTTP client is owned by the caller or shared by the process.</summary>
    public void Dispose()
    {
    }
}
