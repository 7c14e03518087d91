using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.Requests;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>Reads the body of a chat request. A member that is not known is rejected: it would have no effect.</summary>
internal sealed class ChatRequestFromJson(DatabricksChatRouteOptions options)
{
    /// <summary>The members of a request, as the OpenAPI description has them.</summary>
    public static readonly IReadOnlyList<string> Members =
        ["endpoint", "messages", "temperature", "topP", "maxOutputTokens", "reasoningEffort"];

    private readonly EndpointAllowList _allowed = new(options.Endpoints, options.AllowAnyEndpoint);
    private readonly bool _usesRegisteredClient = options.UseRegisteredChatClient;
    private readonly bool _allowsSystem = options.AllowSystemMessages;
    private readonly int _maxMessages = options.MaxMessages;
    private readonly int? _maxOutputTokens = options.MaxOutputTokens;

    public ChatRequest Read(RequestValue body)
    {
        body.RequireKnown(Members);
        var endpoint = Endpoint(body);
        return new ChatRequest(endpoint, Messages(body, endpoint ?? string.Empty), Options(body));
    }

    private string? Endpoint(RequestValue body)
    {
        if (_usesRegisteredClient)
        {
            return body.Find("endpoint") is null ? null : throw InvalidRequests.ModelNotFound();
        }

        return body.Find("endpoint") is null && _allowed.Only is { } only ? only : _allowed.Require(body.RequireText("endpoint"));
    }

    private List<ChatMessage> Messages(RequestValue body, string endpoint)
    {
        List<ChatMessage> messages =
        [
            .. body.Require("messages").Items(_maxMessages)
                .Select(message => ChatMessageFromJson.Read(message.AsObject(), endpoint, _allowsSystem)),
        ];
        RemoveCallsOfAgents(messages);
        return messages.Count > 0 ? messages : throw InvalidRequests.Invalid("Invalid 'messages': empty array.", "messages", "empty_array");
    }

    // A response has the calls that an agent ran itself, and their results only if the app includes them. Models reject a call without one.
    private static void RemoveCallsOfAgents(List<ChatMessage> messages)
    {
        var answered = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.CallId)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            message.Contents =
            [
                .. message.Contents.Where(
                    content => content is not FunctionCallContent { InformationalOnly: true } call || answered.Contains(call.CallId)),
            ];
        }

        messages.RemoveAll(message => message.Contents.Count == 0);
    }

    private ChatOptions Options(RequestValue body)
    {
        var chat = new ChatOptions
        {
            Temperature = body.Number("temperature", 0, 2),
            TopP = body.Number("topP", 0, 1),
            MaxOutputTokens = (int?)body.Integer("maxOutputTokens", 1, _maxOutputTokens ?? int.MaxValue) ?? _maxOutputTokens,
        };
        ReasoningFromJson.ReadEffort(body.Find("reasoningEffort"), chat);
        return chat;
    }
}
