using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Removes the members of a tool call that only the model that created it accepts. Other hosts reject a thought signature of Gemini as an
/// unknown field, and other Gemini models as invalid.
/// </summary>
internal static class OtherModelToolCalls
{
    public static IReadOnlyList<ChatMessage> Clean(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage>? copy = null;
        string? origin = null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i] is { } message && Origin(request, message) is { } other)
            {
                origin = other;
                copy = copy.Replaced(messages, i, message.With(Cleaned(request, message)));
            }
        }

        if (copy is not null)
        {
            request.Note(
                "messages.tool_calls", $"members added by endpoint '{origin}' left out",
                "only the model that made a call accepts them");
        }

        return copy ?? messages;
    }

    // A separate method avoids allocating a closure in the loop above, which runs for every request.
    private static List<AIContent> Cleaned(ChatRequest request, ChatMessage message) =>
        [.. message.Contents.Select(content => Origin(request, content) is null ? content : Bare((FunctionCallContent)content))];

    private static string? Origin(ChatRequest request, ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (Origin(request, message.Contents[i]) is { } origin)
            {
                return origin;
            }
        }

        return null;
    }

    /// <returns>
    /// The endpoint that created a call with additional members, or null when they are valid for the endpoint of the request.
    /// </returns>
    private static string? Origin(ChatRequest request, AIContent content) =>
        content is FunctionCallContent { AdditionalProperties: { } properties } &&
        properties.ContainsKey(DatabricksPropertyNames.ToolCallExtras) &&
        properties.TryGetValue(DatabricksPropertyNames.ToolCallOrigin, out var value) && Text(value) is { } origin &&
        !request.Endpoints.AreOneModel(origin, request.EndpointName)
            ? origin
            : null;

    // A property of a conversation that was stored as JSON is a JsonElement.
    private static string? Text(object? value) =>
        value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : value as string;

    private static FunctionCallContent Bare(FunctionCallContent call)
    {
        var properties = call.AdditionalProperties!.Clone();
        properties.Remove(DatabricksPropertyNames.ToolCallExtras);
        properties.Remove(DatabricksPropertyNames.ToolCallOrigin);
        return call.With(properties);
    }
}
