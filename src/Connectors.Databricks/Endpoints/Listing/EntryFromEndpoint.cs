using System.Text.Json;

namespace Connectors.Databricks.Endpoints.Listing;

/// <summary>Says what an endpoint can do: what the service tells, then what the table of models knows, then what names suggest.</summary>
internal static class EntryFromEndpoint
{
    public static CatalogEntry Read(ServingEndpoint endpoint, DatabricksModelCapabilities models)
    {
        var kind = KindOfEndpoint.Of(endpoint);
        var known = ModelsOfEndpoint.Find(endpoint, kind.Value, models);
        var task = TaskOf(endpoint, known);
        return new CatalogEntry
        {
            Endpoint = endpoint,
            Kind = kind,
            Task = task,
            Mode = ModeOf(kind, task),
            Models = known.Models,
            ContextWindow = known.Least(model => model.ContextWindow),
            MaxOutputTokens = known.Least(model => model.MaxOutputTokens),
            InputModalities = known.Common(model => model.InputModalities),
            OutputModalities = known.Common(model => model.OutputModalities),
            SupportsTools = ToolsOf(endpoint) ?? known.Each(model => model.Tools.IsSupported),
            SupportsStructuredOutput = known.Each(model => model.SupportsJsonSchema),
            SupportsReasoning = known.Each(Reasons),
            EmbeddingDimensions = known.Least(model => model.Embeddings?.Dimensions),
            Lifecycle = known.FirstToGo(),
        };
    }

    // It can be told to, or does unasked; a record that says nothing of what it shows says nothing of reasoning.
    private static bool? Reasons(DatabricksModelInfo model) =>
        model.Reasoning.IsShown is { } isShown ? isShown || model.Reasoning.Style != DatabricksReasoningStyle.None : null;

    private static CatalogFact<EndpointTask> TaskOf(ServingEndpoint endpoint, ModelsOfEndpoint known)
    {
        var entities = endpoint.Config?.ServedEntities ?? [];
        var said = endpoint.Task ?? entities.Select(entity => entity.ExternalModel?.Task).FirstOrDefault(task => task is not null);
        return said is { } task
            ? new(task, CatalogFactSource.Service)
            : known.Common(model => model.Surfaces) is { IsKnown: true, Value: [var surface, ..] } fact && TaskOf(surface) is { } inferred
                ? new(inferred, fact.Source)
                : default;
    }

    private static EndpointTask? TaskOf(string surface) => surface switch
    {
        "chat" => EndpointTask.Chat,
        "completions" => EndpointTask.Completions,
        "embeddings" => EndpointTask.Embeddings,
        _ => null,
    };

    // Tasks of agents are versions of two (serving reference §8.1).
    private static CatalogFact<EndpointMode> ModeOf(CatalogFact<EndpointKind> kind, CatalogFact<EndpointTask> task)
    {
        var word = task.Value.Value ?? string.Empty;
        EndpointMode? mode = word switch
        {
            "llm/v1/chat" => EndpointMode.Chat,
            "llm/v1/completions" => EndpointMode.Completion,
            "llm/v1/embeddings" => EndpointMode.Embedding,
            _ when word.StartsWith("agent/", StringComparison.Ordinal) && word.EndsWith("/responses", StringComparison.Ordinal) =>
                EndpointMode.Responses,
            _ when word.StartsWith("agent/", StringComparison.Ordinal) && word.EndsWith("/chat", StringComparison.Ordinal) =>
                EndpointMode.Chat,
            _ => null,
        };
        return mode is { } known ? new(known, task.Source)
            : word.Length > 0 ? default
            : kind.Value == EndpointKind.Feature ? new(EndpointMode.Features, CatalogFactSource.Inferred)
            : kind.Value == EndpointKind.Custom ? new(EndpointMode.Prediction, CatalogFactSource.Inferred)
            : default;
    }

    /// <summary>An undocumented member that a first-party client reads (serving reference §9.2).</summary>
    private static CatalogFact<bool?>? ToolsOf(ServingEndpoint endpoint) =>
        endpoint.AdditionalProperties.TryGetValue("capabilities", out var capabilities)
            && capabilities.ValueKind == JsonValueKind.Object
            && capabilities.TryGetProperty("function_calling", out var calls)
            && calls.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new CatalogFact<bool?>(calls.ValueKind == JsonValueKind.True, CatalogFactSource.Service)
            : null;
}
