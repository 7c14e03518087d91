using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>The handlers of the routes: each reads its request, calls the workspace, and writes one document.</summary>
internal sealed class ServingRoutes(DatabricksServingRouteOptions options)
{
    private readonly EndpointBackend _backend = new(options);
    private readonly ProblemHandler _problems = new(options.IncludeServiceMessages);
    private readonly ServingEndpointToJson _endpoints = new(options.IncludeServiceMessages);
    private readonly Action<HttpContext, DatabricksPredictionOptions>? _configure = options.ConfigureOptions;
    private readonly long _maxRequestBytes = options.MaxRequestBytes;
    private readonly int _maxItems = options.MaxBatchItems;
    private readonly int _maxConcurrentRequests = options.MaxConcurrentRequests;

    public Task ListAsync(HttpContext context) => _problems.RunAsync(context, async () =>
    {
        var endpoints = await _backend.ListAsync(context).ConfigureAwait(false);
        await JsonReply.SendAsync(context, StatusCodes.Status200OK, endpoints, ServingEndpointToJson.WriteList).ConfigureAwait(false);
    });

    public Task GetAsync(HttpContext context) => _problems.RunAsync(context, async () =>
    {
        var details = await _backend.DetailsAsync(context).ConfigureAwait(false);
        await JsonReply.SendAsync(context, StatusCodes.Status200OK, details, _endpoints.Write).ConfigureAwait(false);
    });

    public Task PredictAsync(HttpContext context) => _problems.RunAsync(context, async () =>
    {
        using var document = await RequestDocument.ReadAsync(context, _maxRequestBytes).ConfigureAwait(false);
        var request = PredictionRequestFromJson.Read(new RequestValue(document.RootElement, string.Empty));
        var details = await CallableAsync(context).ConfigureAwait(false);
        var result = new PredictionResult(
            details.Profile.Name, await PredictAsync(context, Prepare(context, details, request), context.RequestAborted)
                .ConfigureAwait(false));
        await JsonReply.SendAsync(context, StatusCodes.Status200OK, result, PredictionResult.Write).ConfigureAwait(false);
    });

    public Task BatchPredictAsync(HttpContext context) => _problems.RunAsync(context, async () =>
    {
        using var document = await RequestDocument.ReadAsync(context, _maxRequestBytes).ConfigureAwait(false);
        var body = new RequestValue(document.RootElement, string.Empty);
        body.RequireKnown(["items"]);
        RequestValue[] items = [.. body.Require("items").Items(_maxItems)];
        if (items.Length == 0)
        {
            throw InvalidRequests.Invalid("Invalid 'items': empty array.", "items", "empty_array");
        }

        var details = await CallableAsync(context).ConfigureAwait(false);
        var batch = new PredictionBatch(details.Profile.Name, items.Length);

        // One after the other: the context of a request is not thread-safe.
        var prepared = items.Select((item, index) => batch.Try(
            index, () => Prepare(context, details, PredictionRequestFromJson.Read(item.AsObject())), Report)).ToArray();
        await Parallel.ForEachAsync(
            prepared.Index().Where(item => item.Item is not null),
            new ParallelOptions { MaxDegreeOfParallelism = _maxConcurrentRequests, CancellationToken = context.RequestAborted },
            async (item, stopped) => await batch.RunAsync(item.Index, () => PredictAsync(context, item.Item!, stopped), Report)
                .ConfigureAwait(false)).ConfigureAwait(false);
        await JsonReply.SendAsync(context, StatusCodes.Status200OK, batch, PredictionBatch.Write).ConfigureAwait(false);

        Problem Report(Exception exception) => _problems.Report(context, exception, details.Profile.Name);
    });

    private async Task<EndpointDetails> CallableAsync(HttpContext context)
    {
        var details = await _backend.DetailsAsync(context).ConfigureAwait(false);
        _backend.RequireCallable(details);
        return details;
    }

    private PreparedPrediction Prepare(HttpContext context, EndpointDetails details, PredictionRequest request)
    {
        var prediction = new DatabricksPredictionOptions();
        if (request.Parameters is { } parameters)
        {
            prediction.Parameters = parameters.EnumerateObject()
                .ToDictionary(parameter => parameter.Name, parameter => (object?)parameter.Value, StringComparer.Ordinal);
        }

        _configure?.Invoke(context, prediction);
        _backend.RequireMatch(details, request, prediction);
        JsonNode input = request.Input.ValueKind == JsonValueKind.Array
            ? JsonArray.Create(request.Input)!
            : JsonObject.Create(request.Input)!;
        return new PreparedPrediction(details.Profile.Name, DatabricksPredictionInput.Json(request.Form, input), prediction);
    }

    private static Task<DatabricksPrediction> PredictAsync(
        HttpContext context, PreparedPrediction prepared, CancellationToken cancellationToken) =>
        RouteContext.Serving(context).PredictAsync(prepared.Endpoint, prepared.Input, prepared.Options, cancellationToken);

    private sealed record PreparedPrediction(string Endpoint, DatabricksPredictionInput Input, DatabricksPredictionOptions Options);
}
