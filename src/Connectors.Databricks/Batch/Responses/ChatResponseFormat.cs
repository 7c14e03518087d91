using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>
/// The JSON of Microsoft.Extensions.AI. Responses that are plain text, which most are, are written by hand, with the same members in half
/// the time.
/// </summary>
internal sealed class ChatResponseFormat : ResponseFormat<ChatResponse>
{
    private static readonly JsonTypeInfo<ChatResponse> Contract = ResponseJson.Contract<ChatResponse>();

    public override string Kind => "chat";

    public override UsageDetails? UsageOf(ChatResponse response) => response.Usage;

    public override void Write(Utf8JsonWriter writer, ChatResponse response)
    {
        if (!PlainTextResponse.TryWrite(writer, response))
        {
            JsonSerializer.Serialize(writer, response, Contract);
        }
    }

    public override ChatResponse Read(ref Utf8JsonReader reader)
    {
        var response = JsonSerializer.Deserialize(ref reader, Contract) ?? throw new JsonException("The response is null.");
        SavedProperties.Restore(response);
        return response;
    }
}
