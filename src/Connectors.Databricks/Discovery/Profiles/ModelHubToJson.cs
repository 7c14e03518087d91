using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>
/// Writes profiles as LiteLLM's <c>/public/model_hub</c> does [litellm]. What its <c>mode</c> has no word for, it could not call.
/// </summary>
internal static class ModelHubToJson
{
    public static string Text(IEnumerable<EndpointProfile> profiles)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, profiles);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter writer, IEnumerable<EndpointProfile> profiles)
    {
        writer.WriteStartArray();
        foreach (var profile in profiles.Where(profile => IsLanguageModel(profile.Mode.Value)))
        {
            Write(writer, profile);
        }

        writer.WriteEndArray();
    }

    private static bool IsLanguageModel(EndpointMode mode) =>
        mode == EndpointMode.Chat || mode == EndpointMode.Responses || mode == EndpointMode.Completion || mode == EndpointMode.Embedding;

    private static void Write(Utf8JsonWriter writer, EndpointProfile profile)
    {
        writer.WriteStartObject();
        writer.WriteString("model_group"u8, $"databricks/{profile.Name}");
        writer.WriteStartArray("providers"u8);
        writer.WriteStringValue("databricks"u8);
        writer.WriteEndArray();
        writer.WriteString("mode"u8, profile.Mode.Value.Value);
        WriteCount(writer, "max_input_tokens"u8, profile.ContextWindow.Value
            ?? profile.Models.Select(model => model.Embeddings?.MaxInputTokens).Min());
        WriteCount(writer, "max_output_tokens"u8, profile.MaxOutputTokens.Value);
        writer.WriteBoolean("supports_function_calling"u8, profile.Can(EndpointCapability.Tools));
        writer.WriteBoolean("supports_parallel_function_calling"u8, CallsInParallel(profile));
        writer.WriteBoolean("supports_vision"u8, profile.Can(EndpointCapability.ImageInput));
        writer.WriteBoolean("supports_reasoning"u8, profile.Can(EndpointCapability.Reasoning));
        writer.WriteBoolean("is_public_model_group"u8, true);
        writer.WriteEndObject();
    }

    private static bool CallsInParallel(EndpointProfile profile) =>
        profile.Can(EndpointCapability.Tools) && profile.Models.Count > 0 && profile.Models.All(model => model.Tools.SupportsParallelCalls);

    private static void WriteCount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? count)
    {
        if (count is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }
}
