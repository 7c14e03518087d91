using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Endpoints.Listing;

/// <summary>
/// Writes entries as LiteLLM's <c>/public/model_hub</c> does [litellm]. What its <c>mode</c> has no word for, it could not call.
/// </summary>
internal static class ModelHubToJson
{
    public static string Text(IEnumerable<CatalogEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, entries);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<CatalogEntry> entries)
    {
        writer.WriteStartArray();
        foreach (var entry in entries.Where(entry => IsLanguageModel(entry.Mode.Value)))
        {
            Write(writer, entry);
        }

        writer.WriteEndArray();
    }

    private static bool IsLanguageModel(EndpointMode mode) =>
        mode == EndpointMode.Chat || mode == EndpointMode.Responses || mode == EndpointMode.Completion || mode == EndpointMode.Embedding;

    private static void Write(Utf8JsonWriter writer, CatalogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("model_group"u8, $"databricks/{entry.Name}");
        writer.WriteStartArray("providers"u8);
        writer.WriteStringValue("databricks"u8);
        writer.WriteEndArray();
        writer.WriteString("mode"u8, entry.Mode.Value.Value);
        WriteCount(writer, "max_input_tokens"u8, entry.ContextWindow.Value ?? entry.Models.Select(model => model.Embeddings?.MaxInputTokens).Min());
        WriteCount(writer, "max_output_tokens"u8, entry.MaxOutputTokens.Value);
        writer.WriteBoolean("supports_function_calling"u8, entry.Can(EndpointCapability.Tools));
        writer.WriteBoolean("supports_parallel_function_calling"u8, CallsInParallel(entry));
        writer.WriteBoolean("supports_vision"u8, entry.Can(EndpointCapability.ImageInput));
        writer.WriteBoolean("supports_reasoning"u8, entry.Can(EndpointCapability.Reasoning));
        writer.WriteBoolean("is_public_model_group"u8, true);
        writer.WriteEndObject();
    }

    private static bool CallsInParallel(CatalogEntry entry) =>
        entry.Can(EndpointCapability.Tools) && entry.Models.Count > 0 && entry.Models.All(model => model.Tools.SupportsParallelCalls);

    private static void WriteCount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? count)
    {
        if (count is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
