using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary>
/// Writes the properties of an endpoint that a model needs to choose it, in a stable format and without unknown values.
/// </summary>
internal static class ProfileToJson
{
    /// <summary>As many as are named of one item of a list; <c>get_serving_endpoint</c> has all of them.</summary>
    private const int MaxUnreadable = 3;

    /// <summary>The names of APIs for a model; others are in the details under their own names.</summary>
    public static IReadOnlyDictionary<string, ServingApi> ApiNames { get; } = new Dictionary<string, ServingApi>(StringComparer.Ordinal)
    {
        ["chat-completions"] = ServingApi.ChatCompletions,
        ["responses"] = ServingApi.Responses,
        ["embeddings"] = ServingApi.Embeddings,
    };

    /// <summary>Writes an item of a list: few unreadable members are enough to see why others are missing.</summary>
    public static void WriteItem(Utf8JsonWriter writer, EndpointProfile profile)
    {
        WriteSummary(writer, profile);
        var unreadable = profile.Unreadable;
        WriteList(writer, "unreadable"u8, unreadable.Count <= MaxUnreadable
            ? unreadable
            : unreadable.Take(MaxUnreadable).Append($"and {unreadable.Count - MaxUnreadable} others"));
    }

    public static void WriteDetails(Utf8JsonWriter writer, EndpointProfile profile, Func<string, string> shortened)
    {
        WriteSummary(writer, profile);
        var endpoint = profile.Endpoint;
        WriteText(writer, "description"u8, endpoint.Description, shortened);
        WriteText(writer, "creator"u8, endpoint.Creator, shortened);
        WriteList(writer, "api_types"u8, (profile.SupportedApis.Value ?? []).Select(api => shortened(api.Value)));
        WriteText(writer, "task"u8, profile.Task.IsKnown ? profile.Task.Value.Value : null, shortened);
        WriteCount(writer, "max_output_tokens"u8, profile.MaxOutputTokens.Value);
        WriteText(writer, "your_permission"u8, endpoint.PermissionLevel, shortened);
        if (endpoint.Tags.Count > 0)
        {
            writer.WriteStartObject("tags"u8);
            foreach (var tag in endpoint.Tags)
            {
                writer.WriteString(tag.Key, tag.Value);
            }

            writer.WriteEndObject();
        }

        WriteEntities(writer, "serves"u8, endpoint.Config, shortened);
        WriteList(writer, "falls_back_to"u8, (endpoint.Config?.Fallbacks ?? [])
            .Select(entity => entity.ExternalName ?? entity.EntityName ?? entity.Name).OfType<string>().Select(shortened));
        WriteEntities(writer, "changing_to"u8, endpoint.PendingConfig, shortened);
        WriteList(writer, "unreadable"u8, profile.Unreadable);
        writer.WriteStartObject("known_from"u8);
        WriteSource(writer, "kind"u8, profile.Kind.Source);
        WriteSource(writer, "mode"u8, profile.Mode.Source);
        WriteSource(writer, "modalities"u8, profile.InputModalities.Source);
        WriteSource(writer, "tools"u8, profile.SupportsTools.Source);
        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, EndpointProfile profile)
    {
        writer.WriteString("name"u8, profile.Name);
        if (profile.IsModelService)
        {
            writer.WriteString("type"u8, "model-service"u8);
        }

        writer.WriteBoolean("ready"u8, profile.IsReady);
        if (profile.Endpoint.ConfigUpdate is { Length: > 0 } update and not EndpointWords.NotUpdating)
        {
            writer.WriteString("update"u8, update);
        }

        writer.WriteString("kind"u8, profile.Kind.Value.ToString());
        writer.WriteString("mode"u8, profile.Mode.Value.ToString());
        WriteList(writer, "apis"u8, ApiNames.Where(name => profile.Supports(name.Value)).Select(name => name.Key));
        WriteList(writer, "can"u8, profile.Capabilities.Select(capability => capability.Value));
        WriteCount(writer, "context_tokens"u8, profile.ContextWindow.Value);
        WriteCount(writer, "vector_dimensions"u8, profile.EmbeddingDimensions.Value);
        WriteLifecycle(writer, profile.Lifecycle.Value);
    }

    // Environment variables and provider credentials are omitted: they may contain secrets.
    private static void WriteEntities(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DiscoveredConfig? config, Func<string,
        string> shortened)
    {
        if (config is null || config.Entities.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var entity in config.Entities)
        {
            writer.WriteStartObject();
            WriteText(writer, "name"u8, entity.Name, shortened);
            WriteText(writer, "model"u8, entity.ExternalName ?? entity.FoundationName ?? entity.EntityName, shortened);
            WriteText(writer, "provider"u8, entity.ExternalProvider, shortened);
            WriteText(writer, "endpoint"u8, entity.EndpointName, shortened);
            WriteText(writer, "version"u8, entity.EntityVersion, shortened);
            WriteText(writer, "workload_size"u8, entity.WorkloadSize, shortened);
            WriteText(writer, "workload_type"u8, entity.WorkloadType, shortened);
            if (entity.ScaleToZero is { } scalesToZero)
            {
                writer.WriteBoolean("scales_to_zero"u8, scalesToZero);
            }

            if (config.HasTraffic && entity.Name is { } served)
            {
                writer.WriteNumber("traffic_percent"u8, config.PercentageOf(served));
            }

            WriteText(writer, "deployment"u8, entity.Deployment, shortened);
            WriteText(writer, "deployment_message"u8, entity.DeploymentMessage, shortened);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLifecycle(Utf8JsonWriter writer, DatabricksModelLifecycle? lifecycle)
    {
        if (lifecycle is null || lifecycle.Stage == DatabricksModelStage.Current)
        {
            return;
        }

        writer.WriteString("lifecycle"u8, lifecycle.Stage.Value);
        if (lifecycle.RetirementDate is { } date)
        {
            writer.WriteString("retirement"u8, date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (lifecycle.Replacement is { } replacement)
        {
            writer.WriteString("replaced_by"u8, replacement);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> items)
    {
        var started = false;
        foreach (var item in items)
        {
            if (!started)
            {
                writer.WriteStartArray(name);
                started = true;
            }

            writer.WriteStringValue(item);
        }

        if (started)
        {
            writer.WriteEndArray();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text, Func<string, string> shortened)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, shortened(text));
        }
    }

    private static void WriteCount(Utf8JsonWriter writer, ReadOnlySpan<byte> name, int? count)
    {
        if (count is { } known)
        {
            writer.WriteNumber(name, known);
        }
    }

    private static void WriteSource(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ProfileSource source) =>
        writer.WriteString(name, source.ToString());
}
