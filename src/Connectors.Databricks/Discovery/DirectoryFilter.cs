using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks;

/// <summary>
/// Selects endpoints and model services of a directory. Properties that are not set match all of them; all that are set must match.
/// </summary>
public sealed class DirectoryFilter
{
    /// <summary>Gets a value indicating whether the endpoint accepts requests.</summary>
    /// <value>Default: <see langword="null"/>, either.</value>
    public bool? IsReady { get; init; }

    /// <summary>Gets the task.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointTask? Task { get; init; }

    /// <summary>Gets a value indicating whether it is a model service of Unity Gateway, or a serving endpoint.</summary>
    /// <value>Default: <see langword="null"/>, either.</value>
    public bool? IsModelService { get; init; }

    /// <summary>Gets an API that must be known to be supported.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public ServingApi? Api { get; init; }

    /// <summary>Gets how the endpoint is provisioned and billed.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointKind? Kind { get; init; }

    /// <summary>Gets how the endpoint is called.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointMode? Mode { get; init; }

    /// <summary>Gets the capabilities that the endpoint must be known to have, all of them.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<EndpointCapability> Capabilities { get; init; } = [];

    /// <summary>Gets the minimum context window, in tokens; endpoints whose context window is unknown do not match.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public int? MinContextWindow { get; init; }

    /// <summary>Gets the creator; case is ignored.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public string? Creator { get; init; }

    /// <summary>Gets the key of a tag that the endpoint must have.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public string? TagKey { get; init; }

    /// <summary>Gets the value that the tag <see cref="TagKey"/> must have.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public string? TagValue { get; init; }

    /// <summary>Gets a part of the name of the endpoint, of a served entity or of an external model; case is ignored.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public string? NameContains { get; init; }

    /// <summary>Gets a value indicating whether endpoints whose model has been retired match.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeRetired { get; init; } = true;

    /// <summary>Determines whether an endpoint matches.</summary>
    /// <param name="profile">The profile of the endpoint.</param>
    /// <returns>Whether it matches everything that is set.</returns>
    public bool Matches(EndpointProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return (IsReady is null || profile.IsReady == IsReady)
            && (Task is null || profile.Task.Value == Task)
            && (IsModelService is null || profile.IsModelService == IsModelService)
            && (Api is null || profile.Supports(Api.Value))
            && (Kind is null || profile.Kind.Value == Kind)
            && (Mode is null || profile.Mode.Value == Mode)
            && Capabilities.All(profile.Can)
            && (MinContextWindow is null || profile.ContextWindow.Value >= MinContextWindow)
            && (Creator is null || Creator.Equals(profile.Creator, StringComparison.OrdinalIgnoreCase))
            && (TagKey is null || profile.Tags.Any(HasTag))
            && (NameContains is null || Names(profile.Endpoint).Any(HasName))
            && (IncludeRetired || profile.Lifecycle.Value?.Stage != DatabricksModelStage.Retired);
    }

    private bool HasTag(KeyValuePair<string, string?> tag) => tag.Key == TagKey && (TagValue is null || tag.Value == TagValue);

    private bool HasName(string name) => name.Contains(NameContains!, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Names(DiscoveredEndpoint endpoint) => (endpoint.Config?.Entities ?? [])
        .SelectMany(entity => new[] { entity.Name, entity.EntityName, entity.ExternalName, entity.FoundationDisplayName })
        .OfType<string>()
        .Prepend(endpoint.Name);
}
