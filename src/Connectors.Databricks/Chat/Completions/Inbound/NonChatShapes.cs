using System.Text.Json;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>Recognizes responses of endpoints without chat support, so that the error can name the task.</summary>
internal static class NonChatShapes
{
    /// <summary>Recognizes a top-level member. The reader is positioned on its name and does not advance.</summary>
    public static string? Named(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("predictions"u8) || reader.ValueTextEquals("outputs"u8)
            ? "predictions, the response of classic ML and feature endpoints" :
        reader.ValueTextEquals("output"u8) ? "items of the Responses API, the response of an endpoint of task agent/v1/responses" :
        reader.ValueTextEquals("data"u8) ? "embeddings, the response of an endpoint of task llm/v1/embeddings" :
        null;

    /// <summary>Recognizes the type of a stream event. The reader is positioned on the value.</summary>
    public static string? NamedEvent(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.HasValueSequence is false &&
        (reader.ValueSpan.StartsWith("response."u8) || reader.ValueSpan.StartsWith("responses."u8))
            ? "the events of the Responses API, as an endpoint of task agent/v1/responses streams"
            : null;
}
