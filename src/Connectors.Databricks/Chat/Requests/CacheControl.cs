using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Cache control for prompt caching: the prompt up to this point is cached (serving reference §3.4). It requires array content, because
/// string content cannot have members.
/// </summary>
/// <param name="Value">The value of <c>cache_control</c>, or null for none.</param>
internal readonly record struct CacheControl(object? Value)
{
    /// <summary>
    /// The user turns that remain of Claude's four cache breakpoints after the system message and the tools ([issue goose#6320]).
    /// </summary>
    private const int MarkedTurns = 2;

    public bool IsSet => Value is not null;

    public static CacheControl OnTool(ChatRequest request, AITool tool, bool isLast) =>
        Of(request, tool.AdditionalProperties, isAutomatic: isLast && request.CachesByItself);

    public static CacheControl Of(ChatRequest request, IReadOnlyDictionary<string, object?>? properties, bool isAutomatic = false)
    {
        // The Responses API has no cache control.
        if (request.UsesResponses || request.Model.SupportsCacheControl is false)
        {
            return default;
        }

        return properties is not null && properties.TryGetValue(DatabricksPropertyNames.CacheControl, out var value) && IsMark(value)
            ? new CacheControl(value)
            : isAutomatic ? new CacheControl(true) : default;
    }

    // False removes cache control.
    private static bool IsMark(object? value) =>
        value is not (null or false or JsonElement { ValueKind: JsonValueKind.False or JsonValueKind.Null });

    /// <summary>The index of the first user turn with automatic cache control.</summary>
    public static int FirstMarkedTurn(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        var first = int.MaxValue;
        var left = request.CachesByItself ? MarkedTurns : 0;
        for (var i = messages.Count - 1; i >= 0 && left > 0; i--)
        {
            if (messages[i]?.Role == ChatRole.User)
            {
                first = i;
                left--;
            }
        }

        return first;
    }

    /// <summary>Whether the caller set cache control explicitly, which turns automatic cache control off.</summary>
    public static bool AnyIn(ChatRequest request) =>
        request.Messages.Any(message => message is not null && (Has(message.AdditionalProperties) ||
            message.Contents.Any(content => Has(content?.AdditionalProperties)))) ||
        request.Options?.Tools?.Any(tool => tool is not null && Has(tool.AdditionalProperties)) is true;

    private static bool Has(IReadOnlyDictionary<string, object?>? properties) =>
        properties?.ContainsKey(DatabricksPropertyNames.CacheControl) is true;

    public void Write(Utf8JsonWriter writer)
    {
        switch (Value)
        {
            case null:
                break;
            case true or JsonElement { ValueKind: JsonValueKind.True }:
                writer.WriteStartObject("cache_control"u8);
                writer.WriteString("type"u8, "ephemeral"u8);
                writer.WriteEndObject();
                break;
            default:
                writer.WritePropertyName("cache_control"u8);
                JsonValueToWire.Write(writer, Value, AIJsonUtilities.DefaultOptions);
                break;
        }
    }
}
