using System.Text.Json;
using Connectors.Databricks.AspNetCore.ModelHub.Endpoints;

namespace Connectors.Databricks.AspNetCore.ModelHub.LiteLLM;

/// <summary>
/// Writes profiles as LiteLLM's <c>/public/model_hub</c> does. Models that have no <c>mode</c> there are left out: LiteLLM cannot call
/// them.
/// </summary>
internal sealed class ModelGroupsToJson(DatabricksModelHubOptions options)
{
    private readonly ModelHubPrices _prices = new(options.Prices);

    public void Write(Utf8JsonWriter writer, ModelHubListing listing)
    {
        writer.WriteStartArray();
        foreach (var profile in listing.Profiles.Where(profile => IsLanguageModel(profile.Mode.Value)))
        {
            writer.WriteStartObject();
            Write(writer, profile);
            WriteState(writer, profile, listing);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool IsLanguageModel(EndpointMode mode) =>
        mode == EndpointMode.Chat || mode == EndpointMode.Responses || mode == EndpointMode.Completion || mode == EndpointMode.Embedding;

    private void Write(Utf8JsonWriter writer, EndpointProfile profile)
    {
        writer.WriteString("model_group"u8, $"databricks/{profile.Name}");
        writer.WriteStartArray("providers"u8);
        writer.WriteStringValue("databricks"u8);
        writer.WriteEndArray();
        writer.WriteString("mode"u8, profile.Mode.Value.Value);
        JsonMembers.Number(writer, "max_input_tokens"u8, (double?)(profile.ContextWindow.Value
            ?? profile.Models.Select(model => model.Embeddings?.MaxInputTokens).Min()));
        JsonMembers.Number(writer, "max_output_tokens"u8, (double?)profile.MaxOutputTokens.Value);
        var price = _prices.Find(profile);
        JsonMembers.Number(writer, "input_cost_per_token"u8, price?.InputCostPerToken);
        JsonMembers.Number(writer, "output_cost_per_token"u8, price?.OutputCostPerToken);
        writer.WriteBoolean("supports_function_calling"u8, profile.Can(EndpointCapability.Tools));
        writer.WriteBoolean("supports_parallel_function_calling"u8, CallsInParallel(profile));
        writer.WriteBoolean("supports_vision"u8, profile.Can(EndpointCapability.ImageInput));
        writer.WriteBoolean("supports_reasoning"u8, profile.Can(EndpointCapability.Reasoning));
        writer.WriteBoolean("is_public_model_group"u8, true);
    }

    // LiteLLM has no member for the source of a model; clients that do not know it ignore it.
    private static void WriteState(Utf8JsonWriter writer, EndpointProfile profile, ModelHubListing listing)
    {
        if (!listing.IsTable)
        {
            writer.WriteString("health_status"u8, profile.IsReady ? "healthy"u8 : "unhealthy"u8);
            JsonMembers.Time(writer, "health_checked_at"u8, listing.ReadAt);
        }

        writer.WriteString("source"u8, listing.Source);
    }

    private static bool CallsInParallel(EndpointProfile profile) =>
        profile.Can(EndpointCapability.Tools) && profile.Models.Count > 0 && profile.Models.All(model => model.Tools.SupportsParallelCalls);
}
