using System.Diagnostics;
using System.Text.Json;
using Connectors.Databricks.Discovery.Documents;
using Connectors.Databricks.Discovery.Readiness;

namespace Connectors.Databricks;

/// <summary>
/// Describes a serving endpoint or a model service: its state, what it serves and what it can do, each fact with its source, and the
/// document of the service. If traffic is split among several models, a capability is reported only if all of them have it, and a limit is
/// the lowest one.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class EndpointProfile
{
    private DiscoveredEndpoint? _endpoint;

    /// <summary>
    /// Gets the name of the endpoint, or the three-part name of the model service, as <c>GetChatClient</c>, <c>GetEmbeddingGenerator</c>
    /// and the other methods of <see cref="DatabricksServingClient"/> take it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// Gets the document of the endpoint as the service sent it, with everything that has no property here. A list contains the short form
    /// of
    /// it: no traffic, no deployment states and no sizes.
    /// </summary>
    public JsonElement Document { get; init; }

    /// <summary>Gets a value indicating whether it is a model service of Unity Gateway, and not a serving endpoint.</summary>
    public bool IsModelService => Endpoint.IsModelService;

    /// <summary>Gets the id of the endpoint, which permissions use; <see langword="null"/> for a model service.</summary>
    public string? Id => Endpoint.Id;

    /// <summary>Gets a value indicating whether the endpoint accepts requests; true for one that has scaled to zero.</summary>
    public bool IsReady => Endpoint.IsReady;

    /// <summary>
    /// Gets a value indicating whether a configuration update is in progress; the previous configuration serves
    /// meanwhile.
    /// </summary>
    public bool IsUpdating => Endpoint.IsUpdating;

    /// <summary>Gets the state of the endpoint, its update and its deployments in one value.</summary>
    public ReadinessResult Readiness => ReadinessEvaluator.Evaluate(Endpoint);

    /// <summary>Gets the creator, or the owner of a model service; <see langword="null"/> for endpoints of Databricks.</summary>
    public string? Creator => Endpoint.Creator;

    /// <summary>Gets the description.</summary>
    public string? Description => Endpoint.Description;

    /// <summary>Gets the tags; the value is <see langword="null"/> for a tag without one.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Tags => Endpoint.Tags;

    /// <summary>Gets how the endpoint is provisioned and billed.</summary>
    public ProfileValue<EndpointKind> Kind { get; init; }

    /// <summary>Gets the task.</summary>
    public ProfileValue<EndpointTask> Task { get; init; }

    /// <summary>Gets how the endpoint is called.</summary>
    public ProfileValue<EndpointMode> Mode { get; init; }

    /// <summary>Gets the APIs that the endpoint or the model service supports, such as chat completions and Responses.</summary>
    public ProfileValue<IReadOnlyList<ServingApi>> SupportedApis { get; init; }

    /// <summary>Gets the context window, in tokens.</summary>
    public ProfileValue<int?> ContextWindow { get; init; }

    /// <summary>Gets the maximum number of output tokens.</summary>
    public ProfileValue<int?> MaxOutputTokens { get; init; }

    /// <summary>Gets the input modalities: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>.</summary>
    public ProfileValue<IReadOnlyList<string>> InputModalities { get; init; }

    /// <summary>Gets the output modalities: <c>text</c>, <c>embedding</c>.</summary>
    public ProfileValue<IReadOnlyList<string>> OutputModalities { get; init; }

    /// <summary>Gets whether the model supports tool calling.</summary>
    public ProfileValue<bool?> SupportsTools { get; init; }

    /// <summary>Gets whether the model supports structured output with a JSON schema.</summary>
    public ProfileValue<bool?> SupportsStructuredOutput { get; init; }

    /// <summary>Gets whether the model supports reasoning.</summary>
    public ProfileValue<bool?> SupportsReasoning { get; init; }

    /// <summary>Gets the number of dimensions of an embedding.</summary>
    public ProfileValue<int?> EmbeddingDimensions { get; init; }

    /// <summary>Gets the lifecycle stage of the model; of several models, of the one that is retired first.</summary>
    public ProfileValue<DatabricksModelLifecycle> Lifecycle { get; init; }

    /// <summary>Gets the capability records behind these facts: one for each served entity whose model is known.</summary>
    public IReadOnlyList<DatabricksModelInfo> Models { get; init; } = [];

    /// <summary>
    /// Gets the members of <see cref="Document"/> that this profile reads and that are of another JSON kind than expected, such as
    /// <c>state.ready is a JSON Object</c>; they count as absent. At most 20 are named.
    /// </summary>
    public IReadOnlyList<string> Unreadable => UnreadableMembers.Find(Document);

    /// <summary>Gets the capabilities that the endpoint is known to have.</summary>
    public IReadOnlyList<EndpointCapability> Capabilities => [.. EndpointCapability.All.Where(Can)];

    /// <summary>Determines whether the endpoint is known to have a capability.</summary>
    /// <param name="capability">The capability.</param>
    /// <returns><see langword="false"/> also if it is unknown.</returns>
    public bool Can(EndpointCapability capability) => capability switch
    {
        _ when capability == EndpointCapability.Tools => SupportsTools.Value is true,
        _ when capability == EndpointCapability.StructuredOutput => SupportsStructuredOutput.Value is true,
        _ when capability == EndpointCapability.Reasoning => SupportsReasoning.Value is true,
        _ when capability.Value.EndsWith("-input", StringComparison.OrdinalIgnoreCase) =>
            InputModalities.Value?.Contains(capability.Value[..^"-input".Length], StringComparer.OrdinalIgnoreCase) is true,
        _ => false,
    };

    /// <summary>Determines whether the endpoint or the model service is known to support an API.</summary>
    /// <param name="api">The API.</param>
    /// <returns><see langword="false"/> also if it is unknown.</returns>
    public bool Supports(ServingApi api) => SupportedApis.Value?.Contains(api) is true;

    /// <summary>Returns name, kind and mode.</summary>
    /// <returns>Text for a log: <c>databricks-gpt-5 (pay-per-token, chat)</c>.</returns>
    public override string ToString() => $"{Name} ({Kind.Value}, {Mode.Value})";

    /// <summary>What was read in <see cref="Document"/>.</summary>
    internal DiscoveredEndpoint Endpoint
    {
        get => _endpoint ??= DiscoveredEndpoint.Of(Name, Document);
        init => _endpoint = value;
    }
}
