using System.Text.Json;
using Connectors.Databricks.Chat.Requests;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Writes a stored item for serving endpoints, which reject what they themselves return: ids of more than 64 characters, and the members
/// that only output has (databricks/unity-gateway issue 99). Unity Gateway takes items unchanged.
/// </summary>
internal static class ItemTrimming
{
    /// <summary>OpenAI's limit.</summary>
    private const int LongestId = 64;

    /// <summary>Whether the path of a request passes items on to OpenAI or to an agent; the others translate them.</summary>
    public static bool IsNeeded(ChatRequest request) => request.Api switch
    {
        ChatApi.Responses => !request.Route.IsGateway,
        ChatApi.OpenAIResponses or ChatApi.InvocationsResponses => true,
        _ => false,
    };

    public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> item)
    {
        using var document = JsonDocument.Parse(item);
        writer.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!IsLeftOut(member))
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static bool IsLeftOut(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Null || member.NameEquals("status"u8) ||
        (member.NameEquals("id"u8) && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Length > LongestId);
}
