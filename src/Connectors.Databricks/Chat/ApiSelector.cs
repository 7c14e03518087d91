using System.Net;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>
/// Selects the API of a request: the one that the options set, or the one that the endpoint or its model requires; without those that the
/// endpoint has rejected. A rejection costs one request; later requests use what it showed.
/// </summary>
/// <param name="api">The API that the options set.</param>
/// <param name="learned">What endpoints have rejected.</param>
/// <param name="usesGateway">Whether names are called on Unity Gateway at all.</param>
internal sealed class ApiSelector(DatabricksChatApi api, LearnedApis learned, bool usesGateway)
{
    /// <summary>Returns the request for the API to use; without a request to the service.</summary>
    public ChatRequest Select(ChatRequest request)
    {
        if (api == DatabricksChatApi.ChatCompletions)
        {
            return request;
        }

        var known = learned.Find(request.EndpointName);
        var isRequired = api == DatabricksChatApi.Responses || IsRequired(request.Endpoint, request.Options);
        if (known is null)
        {
            return isRequired ? request.For(ApiLadder.First(request.Route, request.Endpoint, request.Endpoint.IsAgent)) : request;
        }

        request = request with { IsKnownAgent = known.IsAgent };
        if (!isRequired && !known.HasRejected(ChatApi.ChatCompletions))
        {
            return request;
        }

        var first = ApiLadder.First(request.Route, request.Endpoint, request.IsAgent);
        ChatApi? open = first;
        while (open is { } candidate && known.HasRejected(candidate))
        {
            open = After(candidate, request);
        }

        var selected = open ?? first;
        return request.For(selected, isRequired && selected == first ? null : known.AdjustmentTo(selected));
    }

    /// <summary>Whether a rejection is about the API, so that another one may succeed.</summary>
    public bool CanChange(ChatRequest request, DatabricksServingException rejection) => Next(request, rejection) is not null;

    /// <summary>Returns the request for the next API, and stores the rejection for later requests to the endpoint.</summary>
    public ChatRequest Change(ChatRequest request, DatabricksServingException rejection)
    {
        var next = Next(request, rejection)!.Value;
        var isAgent = !request.UsesResponses && RequiresInput(rejection);
        var known = learned.Add(request.EndpointName, request.Api, isAgent, rejection.ServiceMessage ?? rejection.Message);
        return request.For(next, known.AdjustmentTo(next)) with
        {
            IsKnownAgent = known.IsAgent,
            ApiRejection = request.ApiRejection ?? rejection,
        };
    }

    /// <summary>
    /// The rejection to report: that of the first API, when the last one that was tried does not have the name.
    /// </summary>
    public static DatabricksServingException? FirstRejection(ChatRequest request, DatabricksServingException rejection) =>
        ApiLadder.IsElsewhere(request.Api, request.Route) && IsOfName(rejection) ? request.ApiRejection : null;

    private static bool IsRequired(EndpointModel endpoint, ChatOptions? options) =>
        endpoint.Serving is { } serving && (serving.HasResponses || serving.HasChat)
            ? !serving.HasChat || (serving.HasResponses && ModelRequires(endpoint, options))
            : ModelRequires(endpoint, options);

    private static bool ModelRequires(EndpointModel endpoint, ChatOptions? options) => endpoint.Record is { } record &&
        ((record.Surfaces.Contains("responses") && !record.Surfaces.Contains("chat")) ||
            (record.Tools.RequiresResponses && options?.Tools is { Count: > 0 }));

    private ChatApi? Next(ChatRequest request, DatabricksServingException rejection) =>
        api == DatabricksChatApi.ChatCompletions ? null :
        !request.UsesResponses
            ? api == DatabricksChatApi.Auto && (RequiresInput(rejection) || RequiresResponses(rejection)) && request.ApiRejection is null
                ? ApiLadder.First(request.Route, request.Endpoint, isAgent: request.IsAgent || RequiresInput(rejection))
                : null :
        IsWithoutResponses(request, rejection) ? After(request.Api, request) :
        null;

    // An agent has no chat completions.
    private ChatApi? After(ChatApi rejected, ChatRequest request) => rejected == ChatApi.ChatCompletions ? null :
        ApiLadder.After(rejected, request.Route, request.Endpoint, request.IsAgent, usesGateway) ??
        (api == DatabricksChatApi.Auto && !request.IsAgent ? ChatApi.ChatCompletions : null);

    // What MLflow reports when an agent of the task agent/v1/responses receives messages instead of input.
    private static bool RequiresInput(DatabricksServingException rejection) =>
        rejection.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity &&
        rejection.ServiceMessage is { } message &&
        (message.Contains("missing inputs ['input']", StringComparison.OrdinalIgnoreCase) ||
            message.Contains("ResponsesAgent", StringComparison.Ordinal));

    // OpenAI: This model is only supported in v1/responses and not in v1/chat/completions; tools of a model require /v1/responses.
    private static bool RequiresResponses(DatabricksServingException rejection) =>
        rejection.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound &&
        rejection.ServiceMessage?.Contains("v1/responses", StringComparison.OrdinalIgnoreCase) is true;

    // The path does not exist, or passes only models of OpenAI. A disabled feature of Unity Gateway is the gateway itself. A 400 of an
    // agent may come from the model behind it, after tools have run.
    private static bool IsWithoutResponses(ChatRequest request, DatabricksServingException rejection) =>
        ApiLadder.IsElsewhere(request.Api, request.Route) ? IsOfName(rejection) :
        rejection.StatusCode == HttpStatusCode.NotFound ? rejection.ErrorCode is null or "ENDPOINT_NOT_FOUND" ||
            (rejection.ErrorCode == "FEATURE_DISABLED" && !request.Route.IsGateway) :
        rejection.StatusCode == HttpStatusCode.BadRequest && !request.IsAgent &&
            rejection.ServiceMessage?.Contains("Responses API", StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsOfName(DatabricksServingException rejection) =>
        rejection.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.NotImplemented ||
        rejection.ServiceMessage?.Contains("Responses API", StringComparison.OrdinalIgnoreCase) is true;
}
