using System.Collections.Concurrent;
using System.Net;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat;

/// <summary>
/// Selects the API of a request: the one that the options set, the one that the model requires, or the one that the endpoint accepted after
/// it had rejected the other. A rejection costs one request; later requests use what it showed.
/// </summary>
internal sealed class ApiSelector(DatabricksChatApi api, TimeProvider timeProvider)
{
    /// <summary>Names come with each call and may be untrusted.</summary>
    private const int Capacity = 1000;

    /// <summary>The maximum number of changes of the API per call.</summary>
    private const int MaxChanges = 2;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Entry> _learned = new(StringComparer.Ordinal);

    /// <summary>The API of a new request, and how the response reports it when an earlier rejection decided; without a request.</summary>
    public (ChatApi Api, DatabricksRequestAdjustment? Adjustment) Select(string endpointName, EndpointModel endpoint, ChatOptions? options)
    {
        if (api == DatabricksChatApi.ChatCompletions)
        {
            return default;
        }

        if (Find(endpointName) is { } learned)
        {
            return (learned.Api, learned.Adjustment);
        }

        return api == DatabricksChatApi.Responses || IsRequired(endpoint, options) ? (ResponsesOf(endpoint), null) : default;
    }

    /// <summary>Whether a rejection is about the API, so that another one may succeed.</summary>
    public bool CanChange(ChatRequest request, DatabricksServingException rejection) => Next(request, rejection) is not null;

    /// <summary>Returns the request for the other API, and stores that for later requests to the endpoint.</summary>
    public ChatRequest Change(ChatRequest request, DatabricksServingException rejection)
    {
        var next = Next(request, rejection)!.Value;
        var adjustment = new DatabricksRequestAdjustment(
            "api",
            next == ChatApi.ChatCompletions ? "sent to chat completions" : "sent to the Responses API",
            $"the endpoint rejected the other API: \"{rejection.ServiceMessage ?? rejection.Message}\"",
            affectsAnswer: false);
        Add(request.EndpointName, new Entry(next, adjustment, timeProvider.GetUtcNow() + Lifetime));
        return request.For(next, adjustment);
    }

    private static bool IsRequired(EndpointModel endpoint, ChatOptions? options) =>
        endpoint.Record is { } record &&
        ((record.Surfaces.Contains("responses") && !record.Surfaces.Contains("chat")) ||
            (record.Tools.RequiresResponses && options?.Tools is { Count: > 0 }));

    private static ChatApi ResponsesOf(EndpointModel endpoint) =>
        endpoint.Record is { } record && record.Family != DatabricksModelFamily.OpenAI ? ChatApi.OpenResponses : ChatApi.Responses;

    private ChatApi? Next(ChatRequest request, DatabricksServingException rejection)
    {
        if (api == DatabricksChatApi.ChatCompletions || request.Reroutes >= MaxChanges)
        {
            return null;
        }

        if (!request.UsesResponses)
        {
            return api == DatabricksChatApi.Auto && RequiresInput(rejection) ? ChatApi.Responses : null;
        }

        if (!IsWithoutResponses(rejection))
        {
            return null;
        }

        return request.Api == ChatApi.Responses && !request.Route.IsGateway ? ChatApi.OpenResponses :
            api == DatabricksChatApi.Auto ? ChatApi.ChatCompletions : null;
    }

    // What MLflow reports when an agent of the task agent/v1/responses receives messages instead of input.
    private static bool RequiresInput(DatabricksServingException rejection) =>
        rejection.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity &&
        rejection.ServiceMessage is { } message &&
        (message.Contains("missing inputs ['input']", StringComparison.OrdinalIgnoreCase) ||
            message.Contains("ResponsesAgent", StringComparison.Ordinal));

    // The path does not exist, or passes only models of OpenAI.
    private static bool IsWithoutResponses(DatabricksServingException rejection) =>
        (rejection.StatusCode == HttpStatusCode.NotFound && rejection.Kind != DatabricksServingErrorKind.ModelServiceNotFound &&
            rejection.Kind != DatabricksServingErrorKind.EndpointNotFound) ||
        (rejection.StatusCode == HttpStatusCode.BadRequest &&
            rejection.ServiceMessage?.Contains("Responses API", StringComparison.OrdinalIgnoreCase) is true);

    private Entry? Find(string endpointName)
    {
        if (!_learned.TryGetValue(endpointName, out var entry))
        {
            return null;
        }

        if (entry.ExpiresAt > timeProvider.GetUtcNow())
        {
            return entry;
        }

        _learned.TryRemove(KeyValuePair.Create(endpointName, entry));
        return null;
    }

    private void Add(string endpointName, Entry entry)
    {
        if (_learned.Count >= Capacity && !_learned.ContainsKey(endpointName))
        {
            _learned.TryRemove(_learned.MinBy(static known => known.Value.ExpiresAt));
        }

        _learned[endpointName] = entry;
    }

    private sealed record Entry(ChatApi Api, DatabricksRequestAdjustment Adjustment, DateTimeOffset ExpiresAt);
}
