using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>Finds another way to send a request that the service rejected: another API, another route, or a corrected parameter.</summary>
internal sealed class RequestRecovery(
    ApiSelector apis, ServingSurfaces surfaces, EndpointModels endpoints, DatabricksServingOptions settings,
    DatabricksChatOptions chatSettings, ILogger logger)
{
    public ApiSelector Apis => apis;

    public bool CanRecover(ChatRequest request, DatabricksServingException exception, int recoveries) =>
        RequestCorrector.CanCorrect(exception, recoveries) || apis.CanChange(request, exception) ||
        surfaces.CanReroute(request.Route, exception, request.Reroutes) || ApiSelector.FirstRejection(request, exception) is not null;

    /// <returns>The request to send instead; null when there is none.</returns>
    /// <exception cref="DatabricksServingException">There is none, and an earlier rejection is the reason.</exception>
    public async ValueTask<ChatRequest?> RecoverAsync(
        ChatRequest request, ChatDialect dialect, RequestBody body, ServingCall call, DatabricksServingException exception,
        CancellationToken cancellationToken)
    {
        if (apis.CanChange(request, exception))
        {
            return apis.Change(request, exception);
        }

        if (surfaces.CanReroute(request.Route, exception, request.Reroutes))
        {
            var route = await surfaces.RerouteAsync(call, request.Route, exception, cancellationToken).ConfigureAwait(false);
            return apis.Select(request.For(route, endpoints.Identify(request.Endpoint, route.ServedModel, route.Target)));
        }

        if (ApiSelector.FirstRejection(request, exception) is { } first)
        {
            throw first;
        }

        return RequestCorrector.TryCorrect(
            ref request, dialect, body, exception, endpoints, settings, chatSettings, logger) ? request : null;
    }
}
