using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>Determines the capabilities of an endpoint: from the service's data, then from the model records, then from names.</summary>
internal static class ProfileFromEndpoint
{
    public static EndpointProfile Read(DiscoveredEndpoint endpoint, DatabricksModelCapabilities models)
    {
        var kind = KindOfEndpoint.Of(endpoint);
        var known = ModelsOfEndpoint.Find(endpoint, kind.Value, models);
        var task = endpoint.IsModelService ? default : TaskOf(endpoint, known);
        var apis = ApisOfEndpoint.Of(endpoint, task, known);
        if (endpoint.IsModelService && ApisOfEndpoint.TaskOf(apis.Value ?? []) is { } served)
        {
            task = new(served, apis.Source);
        }

        return new EndpointProfile
        {
            Name = endpoint.Name,
            Document = endpoint.Document,
            Endpoint = endpoint,
            Kind = kind.IsKnown ? kind : new(EndpointKind.Unknown, ProfileSource.Unknown),
            Task = task,
            SupportedApis = apis,
            Mode = ModeOf(kind, task, apis) is { IsKnown: true } mode ? mode : new(EndpointMode.Unknown, ProfileSource.Unknown),
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

    // Reasoning can be requested, or is always on; a record without the visibility of reasoning does not describe reasoning.
    private static bool? Reasons(DatabricksModelInfo model) =>
        model.Reasoning.IsShown is { } isShown ? isShown || model.Reasoning.Style != ReasoningStyle.None : null;

    private static ProfileValue<EndpointTask> TaskOf(DiscoveredEndpoint endpoint, ModelsOfEndpoint known)
    {
        var entities = endpoint.Config?.Entities ?? [];
        var said = endpoint.Task ?? entities.Select(entity => entity.ExternalTask).FirstOrDefault(task => task is not null);
        return !string.IsNullOrWhiteSpace(said)
            ? new(new EndpointTask(said), ProfileSource.Service)
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
    private static ProfileValue<EndpointMode> ModeOf(
        ProfileValue<EndpointKind> kind, ProfileValue<EndpointTask> task, ProfileValue<IReadOnlyList<ServingApi>> apis)
    {
        var word = task.Value.Value;
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
            : ApisOfEndpoint.ModeOf(apis.Value ?? []) is { } called ? new(called, apis.Source)
            : word.Length > 0 ? default
            : kind.Value == EndpointKind.Feature ? new(EndpointMode.Features, ProfileSource.Inferred)
            : kind.Value == EndpointKind.Custom ? new(EndpointMode.Prediction, ProfileSource.Inferred)
            : default;
    }

    /// <summary>An undocumented member that a first-party client reads (serving reference §9.2).</summary>
    private static ProfileValue<bool?>? ToolsOf(DiscoveredEndpoint endpoint) =>
        endpoint.Document.Member("capabilities")?.TolerantFlag("function_calling") is { } callsFunctions
            ? new ProfileValue<bool?>(callsFunctions, ProfileSource.Service)
            : null;
}
