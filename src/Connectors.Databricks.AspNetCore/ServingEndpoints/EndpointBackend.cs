using System.Runtime.CompilerServices;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>What the routes call: the endpoints that clients may use, their details, and predictions.</summary>
internal sealed class EndpointBackend(DatabricksServingRouteOptions options)
{
    private readonly EndpointAllowList _allowed = new(options.Endpoints, options.AllowAnyEndpoint);
    private readonly bool _validates = options.ValidateInput;
    private readonly TimeSpan _timeToLive = options.DetailsTimeToLive;

    /// <summary>A client of its own may have the credential of one user, so nothing is shared between clients.</summary>
    private readonly ConditionalWeakTable<DatabricksServingClient, Caches> _caches = [];

    /// <summary>Returns the endpoints that clients may use, ordered by name.</summary>
    public async Task<IReadOnlyList<EndpointProfile>> ListAsync(HttpContext context)
    {
        var snapshot = await CachesOf(context).List.GetAsync(context.RequestAborted).ConfigureAwait(false);
        return
        [
            .. snapshot.Profiles.Where(profile => !profile.IsModelService && _allowed.Includes(profile.Name))
                .OrderBy(profile => profile.Name, StringComparer.Ordinal),
        ];
    }

    /// <exception cref="RejectedRequestException">The name is not in the allow-list, or cannot be a name.</exception>
    public Task<EndpointDetails> DetailsAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["name"] as string ?? string.Empty;
        return EndpointAllowList.IsModelService(name)
            ? throw InvalidRequests.ModelNotFound()
            : CachesOf(context).Details.GetAsync(
                RouteContext.Serving(context), _allowed.Require(name), RouteContext.Clock(context), context.RequestAborted);
    }

    /// <exception cref="RejectedRequestException">The endpoint is not ready, or takes neither tables nor tensors.</exception>
    public void RequireCallable(EndpointDetails details)
    {
        if (!details.Profile.IsReady)
        {
            throw InvalidRequests.NotReady(ServingEndpointToJson.StateOf(details.Profile));
        }

        if (_validates && IsForText(details.Profile.Mode.Value))
        {
            throw InvalidRequests.Unsupported(
                "The endpoint takes neither tables nor tensors: call it through a route for chat or embeddings.", null);
        }
    }

    /// <exception cref="RejectedRequestException">The input does not match the signature.</exception>
    public void RequireMatch(EndpointDetails details, PredictionRequest request, DatabricksPredictionOptions prediction)
    {
        if (_validates && details.Signature is { } signature &&
            InputValidation.ErrorsOf(request, signature, prediction.ServedModelName) is { } errors)
        {
            throw InvalidRequests.InvalidInput(errors);
        }
    }

    private static bool IsForText(EndpointMode mode) =>
        mode == EndpointMode.Chat || mode == EndpointMode.Responses || mode == EndpointMode.Completion || mode == EndpointMode.Embedding;

    private Caches CachesOf(HttpContext context) => _caches.GetValue(
        RouteContext.Serving(context),
        serving => new Caches(
            serving.CreateDirectory(new EndpointDirectoryOptions { ModelServiceSchemas = [] }), new EndpointDetailsCache(_timeToLive)));

    private sealed record Caches(EndpointDirectory List, EndpointDetailsCache Details);
}
