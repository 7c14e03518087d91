using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Batch.Responses;

/// <summary>Writes token counts: the usual three by hand, any others by the contract of Microsoft.Extensions.AI.</summary>
internal static class SavedUsage
{
    private static readonly JsonTypeInfo<UsageDetails> Contract = ResponseJson.Contract<UsageDetails>();
    private static readonly JsonEncodedText Input = JsonEncodedText.Encode("inputTokenCount");
    private static readonly JsonEncodedText Output = JsonEncodedText.Encode("outputTokenCount");
    private static readonly JsonEncodedText Total = JsonEncodedText.Encode("totalTokenCount");

    public static void Write(Utf8JsonWriter writer, UsageDetails usage)
    {
        if (!IsUsual(usage))
        {
            JsonSerializer.Serialize(writer, usage, Contract);
            return;
        }

        writer.WriteStartObject();
        WriteCount(writer, Input, usage.InputTokenCount);
        WriteCount(writer, Output, usage.OutputTokenCount);
        WriteCount(writer, Total, usage.TotalTokenCount);
        writer.WriteEndObject();
    }

    public static UsageDetails? Read(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, Contract);

#pragma warning disable MEAI001 // Counts of audio are experimental; a usage that has them is written by its contract.
    private static bool IsUsual(UsageDetails usage) =>
        usage.GetType() == typeof(UsageDetails) && usage is
        {
            AdditionalCounts: null, CachedInputTokenCount: null, ReasoningTokenCount: null, InputAudioTokenCount: null,
            InputTextTokenCount: null, OutputAudioTokenCount: null, OutputTextTokenCount: null,
        };
#pragma warning restore MEAI001

    private static void WriteCount(Utf8JsonWriter writer, JsonEncodedText name, long? count)
    {
        if (count is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
